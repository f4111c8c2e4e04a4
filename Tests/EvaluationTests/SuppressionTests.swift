import Evaluation
import Finance
import RuleLanguage
import Testing

/// A suppression hides what fires, period by period, and changes nothing underneath.
@Suite struct SuppressionTests {
  /// Thousands over the line and of support, a pair a month from M1 on; no support is not returned.
  private func states(_ clauses: String, _ months: [(position: Int64, support: Int64?)]) throws -> String {
    try evaluator(clauses, months).states("one", "A")
  }

  private func evaluator(_ clauses: String, _ months: [(position: Int64, support: Int64?)]) throws -> Evaluator {
    var ledger = LedgerModel(Register([.plain("A")]))
    for (index, figures) in months.enumerated() {
      let support = figures.support.map { [LedgerModel.Figure.k("support", $0)] } ?? []
      _ = ledger.state("A", month(index + 1), [.k("position", figures.position)] + support)
    }
    return try Evaluator(
      """
      rule one "One"
        for each organisation
        watch position
        amber below £0
        red below -£10k
        \(clauses)
        message "x"
      """, ledger)
  }

  @Test func whatFiresComesBackWhenTheSuppressionEnds() throws {
    let agreed = "suppress when support > £0 because \"agreed\""
    #expect(try states(agreed, [(-1, 0), (-1, 5), (-1, 5), (-1, 0), (1, 0)]) == "AxxA.")
    // What is better again while it is suppressed does not come back.
    #expect(try states(agreed, [(-1, 0), (-1, 5), (1, 5), (1, 0)]) == "Ax..")
    #expect(try states(agreed, [(-20, 5), (-20, 0)]) == "xR")
  }

  @Test func countsGoOnUnderneath() throws {
    let agreed = "persists for 2 periods\n  suppress when support > £0 because \"agreed\""
    #expect(try states(agreed, [(-1, 5), (-1, 0)]) == "aA")
    #expect(try states(agreed, [(-1, 5), (-1, 5), (-1, 0)]) == "axA")
    #expect(
      try states(
        "clears above £1k for 2 periods\n  suppress when support > £0 because \"agreed\"",
        [(-1, 0), (2, 5), (2, 5), (2, 0)]) == "Ax..")
  }

  @Test func unknownSuppressesNothing() throws {
    #expect(try states("suppress when support > £0 because \"agreed\"", [(-1, nil), (-1, 5)]) == "Ax")
  }

  /// The last day is one on which a period may end.
  @Test(arguments: [
    ("2013-05-31", "xxAA"), ("2013-05-30", "xAAA"), ("2013-14", "xxxx"), ("2012-13", "AAAA"), ("2013-04-30", "xAAA"),
  ])
  func until(_ end: String, _ expected: String) throws {
    let months = Array(repeating: (position: Int64(-1), support: Int64?(5)), count: 4)
    #expect(try states("suppress when support > £0 until \(end) because \"agreed\"", months) == expected)
  }

  @Test func theReasonIsShown() throws {
    let evaluator = try evaluator(
      "suppress when support > £100k because \"much\"\n  suppress when watched < £0 and support > £0 because \"agreed\"",
      [(-1, 5), (-1, 200), (1, 5)])
    let standing = try #require(evaluator.standing(of: AlertKey(rule: "one", subject: Subject(["A"]), year: 2013)))
    #expect(standing.states.map(\.suppression) == ["agreed", "much", nil])
    #expect(standing.states[0].phase == .suppressed(.amber) && standing.states[0].firing == nil)
    #expect(standing.states[0].breached == .amber)
  }

  /// A result is what the figures say; other rules read that.
  @Test func otherRulesReadTheResult() throws {
    var ledger = LedgerModel(Register([.plain("A")]))
    _ = ledger.state("A", month(1), [.k("position", -1), .k("support", 5)])
    let evaluator = try Evaluator(
      """
      rule one "One"
        for each organisation
        watch position
        amber below £0
        suppress when support > £0 because "agreed"
        message "x"
      rule two "Two"
        for each organisation
        red when breach(one)
        message "x"
      """, ledger)
    #expect(evaluator.states("one", "A") == "x")
    #expect(evaluator.states("two", "A") == "R")
  }
}
