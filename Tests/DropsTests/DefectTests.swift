import Drops
import Testing

/// One defect a file, and what whoever sent it is told.
@Suite struct DefectTests {
  struct Defect: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String
    var told: [String]
    var settings = ""
    var testDescription: String { name }
  }

  static let head = "Org Code,Month,Plan,Variance\n"
  static let source = """
    inbox: in
    columns:
      organisation: Org Code
      period: { column: Month, as: [MM YYYY-YY, D/M/YYYY, M/D/YYYY] }
      measures:
        plan: { column: Plan, unit: £000 }
        variance: { column: Variance, unit: £000, positive: favourable }
    """

  static let defects: [Defect] = [
    Defect(
      name: "a wrong heading", text: "Org Code,Month,Paln,Variance\n5HY,08 2013-14,1,2\n",
      told: [
        "row 1, Plan: there is no heading “Plan” in row 1; did you mean “Paln”?; expected the headings there are: "
          + "“Org Code”, “Month”, “Paln” and “Variance”"
      ]),
    Defect(
      name: "no headings at all", text: "5HY,08 2013-14,1,2\n",
      told: [
        "the only row does not hold the headings of this source; expected one that holds “Org Code”, “Month”, “Plan” "
          + "and “Variance”"
      ]),
    Defect(
      name: "a heading that stands twice", text: "Org Code,Month,Plan,Variance,Plan\n5HY,08 2013-14,1,2,3\n",
      told: [
        "row 1, Plan: the heading “Plan” stands in columns C and E; expected in the source, which is meant: "
          + "{ heading: Plan, nth: 1 }"
      ]),
    Defect(
      name: "hashes", text: head + "5HY,08 2013-14,########,2\n",
      told: [
        "row 2, Plan: “########” is what a spreadsheet shows when a column is too narrow; the figure itself was not "
          + "saved; expected an amount in £000 such as 1,234.50 or -1,234.50, with at most 7 decimals"
      ]),
    Defect(
      name: "a text amount", text: head + "5HY,08 2013-14,tbc,2\n",
      told: [
        "row 2, Plan: “tbc” is not a number; expected an amount in £000 such as 1,234.50 or -1,234.50, with at most 7 "
          + "decimals"
      ]),
    Defect(
      name: "a date where an amount should be", text: head + "5HY,08 2013-14,30/11/2013,2\n",
      told: [
        "row 2, Plan: “30/11/2013” looks like a date; expected an amount in £000 such as 1,234.50 or -1,234.50, with at "
          + "most 7 decimals"
      ]),
    Defect(
      name: "an empty amount", text: head + "5HY,08 2013-14,,2\n",
      told: [
        "row 2, Plan: the amount is empty; expected an amount, or in the source `no_value: [\"\"]` if an empty one means "
          + "none"
      ]),
    Defect(
      name: "a missing organisation", text: head + ",08 2013-14,1,2\n",
      told: ["row 2, Org Code: the organisation is missing; expected an organisation’s code or name as in the register"]
    ),
    Defect(
      name: "an unknown organisation", text: head + "Hounslw PCT,08 2013-14,1,2\n",
      told: [
        "row 2, Org Code: “Hounslw PCT” is not in the register; did you mean “Hounslow PCT”?; expected an "
          + "organisation’s code or name as in the register"
      ]),
    Defect(
      name: "a date that could be two", text: head + "5HY,03/04/2013,1,2\n5HY,05/06/2013,1,2\n",
      told: [
        "row 2, Month: “03/04/2013” can be read as D/M/YYYY and as M/D/YYYY, and no date in the file decides which; "
          + "expected the layout in the source, such as `as: D/M/YYYY`"
      ]),
    Defect(
      name: "dates of both kinds", text: head + "5HY,30/11/2013,1,2\n5HY,11/30/2013,1,2\n",
      told: [
        "row 3, Month: “11/30/2013” is not a day of the calendar; expected a period as D/M/YYYY, such as 31/03/2014"
      ]),
    Defect(
      name: "no such month", text: head + "5HY,14 2013-14,1,2\n",
      told: [
        "row 2, Month: “14 2013-14” is not a date or period in an expected form; expected one as MM YYYY-YY, D/M/YYYY or "
          + "M/D/YYYY"
      ]),
    Defect(
      name: "a duplicate key", text: head + "5HY,08 2013-14,1,2\n5K5,08 2013-14,1,2\n5HY,08 2013-14,3,4\n",
      told: [
        "row 4, Plan: this row is for the same organisation, period and measure as row 2; expected one row for each, or in "
          + "the source `repeated_rows: add`",
        "row 4, Variance: this row is for the same organisation, period and measure as row 2; expected one row for each, or "
          + "in the source `repeated_rows: add`",
      ]),
    Defect(
      name: "an unquoted separator", text: head + "5HY,08 2013-14,1,234,2\n",
      told: [
        "row 2: the row has 5 fields and there are 4 headings; expected fields that hold the separator to be in quotes"
      ]),
    Defect(
      name: "a short row", text: head + "5HY,08 2013-14,1\n",
      told: ["row 2, Variance: the row ends before this column"]),
    Defect(
      name: "a quote that never closes", text: head + "5HY,08 2013-14,\"1,2\n5K5,08 2013-14,1,2\n",
      told: ["row 2: a quote in this row is never closed; expected a closing quote"]),
    Defect(
      name: "text after a closing quote", text: head + "5K5,08 2013-14,1,2\n5HY,08 2013-14,\"1\"0,2\n",
      told: ["row 3: a quoted field goes on after its closing quote; expected quotes within quotes to be doubled"]),
    Defect(name: "an empty file", text: "", told: ["the file is empty; expected a heading row and rows below it"]),
    Defect(name: "headings alone", text: head, told: ["there are no rows below the headings"]),
    Defect(
      name: "every row passed over", text: head + "5HY,08 2013-14,1,2\n",
      told: ["none of the 1 rows is one that this source reads (ignore_rows, keep_rows)"],
      settings: "keep_rows: [{ Org Code: 5K5 }]"),
    Defect(
      name: "a workbook", text: "PK\u{3}\u{4}rest of it",
      told: ["this is a workbook, not a text file; expected it to be saved as CSV UTF-8"]),
    Defect(
      name: "a zero byte", text: head + "5HY,08 2013-14,1,\u{0}\n",
      told: ["row 2: this is not a text file: it has a zero byte at byte 47; expected a CSV file"]),
    Defect(
      name: "a control total that differs", text: head + "5HY,08 2013-14,1,2\n5K5,08 2013-14,10,5\nTotal,,12,7\n",
      told: [
        "the rows of “plan” add to £11,000 and the file states £12,000; expected a difference of at most 0 in the "
          + "column’s unit"
      ],
      settings: "checks: { control_total: { row: Total } }"),
    Defect(
      name: "no control total", text: head + "5HY,08 2013-14,1,2\n",
      told: [
        "Org Code: there is no row “Total” to check the sums against; expected the row with the file’s own totals"
      ],
      settings: "checks: { control_total: { row: Total } }"),
    Defect(
      name: "a sum that is too large", text: head + "5HY,08 2013-14,600000000000,0\n5HY,08 2013-14,600000000000,0\n",
      told: ["row 3, Plan: the sum of the rows is too large to keep"], settings: "repeated_rows: add"),
    Defect(
      name: "a row that is too long", text: head + "5HY,08 2013-14,1,\(String(repeating: " ", count: 200))2\n",
      told: ["row 2: the row is longer than 128 bytes"], settings: "limits: { row: 128 }"),
    Defect(
      name: "too many rows", text: head + "5HY,08 2013-14,1,2\n5K5,08 2013-14,1,2\n",
      told: ["the file has more than 2 rows"], settings: "limits: { rows: 2 }"),
    Defect(
      name: "a file that is too large", text: head + "5HY,08 2013-14,1,2\n",
      told: ["the file is larger than 32 bytes"], settings: "limits: { file: 32 }"),
  ]

  @Test(arguments: defects) func isTold(_ defect: Defect) throws {
    let reading = try DropWorkbench().read(defect.text, Self.source + "\n" + defect.settings)
    #expect(reading.problems.first.map(\.sentence) == defect.told)
    #expect(reading.outcome == .rejected)
    #expect(reading.contents == nil)
  }

  @Test func aTenMegabyteFieldIsRefused() throws {
    let text = Self.head + "5HY,08 2013-14,\"" + String(repeating: "x\n", count: 5 << 20) + "\",2\n"
    let reading = try DropWorkbench().read(text, Self.source)
    #expect(reading.problems.first.map(\.sentence) == ["row 2: a field is longer than 65536 bytes"])
  }

  /// FAULTS 27.
  @Test func oneBadRowAtTheEndOfAMillionTakesNothing() throws {
    var text = Array(Self.head.utf8)
    for _ in 0..<999_999 { text += Array("5HY,08 2013-14,1,2\n".utf8) }
    text += Array("5K5,08 2013-14,1.x,2\n".utf8)
    let reading = try DropWorkbench().read(text, Self.source + "\nrepeated_rows: add")
    #expect(reading.contents == nil)
    #expect(reading.problems.count == 1)
    #expect(reading.problems.first.first?.row == 1_000_001)
    #expect(reading.problems.first.first?.column == "Plan")
    #expect(reading.problems.first.first?.value == "1.x")
  }

  @Test func problemsAreBoundedAndCounted() throws {
    var text = Self.head
    for _ in 0..<6_000 { text += "5HY,08 2013-14,x,y\n" }
    let reading = try DropWorkbench().read(text, Self.source)
    #expect(reading.problems.count == 12_000)
    #expect(reading.problems.first.count == DropProblems.most)
    #expect(reading.problems.first.prefix(3).map(\.row) == [2, 2, 3])
    let file = String(decoding: ErrorsFile(reading.problems).bytes, as: UTF8.self)
    #expect(file.contains("2000 more problems"))
  }

  @Test func anErrorsFileHoldsNoFormulas() {
    var problems = DropProblems()
    problems.add(DropProblem(.amount, row: 7, column: "=Plan", value: "@SUM(1,2)\"", "bad", expected: "-1 or +1"))
    let lines = String(decoding: ErrorsFile(problems).bytes, as: UTF8.self)
    #expect(
      lines == "\u{FEFF}row,column,value,problem,expected\r\n7,'=Plan,\"'@SUM(1,2)\"\"\",bad,'-1 or +1\r\n")
  }

  /// `1.250` may be one pound and a quarter, or a thousand: where a whole column looks so, a person looks first.
  @Test func aPointThatMayGroupThousandsIsDoubted() throws {
    func doubts(_ amounts: [String], unit: String = "£", mark: String = "") throws -> [String] {
      let yaml = """
        inbox: in
        columns: { organisation: Org, period: 2013-14, measures: { plan: { column: Plan, unit: \(unit) } } }
        \(mark)
        repeated_rows: add
        """
      let rows = amounts.map { "5HY,\"\($0)\"\n" }.joined()
      return try DropWorkbench().read("Org,Plan\n" + rows, yaml).doubts
    }
    let grouped = ["1.250", "-12.500", "950", "£106.000"]
    #expect(
      try doubts(grouped) == [
        "the figures in “Plan” have three decimals each (from row 2 on): where a point groups thousands, the source says "
          + "`decimal_mark: comma`"
      ])
    #expect(try doubts(grouped, unit: "£m").isEmpty)
    #expect(try doubts(grouped, mark: "decimal_mark: comma").isEmpty)
    #expect(try doubts(["1.250", "12.500", "9.50", "106.000"]).isEmpty)
    #expect(try doubts(["0.250", "0.500", "0.125"]).isEmpty)
  }
}
