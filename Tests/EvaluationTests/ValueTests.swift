import Evaluation
import Finance
import RuleLanguage
import Testing

/// What expressions come to: unknowns and their reasons, time, absent cells, populations.
struct ValueTests {
  // MARK: Three-valued logic

  @Test(arguments: [
    (Truth.false, Truth.false, Truth.false, Truth.false), (.false, .true, .false, .true), (.true, .true, .true, .true),
    (.false, .missing, .false, .missing), (.true, .missing, .missing, .true), (.false, .undefined, .false, .undefined),
    (.true, .undefined, .undefined, .true), (.missing, .missing, .missing, .missing),
    (.missing, .undefined, .missing, .missing), (.undefined, .undefined, .undefined, .undefined),
  ])
  func kleene(left: Truth, right: Truth, and: Truth, or: Truth) {
    #expect(Truth.and(left, right) == and && Truth.and(right, left) == and)
    #expect(Truth.or(left, right) == or && Truth.or(right, left) == or)
    // De Morgan's law holds for unknowns too.
    #expect(Truth.not(and) == Truth.or(Truth.not(left), Truth.not(right)))
  }

  // MARK: Numbers

  @Test(arguments: [
    ("forecast - plan", "10000000"), ("(forecast - plan) / plan", "0.1"), ("plan / forecast", "10/11"),
    ("forecast / (plan - plan)", "undefined"), ("forecast / (plan - forecast)", "undefined"),
    ("forecast * 150%", "165000000"), ("-forecast", "-110000000"), ("abs(plan - forecast)", "10000000"),
    ("1 + growth(spent)", "missing"), ("if_unknown(growth(spent), 5%)", "0.05"), ("forecast - spent_plan", "missing"),
    ("forecast / 3", "36666666.6667"), ("plan / forecast + plan / forecast", "1.818181818182"),
    ("rounded(plan / forecast, 2)", "0.91"), ("month()", "6"),
  ])
  func comesTo(expression: String, value: String) throws {
    var ledger = LedgerModel(Register([.plain("A")]))
    _ = ledger.state("A", month(0), [.k("plan", 100_000)], source: "plans")
    _ = ledger.state("A", month(6), [.k("forecast", 110_000), .k("spent", 5)])
    let evaluator = try watching(expression, ledger)
    #expect(evaluator.watched("A", at: month(6)) == value)
  }

  @Test func whatDoesNotFitIsUndefined() throws {
    var ledger = LedgerModel(Register([.plain("A")]))
    _ = ledger.state("A", month(6), [.init(measure: "forecast", value: .max), .init(measure: "position", value: .min)])
    for expression in ["forecast + forecast", "-position", "forecast * 200%", "abs(position)"] {
      #expect(try watching(expression, ledger).watched("A", at: month(6)) == "undefined", "\(expression)")
    }
  }

  // MARK: Time

  @Test(arguments: [
    ("previous(cost)", ["missing", "1", "2", "missing", "4"]),
    ("change(cost)", ["missing", "1", "missing", "missing", "1"]),
    ("ytd(cost)", ["1", "3", "missing", "missing", "missing"]),
    ("in_month(actual)", ["10", "20", "missing", "missing", "50"]),
    ("straight_line(actual)", ["120", "180", "missing", "300", "360"]),
    ("previous(forecast)", ["undefined", "1", "2", "missing", "4"]),
    ("last_year(cost)", ["12", "missing", "missing", "missing", "missing"]),
  ])
  func acrossMonths(expression: String, values: [String]) throws {
    var ledger = LedgerModel(Register([.plain("A")]))
    _ = ledger.state("A", month(1, 2012), [unit("cost", 12)])
    for number in [1, 2, 4, 5] {
      let total = Int64(10 * (1...number).reduce(0, +))
      _ = ledger.state(
        "A", month(number), [unit("cost", Int64(number)), unit("forecast", Int64(number)), unit("actual", total)])
    }
    let evaluator = try watching(expression, ledger)
    #expect((1...5).map { evaluator.watched("A", at: month($0)) } == values)
  }

  private func unit(_ measure: String, _ units: Int64) -> LedgerModel.Figure {
    LedgerModel.Figure(measure: measure, value: units * Amount.scale)
  }

