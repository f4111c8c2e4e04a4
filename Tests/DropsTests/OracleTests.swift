import Drops
import Finance
import Testing

/// Random tables, written with quotes, line breaks and padding at random, against sums made row by row.
@Suite struct OracleTests {
  static let source = """
    inbox: in
    columns:
      organisation: Org
      period: { column: Month, as: MM YYYY-YY }
      area: Area
      supplier: Supplier
      measures: { paid: { column: Paid, unit: £ }, payments: { rows: 1 } }
    ignore_rows: [{ Area: Total }]
    no_value: ["-"]
    adds: true
    """

  @Test(arguments: 0..<24) func sumsAreThoseOfTheRows(seed: Int) throws {
    var random = Generator(state: UInt64(seed) &* 77 &+ 1)
    // Few keys make a dense table, many a hashed one, and the table grows from the one into the other.
    let suppliers = [3, 40, 5_000, 60_000][seed % 4]
    let lineBreak = ["\n", "\r\n", "\r"][seed % 3]
    var text = ["Org", "Month", "Area", "Supplier", "Paid"].joined(separator: ",") + lineBreak
    var expected: [String: Int64] = [:]
    for _ in 0..<6_000 {
      let org = ["5HY", "5K5", "36L"].randomElement(using: &random)!
      let month = Int.random(in: 1...12, using: &random)
      let area = ["Acute", "A \"quoted\" one", "with,comma", "two\nlines", "Total", "é"].randomElement(using: &random)!
      let supplier = "Supplier number \(Int.random(in: 0..<suppliers, using: &random))"
      let pence = Int64.random(in: -5_000_000...90_000_000, using: &random)
      let none = Int.random(in: 0..<20, using: &random) == 0
      let sign = pence < 0 ? "-" : ""
      let digits = "\(pence.magnitude / 100).\(String(pence.magnitude % 100 + 100).dropFirst())"
      var row: [String] = []
      for field in [org, "\(month) 2013-14", area, supplier, none ? "-" : sign + digits] {
        row.append(Self.written(field, &random))
      }
      text += row.joined(separator: ",") + lineBreak
      if area == "Total" { continue }
      let key = "\(org)|\(month)|\(area)|\(supplier)"
      expected["payments|" + key, default: 0] += 10_000
      if !none { expected["paid|" + key, default: 0] += pence * 100 }
    }
    let reading = try DropWorkbench().read(text, Self.source)
    #expect(reading.problems.first.map(\.sentence) == [])
    let contents = try #require(reading.contents)
    var found: [String: Int64] = [:]
    for figures in contents.figures {
      #expect(figures.cells.map(\.series) == figures.cells.map(\.series).sorted())
      for cell in figures.cells {
        let series = contents.series[Int(cell.series)]
        let members = series.members.map(\.value).joined(separator: "|")
        found["\(series.measure)|\(figures.organisation)|\(figures.period.month)|\(members)"] = cell.value
      }
    }
    #expect(found == expected)
  }

  private static func written(_ field: String, _ random: inout Generator) -> String {
    let mustQuote = field.contains { $0 == "," || $0 == "\n" || $0 == "\"" }
    guard mustQuote || Bool.random(using: &random) else {
      return String(repeating: " ", count: Int.random(in: 0...2, using: &random)) + field
    }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }

  /// SplitMix64.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }
}
