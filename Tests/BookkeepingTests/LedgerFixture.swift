import Bookkeeping
import Finance
import Hashing
import Storage
import TestKit

/// A ledger in a folder of its own.
final class LedgerFixture {
  let folder = TemporaryFolder()
  private(set) var store: Store!
  private var clock: Int64 = 1_400_000_000_000

  var path: String { folder.path + "/ledger.db" }

  init() throws { try open() }

  func open() throws { store = try Store(at: path, migrations: Tables.migrations) }

  func close() throws {
    try store.close()
    store = nil
  }

  /// A second later each time.
  func now() -> Moment {
    clock += 1_000
    return Moment(milliseconds: clock)
  }

  @discardableResult
  func account(_ contents: DropContents, ticket: String? = nil, decision: Decision? = nil) throws -> AccountedDrop {
    try store.write { transaction in
      try Ledger.account(contents, ticket: ticket, decision: decision, at: now(), in: transaction)
    }
  }

  /// What the ledger says, as "organisation M5 plan = 100", sorted; equal lines are as many as there are.
  func says(asOf: RecordSequence? = nil, measures: Set<String>? = nil) throws -> [String] {
    try store.read { snapshot in
      let series = try Ledger.series(in: snapshot)
      var lines: [String] = []
      try Ledger.visible(asOf: asOf, measures: measures, in: snapshot) { version in
        lines += version.cells.map { cell in
          "\(version.unit.organisation) M\(version.unit.period.month) \(series[cell.series]!.measure) = \(cell.value)"
        }
      }
      return lines.sorted()
    }
  }

  func verify(against heads: [RecordHead] = []) throws -> [LedgerFinding] {
    try store.read { snapshot in try Ledger.verify(against: heads, in: snapshot) }
  }

  func head() throws -> RecordHead { try store.read { snapshot in try Record.head(in: snapshot) } }
}

/// A drop in short: `("RX1", 5, ["plan": 100])` is one body in one month.
func contents(
  _ figures: [(organisation: String, month: Int, values: [String: Int64])],
  restates: Restatement = .organisationAndPeriod, source: String = "returns", name: String = "M5.csv",
  facts: [String: String] = [:], bytes: String? = nil
) -> DropContents {
  let measures = Set(figures.flatMap(\.values.keys)).sorted()
  var row: UInt32 = 1
  var read: [Figures] = []
  for (organisation, month, values) in figures {
    let cells = measures.enumerated().compactMap { index, measure -> Cell? in
      guard let value = values[measure] else { return nil }
      row += 1
      return Cell(series: UInt32(index), rows: 1, firstRow: row, value: value)
    }
    let period = Period(year: 2013, month: month)
    if restates == .organisationPeriodAndMeasure {
      read += cells.map { cell in
        Figures(
          organisation: organisation, period: period, measure: measures[Int(cell.series)], cells: [cell])
      }
    } else {
      read.append(Figures(organisation: organisation, period: period, cells: cells))
    }
  }
  let written = bytes ?? "\(figures)"
  return DropContents(
    source: source, name: name, sha256: SHA256.digest(of: written), byteCount: written.utf8.count,
    rowCount: Int(row), facts: facts, series: measures.map { Series(measure: $0) }, figures: read, restates: restates)
}
