import Diagnostics
import Finance

/// A rule whose every clause has come to something, before it is known what other rules do.
struct CheckedRule {
  var syntax: RuleSyntax
  var frame: Frame
  var condition: NodeID?
  var effectiveFrom: Period?
  var effectiveTo: Period?
  var onlyWhen: NodeID?
  var watch: NodeID?
  var breaches: [Rule.Breach] = []
  var clears: NodeID?
  var clearsAfter = 1
  var persistsFor = 1
  var ifUnknown = Rule.IfUnknown.hold(periods: 2)
  var suppressions: [Rule.Suppression] = []
  var message: Template?
  var detail: Template?
  var owner: String?
  var runbook: String?
  var labels: [Rule.Label] = []

  /// Every expression that it evaluates.
  var roots: [NodeID] {
    var roots = [condition, onlyWhen, watch, clears].compactMap { $0 } + suppressions.map(\.condition)
    roots += breaches.flatMap { [$0.test] + ($0.band.map { [$0.bound] } ?? []) }
    for part in (message?.parts ?? []) + (detail?.parts ?? []) {
      if case .hole(let id, _) = part { roots.append(id) }
    }
    return roots
  }
}

/// Checks one rule, clause by clause, so that one that is wrong does not hide the next.
struct RuleChecker {
  private let checker: ExpressionChecker
  private let syntax: RuleSyntax
  private let kinds: [Clause.Kind]
  private let watchSpan: Span?
  private let findings: Findings
  private var scope: Scope
  private var rule: CheckedRule

  init(_ index: Int, frame: Frame, checker: ExpressionChecker) {
    self.checker = checker
    syntax = checker.declarations.rules[index]
    kinds = syntax.clauses.map(\.kind)
    watchSpan = kinds.lazy.compactMap { if case .watch(let value) = $0 { value.span } else { nil } }.first
    findings = checker.findings
    scope = Scope(frame: frame)
    scope.rule = index
    rule = CheckedRule(syntax: syntax, frame: frame)
  }

  mutating func check() -> CheckedRule {
    requireEachOnce()
    requireOwnNames()
    for case .coverage(let share) in kinds {
      let value = Quotient(share.value, power: -2).inLowestTerms
      scope.coverage = Quotient.Literal(numerator: value.numerator, denominator: value.denominator)
    }
    // The watch comes first: bands, clearing and messages speak of it wherever they stand.
    for case .watch(let value) in kinds { rule.watch = checker.quantity(value, in: scope) }
    for clause in syntax.clauses { check(clause) }
    for case .binding(let binding) in kinds {
      var member = scope
      member.frame = .organisation
      checker.checkIfUnused(binding, in: scope, or: member)
    }
    requireClauses()
    return rule
  }

  /// Conditions and messages behind the watch may speak of it.
  private var behindWatch: Scope {
    var scope = scope
    scope.watched = rule.watch
    scope.isWatchBroken = rule.watch == nil && (syntax.watches || syntax.isIncomplete)
    return scope
  }

  private mutating func check(_ clause: Clause) {
    switch clause.kind {
    case .binding, .coverage, .watch: break
    case .forEach(_, let condition): rule.condition = condition.flatMap { self.condition($0) }
    case .effective(let from, let to): effective(from, to, at: clause.span)
    case .onlyWhen(let condition): rule.onlyWhen = checker.truth(condition, in: scope)
    case .band(let severity, let band):
      rule.breaches += tests(of: band, at: clause.span).map {
        Rule.Breach(severity: severity, test: $0.test, band: Rule.Band(comparison: $0.comparison, bound: $0.bound))
      }
    case .breach(let severity, let condition):
      if let test = checker.truth(condition, in: behindWatch) {
        rule.breaches.append(Rule.Breach(severity: severity, test: test))
      }
    case .persists(let count): rule.persistsFor = count.value
    case .clears(let clearing, let count):
      rule.clears = clears(clearing, at: clause.span)
      rule.clearsAfter = count?.value ?? 1
    case .ifUnknown(.hold(let count)): rule.ifUnknown = .hold(periods: count?.value ?? 2)
    case .ifUnknown(.raise(let severity)): rule.ifUnknown = .raise(severity)
    case .ifUnknown(.clear): rule.ifUnknown = .clear
    case .suppress(let condition, let until, let reason): suppress(condition, until, reason.value)
    case .message(let template): rule.message = checker.template(template, in: behindWatch)
    case .detail(let template): rule.detail = checker.template(template, in: behindWatch)
    case .runbook(let text): rule.runbook = text.value
    case .owner(let text): rule.owner = text.value
    case .label(let name, let text): rule.labels.append(Rule.Label(name: name.text, value: text.value))
    }
  }

  // MARK: Who, and when

  /// Who the subjects are is a matter of the register.
  private func condition(_ expression: Expression) -> NodeID? {
    guard let id = checker.truth(expression, in: scope) else { return nil }
    let readsFigures = checker.builder.reachable(from: [id]).contains { other in
      switch checker.builder[other].operation {
      case .text, .truth, .attribute, .key, .compare, .and, .or, .not, .amount, .quotient, .own: false
      default: true
      }
    }
    guard !readsFigures else {
      findings.add(
        .readsMoreThanRegister, "who the subjects are may depend on the register alone", at: expression.span,
        fix: "`only when` for what depends on figures")
      return nil
    }
    return id
  }

