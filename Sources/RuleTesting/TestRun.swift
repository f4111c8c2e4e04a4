import Alerting
import Diagnostics
import Evaluation
import Finance
import RuleLanguage

/// Plays one test's figures into the rule as a ledger would learn them, and holds what it says against what is expected.
/// What runs is the evaluation, the fold and the announcements of the daemon.
struct TestRun {
  private let test: RuleTest
  private let rule: Rule
  private let calendar: FinancialCalendar
  private var replay: Replay
  /// How each alert ended, while it has not opened again.
  private var endings: [AlertKey: (ending: Observation.Ending, period: Period)] = [:]
  private let playing: Playing
  private var failures: [TestOutcome.Failure] = []
  private var reached: Set<Reach> = []

  /// - program: holds the test's rule.
  /// - traits: what the sources say of the measures; the test may say otherwise of cells that are left out.
  init(_ test: RuleTest, _ program: Program, _ traits: [String: MeasureTraits]) {
    guard let rule = program.rules.first(where: { $0.name == test.rule }) else {
      preconditionFailure("the checker lets no test name a rule that is not there")
    }
    self.test = test
    self.rule = rule
    calendar = program.calendar
    replay = Replay(program, rules: [rule.name], register: test.register, traits: test.traits(traits, program.measures))
    playing = Playing(test, calendar: calendar)
  }

  mutating func outcome() -> TestOutcome {
    let last = test.expectations.map(\.known).max() ?? 0
    for known in 0...last {
      if known > 0 { for step in playing.deliveries[known - 1] { take(step) } }
      for expectation in test.expectations where expectation.known == known { check(expectation) }
    }
    return TestOutcome(
      test: test, failures: failures.sorted { $0.expectation.span.start < $1.expectation.span.start },
      reached: reached)
  }

  private mutating func take(_ step: Playing.Step) {
    for event in replay.take(step.change, from: step.drop, at: step.time) {
      switch event.kind {
      case .withdrawn: endings[event.key] = (.withdrawn, event.period)
      case .closedWithTheYear, .closed: endings[event.key] = (.closed, event.period)
      default: endings[event.key] = nil
      }
    }
  }

  // MARK: Holding one against the other

  private mutating func check(_ expectation: RuleTest.Expectation) {
    let key = AlertKey(
      rule: rule.name, subject: Subject(expectation.keys),
      year: rule.isFoldedByYear ? Int(expectation.period.year) : nil)
    let observation = observe(key, at: expectation.period)
    reached.formUnion(replay.evaluator.reached(rule, key, at: expectation.period))
    var differences: [TestOutcome.Difference] = []
    if !observation.meets(expectation.state) {
      differences.append(
        TestOutcome.Difference(field: .state, expected: expectation.state.words, found: observation.words))
    }
    if let text = expectation.text?.value {
      let finding = replay.evaluator.finding(for: key, at: expectation.period, inFull: false)
      let isValue = rule.watch != nil
      let found = isValue ? finding?.watched?.shown : finding?.sentence
      if found != text {
        differences.append(
          TestOutcome.Difference(
            field: isValue ? .value : .message, expected: text, found: found ?? "nothing"))
      }
    }
    guard !differences.isEmpty else { return }
    let explanation = replay.evaluator.explanation(of: rule.name, key.subject, at: expectation.period)
    failures.append(
      TestOutcome.Failure(
        expectation: expectation, differences: differences, explanation: explanation,
        places: explanation?.finding.sources.map { playing.span(ofRow: $0.firstRow) } ?? []))
  }

  private func observe(_ key: AlertKey, at period: Period) -> Observation {
    let ending = endings[key].flatMap { $0.period == period ? $0.ending : nil }
    return Observation(state: state(of: key, at: period), ended: ending)
  }

  private func state(of key: AlertKey, at period: Period) -> Observation.State {
    if let standing = replay.evaluator.standing(of: key), let number = standing.periods.firstIndex(of: period) {
      return .known(standing.states[number])
    }
    let isInEffect =
      (rule.effectiveFrom.map { $0 <= period } ?? true) && (rule.effectiveTo.map { period <= $0 } ?? true)
    if !isInEffect { return .notSpokenOf }
    if let condition = rule.condition,
      case .known(.truth(false)) = replay.evaluator.outcome(of: condition, for: key.subject, at: period)
    {
      return .notSpokenOf
    }
    return .notBegun
  }
}

extension RuleTest {
  /// What is said of each measure that the test plays.
  fileprivate func traits(_ sources: [String: MeasureTraits], _ measures: [Measure]) -> [String: MeasureTraits] {
    guard let absence else { return sources }
    var traits = sources
    for measure in measures { traits[measure.name, default: MeasureTraits()].absent = .init(absence) }
    return traits
  }
}

extension MeasureTraits.Absent {
  fileprivate init(_ absence: TestSyntax.Absence) {
    self =
      switch absence {
      case .unknown: .unknown
      case .zero: .zero
      case .unchanged: .unchanged
      }
  }
}
