import Evaluation
import Finance
import RuleLanguage
import Testing

/// What was first returned, what was known on a day, and when: expressions over the ledger's history.
struct HistoryTests {
  private static let rules = """
    rule first "As first returned"
      for each organisation
      watch first_reported(forecast - plan)
      amber above £1k
      message "x"
    rule category "As first returned, a category"
      for each organisation and category
      watch forecast - first_reported(forecast)
      amber above £1k
      message "x"
    rule known "As known on a day"
      for each organisation
      watch as_of(run_rate(actual), 2013-09-15) - plan
      amber above £1k
      info when restated(spent)
      message "x"
    rule late "Returned late"
      for each organisation
      watch days_late(spent, 15)
      amber above 5
      message "x"
    rule together "Together, as first returned"
      overall
      watch first_reported(sum(position over organisation))
      amber above £1k
      message "x"
    """

  private static let codes = ["A", "B", "C"]
  private static let categories = ["acute", "other"]

  /// A ledger that is taken in drop by drop, with a run after each, says the same as one that is taken in at once.
  @Test(arguments: 0..<6)
  func comesToTheSameAsAll(seed: UInt64) throws {
    var random = Random(seed: seed)
    var ledger = LedgerModel(Register(Self.codes.map { .plain($0) }))
    let program = try RuleText.program(Self.rules)
    let evaluator = Evaluator(program, register: ledger.register)
    #expect(evaluator.readsHistory)
    var day = try #require(Day(iso: "2013-06-01"))
    for step in 1...40 {
      day = day.advanced(days: random.below(9))
      evaluator.take(change(&ledger, &random, on: day))
      evaluator.run()
      guard step % 10 == 0 else { continue }
      let anew = Evaluator(program, register: ledger.register)
      for change in ledger.history { anew.take(change) }
      anew.run()
      for index in program.nodes.indices {
        for subject in Self.subjects {
          for number in 0...13 {
            let node = NodeID(index: Int32(index))
            let (one, other) = (
              evaluator.outcome(of: node, for: subject, at: month(number)),
              anew.outcome(of: node, for: subject, at: month(number))
            )
            try #require("\(String(describing: one))" == "\(String(describing: other))")
          }
        }
      }
    }
  }

  private static var subjects: [Subject] {
    [Subject([])] + codes.map { Subject([$0]) }
      + codes.flatMap { code in categories.map { Subject([code, $0]) } }
  }

  private func change(_ ledger: inout LedgerModel, _ random: inout Random, on day: Day) -> LedgerChange {
    let code = Self.codes[random.below(Self.codes.count)]
    let period = month(1 + random.below(4))
    if random.below(8) == 0 { return ledger.state(code, period, [], on: day) }
    var figures: [LedgerModel.Figure] = []
    for measure in ["actual", "spent", "position"] where random.below(4) > 0 {
      figures.append(.k(measure, Int64(random.below(40))))
    }
    for category in Self.categories where random.below(3) > 0 {
      figures.append(.k("forecast", Int64(random.below(40)), ("category", category)))
    }
    if random.below(6) == 0 { return ledger.state(code, month(0), [.k("plan", 20)], source: "plans", on: day) }
    return ledger.state(code, period, figures, on: day)
  }

  /// Restated twice, withdrawn, and returned again: what was first returned stays what it was.
  @Test func theFirstStays() throws {
    var ledger = LedgerModel(Register([.plain("A")]))
    let program = try RuleText.watching("first_reported(spent)")
    let evaluator = Evaluator(program, register: ledger.register)
    for figures: [LedgerModel.Figure] in [[.k("spent", 10)], [.k("spent", 12)], [], [.k("spent", 15)]] {
      evaluator.take(ledger.state("A", month(6), figures))
      evaluator.run()
      #expect(evaluator.watched("A", at: month(6)) == "10000")
    }
  }

  /// A correction that brings a measure for the first time is the first return of that measure.
  @Test func eachMeasureHasItsFirst() throws {
    var ledger = LedgerModel(Register([.plain("A")]))
    let program = try RuleText.watching("first_reported(position) - first_reported(forecast)")
    let evaluator = Evaluator(program, register: ledger.register)
    evaluator.take(ledger.state("A", month(6), [.k("forecast", 10, ("category", "acute"))]))
    evaluator.run()
    #expect(evaluator.watched("A", at: month(6)) == "missing")
    let acute = LedgerModel.Figure.k("forecast", 9, ("category", "acute"))
    let other = LedgerModel.Figure.k("forecast", 5, ("category", "other"))
    evaluator.take(ledger.state("A", month(6), [acute, other, .k("position", 30)]))
    evaluator.run()
    // A cell that came later is no part of what was first returned.
    #expect(evaluator.watched("A", at: month(6)) == "20000")
  }

  /// Once the day has passed, what is known of it no longer changes.
  @Test func aDayPasses() throws {
    var ledger = LedgerModel(Register([.plain("A")]))
    let program = try RuleText.watching("as_of(spent, 2013-10-31)")
    let evaluator = Evaluator(program, register: ledger.register)
    for (day, value, known) in [("2013-10-20", 10, "10000"), ("2013-10-31", 11, "11000"), ("2013-11-01", 12, "11000")] {
      evaluator.take(ledger.state("A", month(6), [.k("spent", Int64(value))], on: Day(iso: day)))
      evaluator.run()
      #expect(evaluator.watched("A", at: month(6)) == known)
    }
  }
}
