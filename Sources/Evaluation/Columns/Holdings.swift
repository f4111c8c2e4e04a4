import Finance

/// A visible cell and where it came from.
struct HeldCell {
  /// A number of `Holdings.series`.
  var series: UInt32
  /// A number of `Holdings.versions`.
  var version: Int32
  var firstRow: UInt32
  var rows: UInt32
  var value: Int64
}

/// The ledger's visible cells of the measures that a program reads, by organisation and period.
struct Holdings {
  struct Version {
    var id: Int64
    var drop: Int64
    var organisation: Int32
    var period: Period
  }

  private(set) var series: [Series] = []
  private var seriesNumbers: [Series: UInt32] = [:]
  private(set) var versions: [Version] = []
  private var visible: [Int64: Int32] = [:]
  private var cells: [Place: [HeldCell]] = [:]
  private let measures: Set<String>

  private struct Place: Hashable {
    var organisation: Int32
    var period: Int32
  }

  init(measures: Set<String>) { self.measures = measures }

  /// Sorted by series; several versions may hold one series, and then it is their sum.
  func cells(_ organisation: Int, _ period: Period) -> [HeldCell] {
    cells[Place(organisation: Int32(organisation), period: Int32(period.ordinal))] ?? []
  }

  /// The numbers here of a change's series; nil for those that no rule reads.
  mutating func numbers(of incoming: [Series]) -> [UInt32?] {
    incoming.map { one in
      guard measures.contains(one.measure) else { return nil }
      if let number = seriesNumbers[one] { return number }
      let number = UInt32(series.count)
      series.append(one)
      seriesNumbers[one] = number
      return number
    }
  }

  /// Says whether any of its cells is read by a rule.
  mutating func add(_ version: LedgerVersion, organisation: Int32, numbers: [UInt32?]) -> Bool {
    guard visible[version.id] == nil else { return false }
    let number = Int32(versions.count)
    var held: [HeldCell] = []
    for cell in version.cells {
      guard let series = numbers[Int(cell.series)] else { continue }
      held.append(
        HeldCell(series: series, version: number, firstRow: cell.firstRow, rows: cell.rows, value: cell.value))
    }
    guard !held.isEmpty else { return false }
    versions.append(
      Version(id: version.id, drop: version.drop, organisation: organisation, period: version.period))
    visible[version.id] = number
    let place = Place(organisation: organisation, period: Int32(version.period.ordinal))
    var all = cells.removeValue(forKey: place) ?? []
    all.append(contentsOf: held)
    all.sort { $0.series < $1.series }
    cells[place] = all
    return true
  }

  /// The version that is no longer visible, if any rule read it.
  mutating func withdraw(_ id: Int64) -> Version? {
    guard let number = visible.removeValue(forKey: id) else { return nil }
    let version = versions[Int(number)]
    let place = Place(organisation: version.organisation, period: Int32(version.period.ordinal))
    cells[place]?.removeAll { $0.version == number }
    if cells[place]?.isEmpty == true { cells[place] = nil }
    return version
  }
}
