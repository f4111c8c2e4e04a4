import Diagnostics
import Finance

/// From checked rules to the rules of a program: what each reads through others, in which order they stand, and the
/// version of each.
struct ProgramAssembly {
  private let checker: ExpressionChecker
  private let settings: Settings

  init(_ checker: ExpressionChecker, settings: Settings) {
    self.checker = checker
    self.settings = settings
  }

  private var declarations: Declarations { checker.declarations }
  private var builder: ProgramBuilder { checker.builder }

  /// Every rule, one that reads another's result behind it.
  func rules() -> [Rule] {
    let frames = declarations.rules.map(frame)
    for (rule, frame) in zip(declarations.rules, frames) { checker.ruleFrames[rule.name.text] = .some(frame) }
    var checked: [CheckedRule] = []
    for (index, frame) in frames.enumerated() {
      guard let frame else { continue }
      var ruleChecker = RuleChecker(index, frame: frame, checker: checker)
      checked.append(ruleChecker.check())
    }
    checkUnusedLets()
    guard let reads = reads(of: checked) else { return [] }
    let uses = reads.map(rulesRead)
    let order = inOrderOfUse(checked, uses)
    if builder.isExhausted, !checker.findings.hasErrors {
      checker.findings.add(.expandsTooFar, "the lets unfold into more than can be evaluated")
    }
    guard !checker.findings.hasErrors else { return [] }
    let lets = NodeNames(checker.letsByNode, in: builder)
    var versions = RuleVersions(of: declarations, settings: settings)
    var measures: [String: Set<Int>] = [:]
    return order.map { index in
      let rule = checked[index]
      var read = builder.measures(in: reads[index])
      for other in uses[index] { read.formUnion(measures[other] ?? []) }
      measures[rule.syntax.name.text] = read
      return finished(
        rule, version: versions.version(of: rule.syntax), measures: read,
        names: lets.names(of: reads[index], inRule: declarations.ruleIndex[rule.syntax.name.text]))
    }
  }

  /// Checks the rules and the lets of some texts alone, and puts nothing together: what an editor asks while one of them
  /// is being written.
  func check(only texts: Set<Int32>) {
    for rule in declarations.rules { checker.ruleFrames[rule.name.text] = .some(frame(rule)) }
    for (index, rule) in declarations.rules.enumerated() where texts.contains(rule.span.text) {
      guard let frame = checker.ruleFrames[rule.name.text] ?? nil else { continue }
      var ruleChecker = RuleChecker(index, frame: frame, checker: checker)
      _ = ruleChecker.check()
    }
    checkUnusedLets { texts.contains($0.name.span.text) }
  }

  /// Whom a rule is about, by its place among the rules.
  func frame(of rule: Int) -> Frame? { frame(declarations.rules[rule]) }

  /// Whom a rule is about; nil where it does not say, or says it wrongly.
  private func frame(_ rule: RuleSyntax) -> Frame? {
    for case .forEach(let names, _) in rule.clauses.map(\.kind) {
      var keys: [Frame.Key] = []
      for name in names {
        guard let key = key(name) else { return nil }
        if keys.contains(key) {
          checker.findings.add(.declaredTwice, "`\(name.text)` stands twice", at: name.span)
          return nil
        }
        keys.append(key)
      }
      let attribute = keys.firstIndex { if case .attribute = $0 { true } else { false } }
      if let attribute, keys.contains(.organisation) {
        checker.findings.add(
          .subjectUnfit, "an organisation has one \(names[attribute].text) already", at: names[attribute].span,
          fix: "for each organisation")
        return nil
      }
      return Frame(keys)
    }
    // A rule that does not say, or whose clause could not be read, is told so; most are about each organisation, and what
    // follows from another guess would be told as mistakes that nobody made.
    return .organisation
  }

  private func key(_ name: Name) -> Frame.Key? {
    if name.text == "organisation" { return .organisation }
    if declarations.attributes.contains(name.text) { return .attribute(name.text) }
    if declarations.dimensions.contains(name.text) { return .dimension(name.text) }
    if !declarations.broken.contains(name.text) {
      let known = ["organisation"] + declarations.attributes.sorted() + declarations.dimensions
      checker.findings.add(
        .unknownName, "subjects cannot be named by `\(name.text)`", at: name.span,
        fix: Suggestion.question(name.text, among: known) ?? Wording.list(known, "or"),
        repairs: Suggestion.repairs(name.text, at: name.span, among: known))
    }
    return nil
  }

