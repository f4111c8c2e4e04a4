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

/// What was said of a figure before it was restated.
package struct FirstStatement: Hashable, Sendable {
  package var version: VersionID
  package var drop: DropID
  /// As stored.
  package var value: Int128
  package var firstRow: Int
  /// How often it has been restated since.
  package var restatements: Int
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

  /// What was first said of series of a unit, and has been restated since: their sum, and where it came from.
  ///
  /// - Parameter asOf: nothing that was said after that record counts.
  /// - Returns: nil where what was said first still stands.
  package static func firstStated(
    _ series: Set<Series>, of unit: Unit, asOf: RecordSequence? = nil, in reading: some Reading
  ) throws -> FirstStatement? {
    let numbers = try Set(
      self.series(measures: Set(series.map(\.measure)), in: reading).filter { series.contains($0.value) }.keys)
    var first: FirstStatement?
    var times = 0
    try reading.forEach(
      Statements.endedOfUnit, asOf ?? .max, unit.source, unit.organisation, unit.period.stored
    ) { row in
      let version = try Version(StoredVersion(row))
      let cells = version.cells.filter { numbers.contains($0.series) }
      guard !cells.isEmpty else { return }
      times += 1
      guard first == nil else { return }
      first = FirstStatement(
        version: version.id, drop: version.drop, value: cells.reduce(0) { $0 + Int128($1.value) },
        firstRow: Int(cells.map(\.firstRow).min() ?? 0), restatements: 0)
    }
    first?.restatements = times
    return first
  }

  /// Those that figures are of, as the ledger calls them.
  package static func organisations(in reading: some Reading) throws -> [String] {
    try reading.all("SELECT DISTINCT organisation FROM version ORDER BY organisation LIMIT 100000") { row in
      try row.text(0)
    }
  }

  /// The sources that have ever had a drop accepted, by name.
  package static func sources(in reading: some Reading) throws -> [String] {
    try reading.all(Statements.sources) { row in try row.text(0) }
  }
}
