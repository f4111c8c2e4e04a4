import Diagnostics
import Finance

/// Checks the tests of a rule set, each by itself, so that what is wrong with one does not hide the next.
struct TestChecker {
  private let declarations: Declarations
  private let settings: Settings
  private let findings: Findings
  private let spellings: Spellings
  private let frames: [String: Frame]
  /// By their names; none where something is wrong with the rules.
  private let rules: [String: Rule]

  /// - frames: whom each rule is about, as far as that is known.
  init(
    _ declarations: Declarations, settings: Settings, frames: [String: Frame], rules: [Rule], findings: Findings
  ) {
    self.declarations = declarations
    self.settings = settings
    self.frames = frames
    self.findings = findings
    spellings = Spellings(declarations)
    self.rules = Dictionary(uniqueKeysWithValues: rules.map { ($0.name, $0) })
  }

  /// All of them, as far as nothing is wrong with them.
  func check(_ tests: [TestSyntax]) -> [RuleTest] {
    requireOwnTitles(tests)
    return tests.compactMap(check)
  }

  /// What fails is found by its title.
  private func requireOwnTitles(_ tests: [TestSyntax]) {
    struct Title: Hashable {
      var rule: String
      var text: String
    }
    var seen: [Title: Span] = [:]
    for test in tests {
      let title = Title(rule: test.rule.text, text: test.title.value)
      guard let first = seen.updateValue(test.title.span, forKey: title) else { continue }
      findings.add(
        .declaredTwice, "two tests of `\(title.rule)` have this title", at: test.title.span, "here again",
        also: [Diagnostic.Label(first, "first here")], fix: "another title")
    }
  }

  private func check(_ test: TestSyntax) -> RuleTest? {
    let rule = declarations.ruleIndex[test.rule.text].map { declarations.rules[$0] }
    if rule == nil, !declarations.broken.contains(test.rule.text) {
      let known = spellings.rules
      findings.add(
        .unknownRule, "there is no rule `\(test.rule.text)`", at: test.rule.span,
        fix: known.question(test.rule.text) ?? "the name of a rule",
        repairs: known.repairs(test.rule.text, at: test.rule.span))
    }
    var grids = GridChecker(declarations, settings, findings)
    var deliveries: [(day: Day?, figures: GridFigures, span: Span)] = []
    if let given = test.given { deliveries.append((nil, grids.check(given), given.span)) }
    let drops = test.drops
    requireOrder(drops)
    for drop in drops { deliveries.append((drop.day.value, grids.check(drop.grid), drop.span)) }
    let register = grids.register.register()
    let expectations = expectations(of: test, rule, grids)
    guard let rule else { return nil }
    return RuleTest(
      rule: rule.name.text, title: test.title.value, span: test.span, titleSpan: test.title.span, register: register,
      deliveries: deliveries.map { delivery(day: $0.day, $0.figures, grids.register, $0.span) },
      expectations: expectations, absence: test.absence?.value)
  }

  private func delivery(
    day: Day?, _ grid: GridFigures, _ register: TestRegister, _ span: Span
  ) -> RuleTest.Delivery {
    RuleTest.Delivery(
      day: day,
      figures: grid.figures.map {
        RuleTest.Figure(
          organisation: register.code(of: $0.organisation), series: $0.series, period: $0.period, value: $0.value,
          span: $0.span)
      },
      due: grid.due.map {
        RuleTest.Due(organisation: register.code(of: $0.organisation), measure: $0.measure, period: $0.period)
      }, span: span)
  }

  private func requireOrder(_ drops: [TestSyntax.Drop]) {
    for (earlier, later) in zip(drops, drops.dropFirst()) where later.day.value < earlier.day.value {
      findings.add(
        .dropsOutOfOrder, "the drops of a test stand in the order in which they came", at: later.day.span,
        "before the one above", also: [Diagnostic.Label(earlier.day.span, "came later")], fix: "earlier ones first")
    }
  }

  // MARK: Expectations

  private func expectations(of test: TestSyntax, _ rule: RuleSyntax?, _ grids: GridChecker) -> [RuleTest.Expectation] {
    if !test.isIncomplete, !test.steps.contains(where: { if case .expect = $0 { true } else { false } }) {
      findings.add(
        .expectsNothing, "the test expects nothing", at: test.title.span, fix: "expect … at 2013-14 M8 red")
    }
    guard let rule, let frame = frames[rule.name.text] else { return [] }
    let checker = ExpectationChecker(
      test: test, syntax: rule, frame: frame, rule: rules[rule.name.text], grids: grids, calendar: settings.calendar,
      findings: findings, drops: test.drops.map(\.day.value))
    // Without `as of`, what stands above it is known.
    var known = test.given == nil ? 0 : 1
    return test.steps.compactMap { step in
      switch step {
      case .drop:
        known += 1
        return nil
      case .expect(let expectation): return checker.check(expectation, known: known)
      case .absent: return nil
      }
    }
  }
}

extension TestSyntax {
  var drops: [Drop] {
    steps.compactMap { if case .drop(let drop) = $0 { drop } else { nil } }
  }

  /// What it says of cells that are left out, where it does.
  var absence: Written<Absence>? {
    for case .absent(let absence) in steps { return absence }
    return nil
  }
}