  /// A let that no rule reads is checked as if a rule about organisations did, or one about everything together.
  private func checkUnusedLets(where isMeant: (LetSyntax) -> Bool = { _ in true }) {
    for (_, binding) in declarations.lets.filter({ isMeant($0.value) }).sorted(by: { $0.key < $1.key }) {
      checker.checkIfUnused(binding, in: Scope(frame: .organisation), or: Scope(frame: .overall))
    }
  }

  // MARK: Rules that read rules

  /// Every node that each rule reads; nil where they are more than can be evaluated for each of them.
  private func reads(of rules: [CheckedRule]) -> [[NodeID]]? {
    var reads: [[NodeID]] = []
    var total = 0
    for rule in rules {
      reads.append(builder.reachable(from: rule.roots))
      total += reads[reads.count - 1].count
      guard total <= ProgramBuilder.mostReads else {
        checker.findings.add(
          .expandsTooFar, "the rules read more through lets than can be evaluated", at: rule.syntax.name.span,
          "up to here", fix: "fewer rules that read the same long lets")
        return nil
      }
    }
    return reads
  }

  private func rulesRead(_ nodes: [NodeID]) -> Set<String> {
    var result: Set<String> = []
    for id in nodes {
      switch builder[id].operation {
      case .breach(let rule), .severityOf(let rule): result.insert(rule)
      default: break
      }
    }
    return result
  }

  private func inOrderOfUse(_ rules: [CheckedRule], _ uses: [Set<String>]) -> [Int] {
    let indexes = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1.syntax.name.text, $0) })
    let uses = uses.map { names in names.compactMap { indexes[$0] }.sorted() }
    var order: [Int] = []
    var state = [Int: Bool]()  // false: being placed, true: placed
    // By hand rather than by recursion: a hostile file may chain rules as long as it is.
    for start in rules.indices where state[start] == nil {
      var path = [(rule: start, next: 0)]
      state[start] = false
      while let (rule, next) = path.last {
        guard next < uses[rule].count else {
          state[rule] = true
          order.append(rule)
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let other = uses[rule][next]
        switch state[other] {
        case nil:
          state[other] = false
          path.append((other, 0))
        case false:
          let circle = path.map(\.rule).drop { $0 != other } + [other]
          reportCircle(circle.map { rules[$0].syntax.name })
        default: break
        }
      }
    }
    return order
  }

  private func reportCircle(_ names: [Name]) {
    checker.findings.add(
      .circularRules, "the rule `\(names[0].text)` depends on its own result", at: names[0].span,
      names.map(\.text).joined(separator: " → "))
  }

  // MARK: The finished rule

  private func finished(
    _ rule: CheckedRule, version: String, measures: Set<Int>, names: [NodeID: String]
  ) -> Rule {
    guard let message = rule.message else { preconditionFailure("a rule without a message was reported") }
    let source = checker.sources[Int(rule.syntax.span.text)]
    let span = rule.syntax.span
    let counted = measures.map { builder.measures[$0] }.filter { !$0.isReference }
    let step = counted.map(\.step).max { $0.months < $1.months } ?? .month
    let readsYears = measures.contains { index in
      let basis = builder.measures[index].basis
      return basis == .yearToDate || basis == .fullYear
    }
    return Rule(
      name: rule.syntax.name.text, formerly: rule.syntax.formerly?.text, title: rule.syntax.title.value, span: span,
      file: source.name, line: source.place(of: span.start).line,
      text: String(decoding: source.bytes[Int(span.start)..<Int(span.end)], as: UTF8.self),
      version: version, frame: rule.frame, condition: rule.condition, effectiveFrom: rule.effectiveFrom,
      effectiveTo: rule.effectiveTo, onlyWhen: rule.onlyWhen, watch: rule.watch, breaches: rule.breaches,
      clears: rule.clears, clearsAfter: rule.clearsAfter, persistsFor: rule.persistsFor, ifUnknown: rule.ifUnknown,
      suppressions: rule.suppressions, message: message, detail: rule.detail, owner: rule.owner, runbook: rule.runbook,
      labels: rule.labels,
      // A figure a year has no counters within its year: there the years follow one another.
      isFoldedByYear: readsYears && step != .year, step: step, measures: measures.sorted(),
      names: names)
  }
}
