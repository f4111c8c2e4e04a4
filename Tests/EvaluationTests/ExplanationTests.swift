import Evaluation
import Finance
import RuleLanguage
import Testing

/// What an explanation says beside the arithmetic: distances, other results, what is missing, how periods count.
struct ExplanationTests {
  private func explanation(
    _ rules: String, _ ledger: LedgerModel, _ rule: String = "one", _ subject: String..., at period: Period = month(6)
  ) throws -> Explanation {
    let evaluator = try Evaluator(rules, ledger)
    return try #require(evaluator.explanation(of: rule, Subject(subject), at: period))
  }

  private static let overspend = """
    rule one "One"
      for each organisation
      watch overspent / plan
      amber above 1%
      red above 5%
      persists for 2 periods
      clears below 0.5% for 2 periods
      message "{watched}"
    """

  private func ledger(plan: Int64 = 100_000, forecasts: [Int64]) -> LedgerModel {
    var ledger = LedgerModel(Register([.plain("A")]))
    _ = ledger.state("A", month(0), [.k("plan", plan)], source: "plans")
    for (index, forecast) in forecasts.enumerated() {
      _ = ledger.state("A", month(index + 1), [.k("forecast", forecast)])
    }
    return ledger
  }

  private func words(_ changes: [Explanation.Change]) -> [String] {
    changes.flatMap { change in
      change.ways.map { way in
        let also = way.also.map { " and \($0.expression) \(words($0.bound))" }.joined()
        return "\(word(change.outcome)): \(way.expression) \(words(way.bound))"
          + (way.further.map { " and \(words($0))" } ?? "") + (way.of.map { " of \($0)" } ?? "") + also
      }
    }
  }

  private func words(_ bound: Explanation.Bound) -> String {
    bound.relation.isEmpty ? bound.value.shown : "\(bound.relation) \(bound.value.shown)"
  }

  private func word(_ outcome: Explanation.Change.Outcome) -> String {
    switch outcome {
    case .noWorse(let severity): severity?.word ?? "quiet"
    case .atLeast(let severity): severity.word
    case .clear: "clear"
    case .unsuppressed: "unsuppressed"
    }
  }

