import Bookkeeping
import Finance
import Storage
import Testing

/// Lines that drops of later months are compared with, and the two places of each that repeats another.
@Suite struct ComparedLinesTests {
  let ledger: LedgerFixture
  init() throws { ledger = try LedgerFixture() }

  private static func list(
    _ month: Int, _ fingerprints: [UInt64], _ repetitions: [Repetition] = [], organisation: String = "A"
  ) -> DropContents {
    var drop = contents(
      [(organisation, month, ["again": Int64(repetitions.count)])], source: "payments", name: "M\(month).csv",
      bytes: "\(organisation) \(month) \(fingerprints)")
    let lines = fingerprints.enumerated().map { ComparedLines.Line(fingerprint: $1, row: UInt32($0 + 2)) }
    drop.figures[0].lines = ComparedLines(lines: lines, repetitions: repetitions)
    return drop
  }

  private func lists(of organisation: String = "A", _ months: ClosedRange<Int> = 1...12) throws -> [String] {
    let periods = Period(year: 2013, month: months.lowerBound)...Period(year: 2013, month: months.upperBound)
    var found: [String] = []
    try ledger.store.read { snapshot in
      try Ledger.lines(of: organisation, in: periods, source: "payments", in: snapshot) { version, period, lines in
        found.append("\(version) M\(period.month) \(lines.map(\.fingerprint)) \(lines.map(\.row))")
      }
    }
    return found
  }

  @Test func theLinesOfABodyAreFoundByPeriod() throws {
    try ledger.account(Self.list(5, [7, .max]))
    try ledger.account(Self.list(4, [1]))
    try ledger.account(Self.list(5, [9], organisation: "B"))
    #expect(try lists() == ["2 M4 [1] [2]", "1 M5 [7, 18446744073709551615] [2, 3]"])
    #expect(try lists(5...12) == ["1 M5 [7, 18446744073709551615] [2, 3]"])
    #expect(try lists(of: "B") == ["3 M5 [9] [2]"])
  }

  @Test func whatIsRestatedIsComparedWithNoMore() throws {
    try ledger.account(Self.list(5, [7]))
    try ledger.account(Self.list(5, [8]))
    #expect(try lists() == ["2 M5 [8] [2]"])
  }

  @Test func bothPlacesOfARepeatedLineAreTold() throws {
    try ledger.account(Self.list(4, [1, 2]))
    let june = Self.list(
      6, [1, 3],
      [
        Repetition(series: 0, row: 2, value: -5, earlierVersion: 1, earlierRow: 3),
        Repetition(series: 0, row: 9, value: 6, earlierVersion: nil, earlierRow: 8),
      ])
    try ledger.account(june)
    let found = try ledger.store.read { try Ledger.repeatedLines(of: 2, in: $0) }
    #expect(
      found.map { "\($0.drop.arrival.name) \($0.row) \($0.value) \($0.earlierDrop.arrival.name) \($0.earlierRow)" } == [
        "M6.csv 2 -5 M4.csv 3", "M6.csv 9 6 M6.csv 8",
      ])
    #expect(found.map(\.series.measure) == ["again", "again"])
    let others = [Series.Member(dimension: "supplier", value: "Barts")]
    #expect(try ledger.store.read { try Ledger.repeatedLines(of: 2, members: others, in: $0) } == [])
    #expect(try ledger.store.read { try Ledger.repeatedLines(of: 1, in: $0) } == [])
  }

  @Test(arguments: [
    "UPDATE compared_lines SET lines = zeroblob(12)", "UPDATE compared_lines SET repetitions = zeroblob(28)",
    "UPDATE compared_lines SET checksum = zeroblob(32)", "DELETE FROM compared_lines",
  ])
  func aChangeIsFound(statement: String) throws {
    try ledger.account(Self.list(5, [7]))
    #expect(try ledger.verify() == [])
    try ledger.store.write { try $0.execute(statement) }
    #expect(try !ledger.verify().isEmpty)
  }
}
