import Evaluation
import Finance
import RuleLanguage
import Testing

/// The rule that everyone starts with, from figures to standing.
struct OverspendTests {
  private static func rules(persists: Int = 2) -> String {
    """
    rule overspend "Forecast overspend against plan"
      for each organisation
      watch overspent / plan
      amber above 2%
      red above 5%
      persists for \(persists == 1 ? "1 period" : "\(persists) periods")
      message "x"
    """
  }

  private static func ledger(_ forecasts: [Int: Int64]) -> LedgerModel {
    var ledger = LedgerModel(Register([.plain("A"), .plain("B")]))
    _ = ledger.state("A", month(0), [.k("plan", 100_000)], source: "plans")
    for (number, forecast) in forecasts { _ = ledger.state("A", month(number), [.k("forecast", forecast)]) }
    return ledger
  }

  @Test func secondMonthOverTheLineFires() throws {
    let evaluator = try Evaluator(Self.rules(), Self.ledger([6: 100_000, 7: 109_900, 8: 109_900]))
    let key = AlertKey(rule: "overspend", subject: Subject(["A"]), year: 2013)
    let standing = try #require(evaluator.standing(of: key))
    #expect(standing.periods == [month(6), month(7), month(8)])
    #expect(standing.states.map(\.phase) == [.quiet, .pending(.red), .firing(.red)])
    #expect(standing.states.map(\.since) == [month(6), month(7), month(8)])
    #expect(evaluator.activeStandings().map(\.key) == [key])
    #expect(evaluator.standing(of: AlertKey(rule: "overspend", subject: Subject(["B"]), year: 2013)) == nil)
  }

  @Test(arguments: [
    (Int64(105_000), FoldState.Phase.firing(.amber)), (105_001, .firing(.red)), (102_000, .quiet),
  ])
  func exactlyOnTheThresholdIsNotAboveIt(forecast: Int64, phase: FoldState.Phase) throws {
    let evaluator = try Evaluator(Self.rules(persists: 1), Self.ledger([6: forecast]))
    let standing = evaluator.standing(of: AlertKey(rule: "overspend", subject: Subject(["A"]), year: 2013))
    #expect(standing?.now.phase == phase)
  }

  @Test func aMissingMonthIsUnknownAndPausesTheCount() throws {
    let evaluator = try Evaluator(Self.rules(), Self.ledger([6: 109_900, 8: 109_900]))
    let key = AlertKey(rule: "overspend", subject: Subject(["A"]), year: 2013)
    let standing = try #require(evaluator.standing(of: key))
    #expect(standing.states.map(\.phase) == [.pending(.red), .pending(.red), .firing(.red)])
    #expect(standing.states.map(\.unknown) == [nil, .missing, nil])
  }

  @Test func aRunSaysWhichStandingsChanged() throws {
    var ledger = Self.ledger([6: 100_000])
    let evaluator = Evaluator(try RuleText.program(Self.rules()), register: ledger.register)
    evaluator.take(ledger.everything)
    let key = AlertKey(rule: "overspend", subject: Subject(["A"]), year: 2013)
    #expect(evaluator.run() == [key])
    #expect(evaluator.run() == [])
    evaluator.take(ledger.state("A", month(6), [.k("forecast", 100_001)]))
    #expect(evaluator.run() == [])
    evaluator.take(ledger.state("A", month(6), [.k("forecast", 110_000)]))
    #expect(evaluator.run() == [key])
    evaluator.take(ledger.state("A", month(6), []))
    #expect(evaluator.run() == [key])
    #expect(evaluator.standing(of: key) == nil)
  }

  @Test func theNextYearEndsTheYearsAlert() throws {
    var ledger = Self.ledger([12: 110_000])
    let evaluator = try Evaluator(Self.rules(persists: 1), ledger)
    let key = AlertKey(rule: "overspend", subject: Subject(["A"]), year: 2013)
    let next = AlertKey(rule: "overspend", subject: Subject(["A"]), year: 2014)
    #expect(evaluator.standing(of: key)?.yearIsOver == false)
    evaluator.take(ledger.state("A", month(1, 2014), [.k("forecast", 1)]))
    #expect(evaluator.run() == [key, next])
    #expect(evaluator.standing(of: key)?.yearIsOver == true)
    #expect(evaluator.standing(of: key)?.now.firing == .red)
    // The plan stands within its year alone.
    #expect(evaluator.standing(of: next)?.now.unknown == .missing)
  }

  @Test func finalAccountsReopen() throws {
    let evaluator = try Evaluator(Self.rules(persists: 1), Self.ledger([11: 110_000, 12: 100_000, 13: 110_000]))
    let standing = try #require(
      evaluator.standing(of: AlertKey(rule: "overspend", subject: Subject(["A"]), year: 2013)))
    #expect(standing.periods == [month(11), month(12), month(13)])
    #expect(standing.states.map(\.phase) == [.firing(.red), .quiet, .firing(.red)])
  }

  @Test func whatWasDueAndDidNotComeIsUnknown() throws {
    var ledger = Self.ledger([6: 110_000])
    let evaluator = try Evaluator(Self.rules(persists: 1), ledger)
    for number in 7...9 { evaluator.take(ledger.fallDue(month(number), ["forecast"])) }
    evaluator.run()
    let standing = try #require(
      evaluator.standing(of: AlertKey(rule: "overspend", subject: Subject(["A"]), year: 2013)))
    #expect(standing.states.map(\.isStale) == [false, false, false, true])
    #expect(standing.now.firing == .red)
    // Nobody else has ever reported, but was due to.
    let other = AlertKey(rule: "overspend", subject: Subject(["B"]), year: 2013)
    #expect(evaluator.standing(of: other)?.periods.count == 3)
  }
}
