package import Finance
package import Storage

/// What one drop says of one organisation in one period, as the ledger holds it.
package struct Version: Hashable, Sendable {
  package var id: VersionID
  package var drop: DropID
  package var unit: Unit
  /// Sorted by series; the series are the ledger's (`Ledger.series`), not the drop's.
  package var cells: [Cell]

  package init(id: VersionID, drop: DropID, unit: Unit, cells: [Cell]) {
    self.id = id
    self.drop = drop
    self.unit = unit
    self.cells = cells
  }
}

extension Ledger {
  /// Every version that is what the ledger says, one by one, oldest first. Several may speak of one unit: those of a
  /// feed that adds, or of different measures.
  ///
  /// - Parameters:
  ///   - asOf: as it was after that record; now for nil.
  ///   - measures: cells of these alone, and no versions without any; all for nil.
  /// - Throws: `StorageError` `.damaged`, naming version and drop, where a version is not what was written.
  package static func visible(
    asOf: RecordSequence? = nil, measures: Set<String>? = nil, in reading: some Reading,
    _ body: (Version) throws -> Void
  ) throws {
    let wanted = try WantedSeries(measures, in: reading)
    if let asOf {
      try reading.forEach(Statements.visibleThen, asOf, asOf) { row in try wanted.pass(row, to: body) }
    } else {
      try reading.forEach(Statements.visible) { row in try wanted.pass(row, to: body) }
    }
  }

  /// The bodies and periods that a drop spoke of, or whose figures it ended: what must be read again.
  package static func touched(by drop: DropID, in reading: some Reading) throws -> [Unit] {
    try reading.all(Statements.touched, drop, drop) { row in
      Unit(source: try row.text(0), organisation: try row.text(1), period: try period(row.integer(2)))
    }
  }

  /// What the ledger says of the units, of each all its versions.
  package static func visible(
    of units: [Unit], asOf: RecordSequence? = nil, measures: Set<String>? = nil, in reading: some Reading,
    _ body: (Version) throws -> Void
  ) throws {
    let wanted = try WantedSeries(measures, in: reading)
    for unit in units {
      if let asOf {
        try reading.forEach(
          Statements.visibleOfUnitThen, asOf, asOf, unit.source, unit.organisation, unit.period.stored
        ) { row in try wanted.pass(row, to: body) }
      } else {
        try reading.forEach(Statements.visibleOfUnit, unit.source, unit.organisation, unit.period.stored) { row in
          try wanted.pass(row, to: body)
        }
      }
    }
  }

  static func period(_ stored: Int64) throws(StorageError) -> Period {
    guard let period = Period(stored: stored) else {
      throw StorageError(.damaged, "The ledger is damaged: \(stored) is no period", advice: StorageError.restoreAdvice)
    }
    return period
  }
}

/// The series that a reader asked for, by id.
struct WantedSeries {
  /// nil for all.
  private var isWanted: [Bool]?

  init(_ measures: Set<String>?, in reading: some Reading) throws {
    guard let measures else { return }
    let ids = try Ledger.series(measures: measures, in: reading).keys
    var isWanted = [Bool](repeating: false, count: Int(ids.max() ?? 0) + 1)
    for id in ids { isWanted[Int(id)] = true }
    self.isWanted = isWanted
  }

  func pass(_ row: Row, to body: (Version) throws -> Void) throws {
    if let version = try version(row) { try body(version) }
  }

  /// Its wanted cells; nil where it has none.
  func version(_ row: Row) throws -> Version? {
    var version = try Version(StoredVersion(row))
    if let isWanted {
      version.cells.removeAll { $0.series >= isWanted.count || !isWanted[Int($0.series)] }
      if version.cells.isEmpty { return nil }
    }
    return version
  }
}

extension Version {
  init(_ stored: StoredVersion) throws(StorageError) {
    guard let cells = PackedCells.unpack(stored.packed), let period = Period(stored: stored.period) else {
      throw stored.damaged
    }
    self.init(
      id: stored.id, drop: stored.drop,
      unit: Unit(source: stored.source, organisation: stored.organisation, period: period), cells: cells)
  }
}
