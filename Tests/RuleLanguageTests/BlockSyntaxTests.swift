import Diagnostics
import Finance
import RuleLanguage
import RuleLibrary
import Testing

/// Tables, tests and the clauses with several parts: what is read, where it stands, and that printing keeps it.
@Suite struct BlockSyntaxTests {
  static let whole = """
    currency GBP
    year starts in April

    measure plan money full year reference
    measure forecast money full year adverse high

    table limits by kind
      organisation "Wessex" red 3%
      "PCT" amber 0.5% red 1%
      "Area team" amber 2% red -£5m name "far" at 2013-14 M8 on 2014-03-31 is_new true
      otherwise amber 1%
            red 1,250

    table uplift by year
      2013-14 rate 2.3%
      2014-15 rate -1.4pp

    table fees by economy from "fees.csv"

    rule overspend formerly over "Forecast overspend"
      for each organisation
      watch forecast - plan
      red above limits.red
      suppress when forecast < £1m and plan > £0 until 2014-03-31 because "agreed {{in part}}"
      suppress when plan = £0 until 2013-14 because "no plan yet"
      suppress when count(predecessors where forecast > £0) = 0 because "new"
      message "{names(forecast > plan over successors by forecast first 3)}"

    test overspend "second month over the line turns red"
      given organisation | kind        | measure  | 2013-14 M6 | 2013-14 M7 | 2014-15
            "Wessex"     | "Area team" | plan     | £100m      | -£100m     |
                         |             | forecast | £100m      |            | 1,200
      drop 2014-02-10 organisation | measure  | 2013-14 M8
                      "Wessex"     | forecast | £109.9m
      expect "Wessex" at 2013-14 M6 quiet
      expect "Wessex" and "acute" at 2013-14 M7 as of 2014-02-09 pending red
      expect overall at 2013-14 suppressed "9.9%"

    """

  private func tree(_ text: String) throws -> SyntaxTree {
    let source = SourceText(name: "test.rules", text)
    let found = RuleSet.syntax(of: [source], library: .all)
    try #require(found.diagnostics.isEmpty, "\(TerminalRenderer().render(found.diagnostics, in: [source]))")
    return found.tree
  }

  private func printed(_ text: String) throws -> String {
    try #require(RuleSet.canonicalText(of: SourceText(name: "test.rules", text), library: .all))
  }

  @Test func readingWhatIsPrintedGivesTheSame() throws {
    let once = try printed(Self.whole)
    #expect(try printed(once) == once)
    for line in [
      "\n  organisation \"Wessex\" red 3%\n", "\n  otherwise amber 1% red 1,250\n", "\n  2014-15 rate -1.4pp\n",
      "\ntable fees by economy from \"fees.csv\"\n",
      " until 2014-03-31 because \"agreed {{in part}}\"\n", " until 2013-14 because \"no plan yet\"\n",
      "\n  expect \"Wessex\" and \"acute\" at 2013-14 M7 as of 2014-02-09 pending red\n",
      "\n        \"Wessex\"     | \"Area team\" | plan     | £100m      | -£100m     |\n",
      "\n                     |             | forecast | £100m      |            | 1,200\n",
    ] { #expect(once.contains(line), "\(line)\n\(once)") }
  }

  @Test func aTestSaysWhatItIsGivenAndWhatItExpects() throws {
    let test = try #require(try tree(Self.whole).tests.first)
    #expect(test.rule.text == "overspend")
    let given = try #require(test.given)
    #expect(given.columns.count == 6 && given.rows.map(\.count) == [6, 6])
    guard case .literal(.money(let amount, let currency)) = given.rows[0][4].value else {
      Issue.record("no money: \(given.rows[0][4])")
      return
    }
    #expect(amount.digits == -100_000_000 && amount.decimals == 0 && currency == "£")
    guard case .drop(let drop) = test.steps[0] else {
      Issue.record("no drop first")
      return
    }
    #expect(drop.day.value == Day(year: 2014, month: 2, day: 10) && drop.grid.rows.count == 1)
    let states = test.steps.compactMap { if case .expect(let line) = $0 { line.state.value } else { nil } }
    #expect(states == [.quiet, .pending(.red), .suppressed])
  }

  /// What editors, the formatter and the export go by.
  @Test func everythingSaysWhereItStands() throws {
    let bytes = Array(Self.whole.utf8)
    func written(_ span: Span) -> String { String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self) }
    let tree = try tree(Self.whole)
    #expect(tree.currencies.map { written($0.span) } == ["currency GBP"])
    #expect(tree.yearStarts.map { written($0.span) } == ["year starts in April"])
    #expect(written(tree.measures[0].span) == "measure plan money full year reference")
    let limits = tree.tables[0]
    #expect(limits.rows.map { written($0.keySpan) }.prefix(2) == ["organisation \"Wessex\"", "\"PCT\""])
    #expect(limits.rows[1].cells.map { written($0.column.span) + written($0.value.span) } == ["amber0.5%", "red1%"])
    #expect(written(limits.rows[2].cells[1].value.span) == "-£5m")
    #expect(tree.tables[2].file.map { written($0.span) } == "\"fees.csv\"")
    let test = tree.tests[0]
    #expect(written(test.span).hasPrefix("test overspend") && written(test.span).hasSuffix("\"9.9%\""))
    #expect(
      test.given?.rows[0].map { written($0.span) } == ["\"Wessex\"", "\"Area team\"", "plan", "£100m", "-£100m", ""])
    let expectations = test.steps.compactMap { if case .expect(let line) = $0 { line } else { nil } }
    #expect(expectations.map { written($0.at.span) } == ["2013-14 M6", "2013-14 M7", "2013-14"])
    #expect(expectations.map { written($0.state.span) } == ["quiet", "pending red", "suppressed"])
  }

  /// Words of the grammar are names wherever the grammar does not expect them.
  @Test func wordsOfTablesAndTestsCanBeNames() throws {
    let text =
      heading + """
        measure given money full year
        measure until money full year
        let from = given - until
        rule expect "Names"
          for each organisation
          watch abs(from)
          red above £1m
          message "{given} {from}"

        """
    #expect(load(text).program != nil, "\(rendered(text))")
  }
}
