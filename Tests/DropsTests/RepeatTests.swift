import Drops
import Finance
import Testing

/// Lines that say again what another line said, in the file and in the lists that came before it.
@Suite struct RepeatTests {
  var workbench = DropWorkbench()

  static let payments = """
    inbox: in
    header: [Supplier, Amount]
    columns:
      organisation: { value: 5HY }
      period: { from: file name, as: "{YYYY-MM}.csv" }
      supplier: Supplier
      measures:
        paid: { column: Amount, unit: £ }
        again: { repeats: paid }
        lines: { repeats: rows }
    repeated_rows: add
    no_value: [""]
    repeats:
      same: [Supplier, { heading: Number, absent: unknown }, Amount, { heading: Purpose, absent: blank }]

    """

  /// Lists of one organisation as a ledger has them: by period, their lines.
  struct Lists: LineHistory {
    var lists: [EarlierList] = []

    mutating func take(_ reading: DropReading) {
      for figures in reading.contents?.figures ?? [] {
        guard let lines = figures.lines?.lines else { continue }
        lists.append(EarlierList(version: Int64(lists.count + 1), period: figures.period, lines: lines))
      }
    }

    func forEachList(
      of organisation: String, in periods: ClosedRange<Period>, _ body: (EarlierList) throws -> Void
    ) throws {
      for list in lists where periods.contains(list.period) { try body(list) }
    }
  }

  private func read(_ text: String, _ month: String, after lists: Lists = Lists(), _ yaml: String = payments) throws
    -> DropReading
  {
    var workbench = workbench
    workbench.lines = lists
    return try workbench.read(text, named: "\(month).csv", yaml)
  }

  /// Amounts of `again`, `lines` by supplier.
  private func again(_ reading: DropReading) -> [String] {
    reading.figures.filter { !$0.contains(" paid ") }.map { $0.replacing("5HY 2020-21 ", with: "") }
  }

  private func places(_ reading: DropReading) -> [String] {
    (reading.contents?.figures ?? []).flatMap { figures in
      (figures.lines?.repetitions ?? []).map { line in
        "\(line.row) repeats \(line.earlierRow)" + (line.earlierVersion.map { " of \($0)" } ?? "")
      }
    }
  }

