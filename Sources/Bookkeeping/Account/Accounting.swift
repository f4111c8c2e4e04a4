package import Finance
import Hashing
package import Storage

/// What T1 did.
package struct AccountedDrop: Hashable, Sendable {
  package var drop: Drop
  package var head: RecordHead
  package var versions: Int
  package var cells: Int
  /// Earlier versions that are no longer what the ledger says; `withdrawn` of them have no successor.
  package var restated: Int
  package var withdrawn: Int
  /// Bodies that the restated drops spoke of and this one does not: they keep their figures. The first hundred.
  package var kept: [String]
}

extension Ledger {
  private static let mostKeptNamed = 100

  /// T1: takes a drop in. The drop, its versions with their checksums, what they restate, where each figure came from,
  /// and the record of it, all in the one transaction.
  ///
  /// - Parameters:
  ///   - decision: who accepted it, where it had been held; the held drop must still wait (`waiting`).
  ///   - contents: no two figures of one organisation, period and measure; no series twice.
  package static func account(
    _ contents: DropContents, ticket: String? = nil, decision: Decision? = nil, at time: Moment,
    in transaction: Transaction
  ) throws -> AccountedDrop {
    let drop = Drop(
      id: try nextDrop(in: transaction), arrival: Arrival(contents, ticket: ticket), decided: time,
      outcome: .accepted, reasons: [], restates: contents.restates, refersTo: decision?.held,
      decidedBy: decision?.by, because: decision?.because, record: try Record.head(in: transaction).sequence + 1,
      settledBy: nil)
    try drop.insert(in: transaction)
    try insertTotals(contents, drop.id, in: transaction)

    let series = try SeriesDictionary.identify(contents.series, drop: drop.id, in: transaction)
    var hash = FiguresHash()
    for checksum in series.newChecksums { hash.include(checksum) }
    try insertVersions(contents, drop.id, series.ids, in: transaction) { hash.include($0) }
    let ended = try settleVisibility(contents.restates, drop, in: transaction)
    for version in ended { hash.include(ended: version) }

    let withdrawn = ended.isEmpty ? 0 : try count(Statements.withdrawn, drop.record, drop.id, in: transaction)
    let kept = ended.isEmpty || contents.restates == .period ? [] : try keptBodies(drop, in: transaction)
    let cells = contents.figures.reduce(0) { $0 + $1.cells.count }
    let entry = FiguresEntry(
      restates: contents.restates.rawValue, versions: contents.figures.count, cells: cells, restated: ended.count,
      withdrawn: withdrawn, kept: Array(kept.prefix(mostKeptNamed)),
      keptAndMore: kept.count > mostKeptNamed ? true : nil, hash: hexadecimal(hash.finish()))
    let head = try Record.append("drop accepted", DropEntry(drop, figures: entry), at: time, in: transaction)
    return AccountedDrop(
      drop: drop, head: head, versions: contents.figures.count, cells: cells, restated: ended.count,
      withdrawn: withdrawn, kept: entry.kept)
  }

  private static func insertTotals(_ contents: DropContents, _ drop: DropID, in transaction: Transaction) throws {
    var totals: [String: (sum: Int128, cells: Int)] = [:]
    var bySeries = [(sum: Int128, cells: Int)](repeating: (0, 0), count: contents.series.count)
    for figures in contents.figures {
      for cell in figures.cells {
        bySeries[Int(cell.series)].sum += Int128(cell.value)
        bySeries[Int(cell.series)].cells += 1
      }
    }
    for (series, part) in zip(contents.series, bySeries) {
      totals[series.measure, default: (0, 0)].sum += part.sum
      totals[series.measure, default: (0, 0)].cells += part.cells
    }
    for (measure, total) in totals.sorted(by: { $0.key < $1.key }) {
      try transaction.execute(Statements.insertTotal, drop, measure, Int64(exactly: total.sum), total.cells)
    }
  }

  private static func insertVersions(
    _ contents: DropContents, _ drop: DropID, _ series: [SeriesID], in transaction: Transaction,
    checksum: ([UInt8]) -> Void
  ) throws {
    // A drop's own series come in the order of their ids unless some were met in earlier drops.
    let isInOrder = zip(series, series.dropFirst()).allSatisfy(<)
    var version = try count(Statements.lastVersion, in: transaction)
    var compared: [StoredLines] = []
    for figures in contents.figures {
      version += 1
      var cells = figures.cells
      for index in cells.indices { cells[index].series = series[Int(cells[index].series)] }
      if !isInOrder { cells.sort { $0.series < $1.series } }
      let stored = StoredVersion(
        id: VersionID(version), source: contents.source, organisation: figures.organisation,
        period: figures.period.stored, measure: figures.measure ?? "", drop: drop, packed: PackedCells.pack(cells))
      let sum = stored.expectedChecksum
      try transaction.execute(
        Statements.insertVersion, stored.id, stored.source, stored.organisation, stored.period, stored.measure,
        stored.drop, sum, stored.packed)
      checksum(sum)
      if let lines = figures.lines { compared.append(StoredLines(lines, of: stored.id, series: series)) }
    }
    for lines in compared {
      let sum = lines.expectedChecksum
      try transaction.execute(Statements.insertLines, lines.version, sum, lines.lines, lines.repetitions)
      checksum(sum)
    }
  }

  /// Ends what the drop restates and shows what it says. Returns the versions that ended, in order.
  private static func settleVisibility(_ restates: Restatement, _ drop: Drop, in transaction: Transaction) throws
    -> [VersionID]
  {
    let end: String? =
      switch restates {
      case .organisationAndPeriod: Statements.endSameBody
      case .organisationPeriodAndMeasure: Statements.endSameMeasure
      case .period: Statements.endSamePeriod
      case .nothing: nil
      }
    if let end { try transaction.execute(end, drop.record, drop.id) }
    try transaction.execute(Statements.show, drop.record, drop.id)
    return end == nil ? [] : try transaction.all(Statements.ended, drop.record) { row in try row.integer(0) }
  }

  private static func keptBodies(_ drop: Drop, in transaction: Transaction) throws -> [String] {
    try transaction.all(Statements.kept, drop.record, drop.id, drop.id, mostKeptNamed + 1) { row in try row.text(0) }
      .sorted()
  }

  private static func count(_ sql: String, _ arguments: any Storable..., in reading: some Reading) throws -> Int {
    var count = 0
    try reading.forEach(sql, arguments: arguments) { row in count = Int(try row.integer(0)) }
    return count
  }
}
