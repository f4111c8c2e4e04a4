package import Finance
package import Storage

/// Where one cell came from: the drop, whose bytes are in the archive, and the rows of it that were added up.
package struct CellOrigin: Hashable, Sendable {
  package var version: VersionID
  package var drop: Drop
  package var series: Series
  package var value: Int64
  /// Counted from 1; the heading is a row.
  package var firstRow: Int
  package var rows: Int
}

extension Ledger {
  /// The cells that a figure of the ledger is made of, and where each came from. The rows beyond the first are found by
  /// reading the drop again: those that give the same key.
  ///
  /// - Parameter members: dimension values that a cell must have; a cell may have others besides.
  package static func origins(
    of measure: String, members: [Series.Member] = [], organisation: String, period: Period,
    asOf: RecordSequence? = nil, in reading: some Reading
  ) throws -> [CellOrigin] {
    let series = try series(measures: [measure], in: reading)
      .filter { entry in members.allSatisfy(entry.value.members.contains) }
    var found: [(version: VersionID, drop: DropID, cell: Cell)] = []
    for source in try sources(in: reading) {
      let unit = Unit(source: source, organisation: organisation, period: period)
      try visible(of: [unit], asOf: asOf, measures: [measure], in: reading) { version in
        for cell in version.cells where series[cell.series] != nil {
          found.append((version.id, version.drop, cell))
        }
      }
    }
    var drops: [DropID: Drop] = [:]
    for id in Set(found.map(\.drop)) { drops[id] = try drop(id, in: reading) }
    return found.compactMap { version, drop, cell in
      guard let drop = drops[drop], let series = series[cell.series] else { return nil }
      return CellOrigin(
        version: version, drop: drop, series: series, value: cell.value, firstRow: Int(cell.firstRow),
        rows: Int(cell.rows))
    }
  }

  /// The sources that have ever had a drop accepted, by name.
  package static func sources(in reading: some Reading) throws -> [String] {
    try reading.all(Statements.sources) { row in try row.text(0) }
  }
}