  /// However the amount, the spaces and the letters are written; what repeats nothing is nothing, which is known.
  @Test func aLineRepeatsOneFurtherUp() throws {
    let reading = try read(
      """
      Supplier,Number,Amount,Purpose
      Barts,1,"1,200.00",Rent
      Guys,2,5,Rent
       BARTS ,1,£1200,rent
      Barts,1,1200,Rates
      Barts,7,1200,Rent
      Barts,1,1200.0,RENT
      """, "2020-05")
    #expect(
      again(reading) == [
        "M2 again [supplier BARTS] 1200.0000 ×1 @4", "M2 again [supplier Barts] 1200.0000 ×1 @7",
        "M2 again [supplier Guys] 0.0000 ×1 @3", "M2 lines [supplier BARTS] 1.0000 ×1 @4",
        "M2 lines [supplier Barts] 1.0000 ×1 @7", "M2 lines [supplier Guys] 0.0000 ×1 @3",
      ])
    #expect(places(reading) == ["4 repeats 2", "7 repeats 2"])
    #expect(reading.contents?.figures[0].lines?.lines.count == 4)
  }

  static let may = "Supplier,Number,Amount,Purpose\nBarts,1,100,Rent\nBarts,2,-30,Rent\nGuys,3,7,Rent\n"

  @Test func aLineRepeatsOneOfAnotherMonth() throws {
    var lists = Lists()
    lists.take(try read(Self.may, "2020-05"))
    let june = try read(
      "Supplier,Number,Amount,Purpose\nGuys,9,1,Rent\nBarts,2,-30,Rent\nBarts,1,100,Rent\n", "2020-06", after: lists)
    #expect(places(june) == ["3 repeats 3 of 1", "4 repeats 2 of 1"])
    #expect(again(june).first == "M3 again [supplier Barts] 70.0000 ×2 @3")
    lists.take(june)
    // A list that is late repeats what was there before it, of whichever month; of several the earliest month's.
    let april = try read("Supplier,Number,Amount,Purpose\nBarts,1,100,Rent\n", "2020-04", after: lists)
    #expect(places(april) == ["2 repeats 2 of 1"])
  }

  /// A list that takes the place of one is not compared with it. One that adds to it is.
  @Test func aRestatementRepeatsNothing() throws {
    var lists = Lists()
    lists.take(try read(Self.may, "2020-05"))
    #expect(places(try read(Self.may, "2020-05", after: lists)) == [])
    let adds = Self.payments + "adds: true\n"
    #expect(places(try read(Self.may, "2020-05", after: lists, adds)).count == 3)
  }

  @Test func howFarAwayIsSaid() throws {
    var lists = Lists()
    lists.take(try read(Self.may, "2020-05"))
    #expect(places(try read(Self.may, "2021-05", after: lists)).count == 3)
    #expect(places(try read(Self.may, "2021-06", after: lists)) == [])
    let near = Self.payments + "  within: 2 months\n"
    #expect(places(try read(Self.may, "2020-07", after: lists, near)).count == 3)
    #expect(places(try read(Self.may, "2020-08", after: lists, near)) == [])
  }

  /// Two bodies, and two months of one, in one file.
  @Test func linesOfAnotherBodyAreOthers() throws {
    let yaml = Self.payments.replacing("{ value: 5HY }", with: "Org")
      .replacing("{ from: file name, as: \"{YYYY-MM}.csv\" }", with: "Month").replacing(
        "header: [Supplier, Amount]", with: "header: [Org, Amount]")
    let reading = try read(
      """
      Org,Month,Supplier,Number,Amount
      5HY,2020-05,Barts,1,100
      5K5,2020-05,Barts,1,100
      5HY,2020-06,Barts,1,100
      Hounslow PCT,2020-05,Barts,1,100
      """, "all", yaml)
    #expect(reading.problems.first.map(\.sentence) == [])
    #expect(places(reading).sorted() == ["4 repeats 2", "5 repeats 2"])
  }

  /// Without the number nothing is known of repeats; without the purpose the rest decides; any other column has to be there.
  @Test func aColumnMayBeMissing() throws {
    let numberless = try read("Supplier,Amount,Purpose\nBarts,100,Rent\nBarts,100,Rent\n", "2020-05")
    #expect(numberless.figures == ["5HY 2020-21 M2 paid [supplier Barts] 200.0000 ×2 @2"])
    #expect(numberless.statistics.notComparedFor == "Number")
    #expect(numberless.contents?.figures[0].lines == nil)
    let purposeless = try read("Supplier,Number,Amount\nBarts,1,100\nBarts,1,100\n", "2020-05")
    #expect(places(purposeless) == ["3 repeats 2"])
    let strict = Self.payments.replacing("{ heading: Purpose, absent: blank }", with: "Purpos")
    let refused = try read("Supplier,Number,Amount,Purpose\nBarts,1,100,Rent\n", "2020-05", strict)
    #expect(
      refused.problems.first.map(\.sentence) == [
        "row 1, Purpos: there is no heading “Purpos” in row 1; did you mean “Purpose”?; expected the headings there are: "
          + "“Supplier”, “Number”, “Amount” and “Purpose”"
      ])
  }

  /// A line without an amount is none, and neither is one that is passed over.
  @Test func onlyLinesThatCountAreCompared() throws {
    let yaml = Self.payments + "ignore_rows: [{ Supplier: Total }]\n"
    let reading = try read(
      "Supplier,Number,Amount\nBarts,1,\nBarts,1,\nTotal,,5\nTotal,,5\nGuys,2,5\n", "2020-05", yaml)
    #expect(places(reading) == [])
    #expect(again(reading) == ["M2 again [supplier Guys] 0.0000 ×1 @6", "M2 lines [supplier Guys] 0.0000 ×1 @6"])
  }

  @Test func howManyLinesAreComparedIsBounded() throws {
    let yaml = Self.payments + "limits: { lines: 2 }\n"
    #expect(try read("Supplier,Number,Amount\nA,1,1\nB,1,1\n", "2020-05", yaml).outcome == .accepted)
    let refused = try read("Supplier,Number,Amount\nA,1,1\nB,1,1\nC,1,1\n", "2020-05", yaml)
    #expect(refused.problems.first.map(\.sentence) == ["the file has more than 2 lines to compare (limits: lines)"])
  }

  /// What repeats is no reason to hold a list: a rule says what is too much.
  @Test func repeatsAreNotImplausible() throws {
    var workbench = workbench
    workbench.history = SourceHistory(
      [1, 1, 1].map { SourceHistory.Drop(rows: 2, totals: ["paid": $0 * 2_000_000, "again": $0 * 10_000]) })
    let yaml = Self.payments + "checks: { plausible: { total: within 5 times the median of the last 3 drops } }\n"
    let reading = try workbench.read("Supplier,Number,Amount\nA,1,100\nA,1,100\n", named: "2020-05.csv", yaml)
    #expect(reading.doubts == [])
  }

  /// Many lines, checked against a count that knows nothing of fingerprints.
  @Test func aThousandLinesAgainstAPlainCount() throws {
    var random = SystemRandomNumberGenerator()
    let lines = (0..<1_000).map { _ in
      "S\(Int.random(in: 0..<5, using: &random)),\(Int.random(in: 0..<40, using: &random)),\(Int.random(in: -3..<4, using: &random))"
    }
    let reading = try read("Supplier,Number,Amount\n" + lines.joined(separator: "\n") + "\n", "2020-05")
    var seen: Set<String> = []
    let repeated = lines.filter { !seen.insert($0).inserted }
    #expect(places(reading).count == repeated.count)
    let total = reading.statistics.history.totals["again"]
    #expect(total == repeated.reduce(0) { $0 + Int128($1.split(separator: ",")[2])! } * 10_000)
  }
}