  @Test func everyLimitHasItsDistance() throws {
    let explanation = try explanation(Self.overspend, ledger(forecasts: [109_900]), "one", "A", at: month(1))
    let limits = explanation.limits.map { "\($0.words) \($0.isMet.map { "\($0)" } ?? "?") \($0.distance?.shown ?? "")" }
    #expect(
      limits == [
        "above 1% true 8.9 percentage points above amber", "above 5% true 4.9 percentage points above red",
        "below 0.5% false 9.4 percentage points above clearing",
      ])
  }

  @Test func eachNumberIsSolvedFor() throws {
    let explanation = try explanation(Self.overspend, ledger(forecasts: [109_900]), "one", "A", at: month(1))
    #expect(
      words(explanation.changes) == [
        "amber: overspent / plan at most 5.0%", "amber: forecast at most £105.0m", "amber: plan at least £104.7m",
        "quiet: overspent / plan at most 1.0%", "quiet: forecast at most £101.0m", "quiet: plan at least £108.82m",
      ])
    let ways = try #require(explanation.changes.last?.ways)
    #expect(ways.count == 3 && ways[1].now.shown == "£109.9m")
    #expect(ways.last?.bound.value.exact == "108811881.188118811881")
  }

  /// A limit that is written as money stands beside a price as one.
  @Test func aPriceHasItsDistance() throws {
    let rules = """
      rule one "One"
        for each organisation
        watch cost / list
        amber above £1,250
        clears below £1,200.50
        message "{watched}"
      """
    var ledger = LedgerModel(Register([.plain("A")]))
    _ = ledger.state(
      "A", month(1), [.k("cost", 130), LedgerModel.Figure(measure: "list", members: [], value: 100 * Amount.scale)])
    let explanation = try explanation(rules, ledger, "one", "A", at: month(1))
    let limits = explanation.limits.map { "\($0.words) \($0.isMet.map { "\($0)" } ?? "?") \($0.distance?.shown ?? "")" }
    #expect(
      limits == ["above £1250 true £50.00 above amber", "below £1200.5 false £99.50 above clearing"])
    #expect(words(explanation.changes).contains("quiet: cost / list at most £1,250"))
  }

  @Test func periodsThatCountAreCounted() throws {
    let explanation = try explanation(
      Self.overspend, ledger(forecasts: [100_000, 103_000, 109_000, 100_100, 102_000, 100_200, 100_300]), "one", "A",
      at: month(7))
    #expect(
      explanation.history.map { "\($0.period.month) \($0.severity?.word ?? "-") \($0.counts ?? "")" } == [
        "1 - ", "2 amber 1 of 2 periods at amber or worse", "3 red ", "4 - 1 of 2 periods clear", "5 amber ",
        "6 - 1 of 2 periods clear", "7 - ",
      ])
    #expect(explanation.state?.phase == .quiet)
  }

  @Test func ofAShareTheMembersAreCounted() throws {
    var ledger = LedgerModel(Register((1...20).map { .plain("C\($0)") }))
    for number in 1...18 { _ = ledger.state("C\(number)", month(6), [.k("position", number <= 5 ? -100 : 100)]) }
    let explanation = try explanation(
      """
      rule one "One"
        overall
        let hit = share(position < £0 over organisation)
        watch hit
        amber above 10%
        red above 20%
        message "{hit}"
      """, ledger)
    #expect(
      words(explanation.changes)
        == [
          "amber: hit at most 20.0%", "amber: hit.matching at most 3 of 18", "quiet: hit at most 10.0%",
          "quiet: hit.matching at most 1 of 18",
        ].filter { $0.contains("matching") })
    #expect(explanation.bounds?.lowest?.shown == "25.0%" && explanation.bounds?.highest?.shown == "35.0%")
    #expect(explanation.bounds?.mildest == .red && explanation.bounds?.gravest == .red)
    #expect(explanation.missing.map(\.organisation) == ["C19", "C20"])
    #expect(explanation.missing.allSatisfy { $0.measure == "position" && $0.period == month(6) })
  }

  /// Too few answered for a verdict: between which it lies is said all the same.
  @Test func anUnknownShareHasBounds() throws {
    var ledger = LedgerModel(Register((1...20).map { .plain("C\($0)") }))
    for number in 1...10 { _ = ledger.state("C\(number)", month(6), [.k("position", number <= 3 ? -100 : 100)]) }
    let explanation = try explanation(
      """
      rule one "One"
        overall
        watch share(position < £0 over organisation)
        amber above 10%
        red above 20%
        message "x"
      """, ledger)
    #expect(explanation.bounds?.lowest?.shown == "15.0%" && explanation.bounds?.highest?.shown == "65.0%")
    #expect(explanation.bounds?.mildest == .amber && explanation.bounds?.gravest == .red)
    #expect(explanation.missing.count == 10)
  }

  @Test func whatIsMissingIsNamed() throws {
    var ledger = LedgerModel(Register([.plain("A")]))
    _ = ledger.state("A", month(5), [.k("spent", 1)])
    _ = ledger.state("A", month(6), [.k("forecast", 1)])
    let explanation = try explanation(
      """
      rule one "One"
        for each organisation
        watch overspent / plan
        red above 5%
        message "x"
      """, ledger, "one", "A")
    #expect(explanation.unknown == .missing)
    #expect(explanation.missing.map { "\($0.expression) \($0.name) \($0.period.month)" } == ["plan NHS A 6"])
    #expect(explanation.bounds?.mildest == nil && explanation.bounds?.gravest == .red)
    #expect(explanation.changes.isEmpty)
  }

  @Test func aBaseOfNothingIsNamed() throws {
    let explanation = try explanation(Self.overspend, ledger(plan: 0, forecasts: [1_000]), "one", "A", at: month(1))
    #expect(explanation.unknown == .undefined)
    #expect(explanation.undefined == ["overspent / plan: plan is £0, a percentage of a base that is not above zero"])
  }

  /// One number that meets all needs; else one for each.
  @Test(arguments: [
    ("forecast >= £100.5m", "amber: forecast above £101.0m"),
    ("support >= £5m", "amber: overspent / plan above 1.0% and support at least £5.0m"),
  ])
  func severalNeedsGoTogether(_ onlyWhen: String, _ expected: String) throws {
    var ledger = ledger(forecasts: [100_100])
    _ = ledger.state("A", month(1), [.k("support", 1)], source: "support")
    let explanation = try explanation(
      """
      rule one "One"
        for each organisation
        only when \(onlyWhen)
        watch overspent / plan
        amber above 1%
        message "x"
      """, ledger, "one", "A", at: month(1))
    #expect(words(explanation.changes).joined(separator: "|") == expected)
  }
}
