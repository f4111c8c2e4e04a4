import Evaluation
import Finance
import RuleLanguage
import Testing

/// What a table says for whom, and when.
@Suite struct TableTests {
  private static let tables = """
    table limits by kind
      "CCG" amber £10k red £20k
      organisation "NHS B" red £50k
      organisation "C" amber £5k
      "Trust" red £30k
      otherwise amber £1k
    table uplift by year
      2013-14 rate 10%
      2014-15 rate 20%
    table sizes by region
      "South" most 2

    """

  private func evaluator(_ expression: String, frame: String = "for each organisation") throws -> Evaluator {
    var ledger = LedgerModel(
      Register([
        .plain("A"), .plain("B"), .plain("C", kind: "Trust", region: "North"), .plain("D", kind: "Trust", region: ""),
        .plain("E", kind: "", to: Day(year: 2013, month: 5, day: 10)),
        .plain("E", kind: "CCG", from: Day(year: 2013, month: 5, day: 11)),
      ]))
    for code in ["A", "B", "C", "D", "E"] {
      for period in [month(1), month(2), month(1, 2014)] {
        _ = ledger.state(code, period, [.k("position", 15), .k("spent", 30)])
      }
    }
    return try Evaluator(
      Self.tables + "rule one \"One\"\n  \(frame)\n  watch \(expression)\n  red when true\n  message \"x\"\n", ledger)
  }

  /// The organisation's own row first, then that of its kind, then `otherwise`, column by column.
  @Test(arguments: [
    ("A", "10000", "20000"), ("B", "10000", "50000"), ("C", "5000", "30000"), ("D", "1000", "30000"),
    ("E", "1000", "undefined"),
  ])
  func aRowThatSaysNothingLeavesItToTheNext(_ code: String, _ amber: String, _ red: String) throws {
    #expect(try evaluator("limits.amber").watched(code, at: month(1)) == amber)
    #expect(try evaluator("limits.red").watched(code, at: month(1)) == red)
  }

  /// The register of the period counts.
  @Test func theAttributeIsThatOfThePeriod() throws {
    let evaluator = try evaluator("limits.amber")
    #expect(evaluator.watched("E", at: month(1)) == "1000")
    #expect(evaluator.watched("E", at: month(2)) == "10000")
  }

  @Test func byYear() throws {
    let own = try evaluator("spent * uplift.rate")
    #expect(own.watched("A", at: month(2)) == "3000")
    #expect(own.watched("A", at: month(1, 2014)) == "6000")
    let everybody = try evaluator("sum(spent over organisation) * uplift.rate", frame: "overall")
    #expect(everybody.watched(at: month(1, 2014)) == "30000")
    #expect(try evaluator("limits.amber * (1 + previous(uplift.rate))").watched("A", at: month(1, 2014)) == "11000")
  }

  /// A member is looked up as itself; `own` is the subject outside.
  @Test func insidePopulations() throws {
    let hit = try evaluator("count(position > limits.amber over organisation)", frame: "overall")
    #expect(hit.watched(at: month(1)) == "5")
    #expect(
      try evaluator("count(organisation where limits.amber < own(limits.amber))").watched("A", at: month(1)) == "3")
    #expect(try evaluator("sizes.most * 1", frame: "for each region").watched("South", at: month(1)) == "2")
    #expect(try evaluator("sizes.most * 1", frame: "for each region").watched("North", at: month(1)) == "undefined")
  }

  /// A plain number in a table stands beside a count as one in a rule does.
  @Test func numbersBesideCounts() throws {
    let evaluator = try evaluator("count(organisation in same region where staff > sizes.most)")
    #expect(evaluator.watched("A", at: month(1)) == "missing")
    #expect(
      try Evaluator(
        Self.tables + """
          rule one "One"
            for each region
            red when count(organisation) > sizes.most
            message "x"
          """, LedgerModel(Register([.plain("A"), .plain("B"), .plain("C")]))
      ).program.rules.count == 1)
  }

  @Test func asABand() throws {
    var ledger = LedgerModel(Register([.plain("A"), .plain("B")]))
    for (code, position) in [("A", Int64(25)), ("B", 25)] {
      _ = ledger.state(code, month(1), [.k("position", position)])
    }
    let evaluator = try Evaluator(
      Self.tables + """
        rule one "One"
          for each organisation
          watch position
          amber above limits.amber
          red above limits.red
          message "{limits.red}"
        """, ledger)
    #expect(evaluator.states("one", "A") == "R")
    #expect(evaluator.states("one", "B") == "A")
    let finding = try #require(
      evaluator.finding(for: AlertKey(rule: "one", subject: Subject(["B"]), year: 2013), at: month(1)))
    #expect(finding.sentence == "£50,000")
    #expect(finding.threshold?.shown == "above £10,000")
    let lines = finding.arithmetic.map { "\($0.expression) = \($0.value.shown)" }
    #expect(lines.contains("limits.amber, \"CCG\" = £10,000"))
    #expect(lines.contains("limits.red, organisation \"NHS B\" = £50,000"))
  }
}