  private mutating func effective(_ from: YearOrPeriod?, _ to: YearOrPeriod?, at span: Span) {
    for end in [from, to].compactMap({ $0 }) {
      if let misuse = checker.builder.constants.misuse(of: end.year) { checker.report(misuse, end.year.span, []) }
    }
    rule.effectiveFrom = from.map { Period(year: $0.year.year, month: $0.month ?? 0) }
    rule.effectiveTo = to.map { Period(year: $0.year.year, month: $0.month ?? 13) }
    if let from = rule.effectiveFrom, let to = rule.effectiveTo, to < from {
      findings.add(.endsBeforeItStarts, "the rule ends before it takes effect", at: span)
    }
  }

  private mutating func suppress(_ condition: Expression, _ until: Clause.Until?, _ reason: String) {
    let constants = checker.builder.constants
    var lastDay: Day?
    switch until {
    case .date(let day): lastDay = day.value
    case .year(let year):
      if let misuse = constants.misuse(of: year) { checker.report(misuse, year.span, []) }
      lastDay = constants.calendar.lastDay(Period(year: year.year, month: 12))
    case nil: break
    }
    guard let id = checker.truth(condition, in: behindWatch) else { return }
    rule.suppressions.append(Rule.Suppression(condition: id, until: lastDay, reason: reason))
  }

  // MARK: Bands

  private typealias BandTest = (test: NodeID, comparison: Comparison, bound: NodeID)

  private func tests(of band: Clause.Band, at span: Span) -> [BandTest] {
    let sides: [(Comparison, Expression)] =
      switch band {
      case .beyond(let comparison, let bound): [(comparison, bound)]
      case .outside(let low, let high): [(.less, low), (.greater, high)]
      }
    var tests: [BandTest] = []
    for (comparison, bound) in sides {
      guard let id = checker.quantity(bound, in: scope) else { continue }
      guard let watched = watchSpan else {
        guard !syntax.isIncomplete else { return [] }
        findings.add(
          .bandWithoutWatch, "the band has nothing to watch", at: span,
          fix: "`watch …`, or `when …` in place of the band")
        return []
      }
      guard let watch = rule.watch else { return [] }
      // As if the watched value and the bound stood side by side.
      let place = Expression(.name("watched"), span: watched)
      let test = checker.attempt(bound, [place, bound]) { () throws(Misuse) in
        try checker.builder.compare(comparison, watch, id)
      }
      guard let test, case .compare(_, _, let right) = checker.builder[test].operation else { continue }
      tests.append((test, comparison, right))
    }
    return tests
  }

  private func clears(_ clearing: Clause.Clearing, at span: Span) -> NodeID? {
    switch clearing {
    case .when(let condition):
      return checker.truth(condition, in: behindWatch)
    case .band(let band):
      let tests = tests(of: band, at: span).map(\.test)
      guard let first = tests.first, let last = tests.last, first != last else { return tests.first }
      return try? checker.builder.either(first, last)
    }
  }

  // MARK: The rule as a whole

  private func requireEachOnce() {
    var seen: [String: Span] = [:]
    for clause in syntax.clauses {
      guard let word = clause.kind.onceOnly else { continue }
      if let first = seen.updateValue(clause.span, forKey: word) {
        findings.add(
          .clauseTwice, "`\(word)` stands twice in one rule", at: clause.span, "here again",
          also: [Diagnostic.Label(first, "first here")])
      }
    }
  }

  /// A let of a rule has a name that nothing else has.
  private func requireOwnNames() {
    var seen: [String: Span] = [:]
    for case .binding(let binding) in kinds {
      let name = binding.name
      let first = seen.updateValue(name.span, forKey: name.text) ?? checker.declarations.place(of: name.text)
      if let first {
        findings.add(
          .declaredTwice, "the name `\(name.text)` is declared twice", at: name.span, "here again",
          also: [Diagnostic.Label(first, "first here")], fix: "another name")
      } else if checker.declarations.attributes.contains(name.text) || Declarations.builtIn.contains(name.text) {
        findings.add(
          .declaredTwice, "`\(name.text)` is already what the register says of an organisation", at: name.span,
          fix: "another name")
      }
    }
  }

  private func requireClauses() {
    guard !syntax.isIncomplete else { return }
    let words = Set(kinds.map(\.word))
    func require(_ word: String, _ message: String, fix: String) {
      guard !words.contains(word) else { return }
      findings.add(.clauseMissing, "the rule `\(syntax.name.text)` \(message)", at: syntax.name.span, fix: fix)
    }
    require("for each", "does not say whom it is about", fix: "for each organisation, or overall")
    require("message", "has no message", fix: "message \"{organisation} …\"")
    if !words.contains("band"), !words.contains("when") {
      require(
        "band", "never breaches: it has neither a band nor a condition",
        fix: words.contains("watch") ? "amber above …" : "watch … and amber above …, or red when …")
    }
  }
}

extension Clause.Kind {
  /// Which clause it is.
  var word: String {
    switch self {
    case .forEach: "for each"
    case .effective: "effective"
    case .binding: "let"
    case .onlyWhen: "only when"
    case .watch: "watch"
    case .band: "band"
    case .breach: "when"
    case .coverage: "coverage"
    case .persists: "persists for"
    case .clears: "clears"
    case .ifUnknown: "if unknown"
    case .suppress: "suppress when"
    case .message: "message"
    case .detail: "detail"
    case .runbook: "runbook"
    case .owner: "owner"
    case .label(let name, _): "label \(name.text)"
    }
  }

  /// The word, of a clause that a rule has at most once.
  var onceOnly: String? {
    switch self {
    case .binding, .band, .breach, .suppress: nil
    default: word
    }
  }
}