  @Test func firstMonthsPreviousIsLastYearsTwelfth() throws {
    var ledger = LedgerModel(Register([.plain("A")]))
    _ = ledger.state("A", month(12, 2012), [unit("cost", 12)])
    _ = ledger.state("A", month(13, 2012), [unit("cost", 13)])
    _ = ledger.state("A", month(1), [unit("cost", 1)])
    #expect(try watching("previous(cost)", ledger).watched("A", at: month(1)) == "12")
    #expect(try watching("previous(cost)", ledger).watched("A", at: month(13, 2012)) == "12")
  }

  @Test func referencesStand() throws {
    var ledger = LedgerModel(Register([.plain("A")]))
    _ = ledger.state("A", month(0), [unit("plan", 100), unit("list", 50)], source: "plans")
    _ = ledger.state("A", month(4), [unit("plan", 120)], source: "plans")
    _ = ledger.state("A", month(2, 2014), [unit("cost", 1)])
    let plan = try watching("plan", ledger)
    #expect([1, 3, 4, 13].map { plan.watched("A", at: month($0)) } == ["100", "100", "120", "120"])
    #expect(plan.watched("A", at: month(1, 2014)) == "missing")
    let list = try watching("list", ledger)
    #expect(list.watched("A", at: month(1)) == "50")
    #expect(list.watched("A", at: month(2, 2014)) == "50")
  }

  // MARK: Absent cells

  @Test(arguments: [
    (MeasureTraits.Absent.unknown, "missing", "missing"), (.zero, "10", "0"), (.unchanged, "30", "20"),
  ])
  func aCellThatWasThere(absent: MeasureTraits.Absent, total: String, sliced: String) throws {
    var ledger = LedgerModel(Register([.plain("A")]))
    func forecast(_ category: String, _ units: Int64) -> LedgerModel.Figure {
      .init(measure: "forecast", members: [.init(dimension: "category", value: category)], value: units * Amount.scale)
    }
    _ = ledger.state("A", month(1), [forecast("acute", 10), forecast("other", 20)])
    _ = ledger.state("A", month(2), [forecast("acute", 10)])
    let traits = ["forecast": MeasureTraits(absent: absent)]
    let whole = try watching("forecast", ledger, traits: traits)
    #expect(whole.watched("A", at: month(1)) == "30")
    #expect(whole.watched("A", at: month(2)) == total)
    let slice = try watching("forecast[category is \"other\"]", ledger, traits: traits)
    #expect(slice.watched("A", at: month(2)) == sliced)
    #expect(slice.watched("A", at: month(3)) == "missing")
  }

  /// Each figure is found where it was stated, over a return that left it out, too; not behind one that never came.
  @Test func whatIsUnchangedComesFromWhereItWasStated() throws {
    var ledger = LedgerModel(Register([.plain("A")]))
    func forecast(_ category: String, _ units: Int64) -> LedgerModel.Figure {
      .init(measure: "forecast", members: [.init(dimension: "category", value: category)], value: units * Amount.scale)
    }
    _ = ledger.state("A", month(1), [forecast("acute", 10), forecast("other", 20)])
    _ = ledger.state("A", month(2), [forecast("acute", 11)])
    _ = ledger.state("A", month(3), [forecast("acute", 12)])
    _ = ledger.state("A", month(5), [forecast("acute", 13)])
    let evaluator = try watching("forecast", ledger, traits: ["forecast": MeasureTraits(absent: .unchanged)])
    let key = try #require(evaluator.standings { _ in true }.first?.key)
    func sources(_ month: Period) throws -> [String] {
      try #require(evaluator.finding(for: key, at: month)).sources.map {
        "M\($0.period.month) \($0.stated / Int128(Amount.scale))"
      }
    }
    #expect(try sources(month(2)) == ["M2 11", "M1 20"])
    #expect(try sources(month(3)) == ["M3 12", "M1 20"])
    #expect(try sources(month(5)) == ["M5 13"])
  }

  private func watching(
    _ expression: String, _ ledger: LedgerModel, traits: [String: MeasureTraits] = [:]
  ) throws -> Evaluator {
    let evaluator = Evaluator(try RuleText.watching(expression), register: ledger.register, traits: traits)
    evaluator.take(ledger.everything)
    evaluator.run()
    return evaluator
  }
}
