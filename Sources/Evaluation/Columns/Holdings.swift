import Bookkeeping
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
  struct Origin {
    var version: VersionID
    var drop: DropID
    var source: String
  }

  private(set) var series: [Series] = []
  private var seriesNumbers: [Series: UInt32] = [:]
  private(set) var origins: [Origin] = []
  private var cells: [Place: [HeldCell]] = [:]
  private let measures: Set<String>

  private struct Place: Hashable {
    var organisation: Int32
    var period: Int32

    init(_ organisation: Int32, _ period: Period) {
      self.organisation = organisation
      self.period = Int32(period.ordinal)
    }
  }

  init(measures: Set<String>) { self.measures = measures }

  /// Sorted by series; several versions may hold one series, and then it is their sum.
  func cells(_ organisation: Int, _ period: Period) -> [HeldCell] {
    cells[Place(Int32(organisation), period)] ?? []
  }

  /// The numbers here of the ledger's series; those that no rule reads have none.
  mutating func numbers(of ledgers: [SeriesID: Series]) -> [SeriesID: UInt32] {
    var numbers: [SeriesID: UInt32] = [:]
    // In order of the ids, so that the numbers do not hang on a dictionary's order.
    for (id, one) in ledgers.sorted(by: { $0.key < $1.key }) where measures.contains(one.measure) {
      if let number = seriesNumbers[one] {
        numbers[id] = number
        continue
      }
      numbers[id] = UInt32(series.count)
      seriesNumbers[one] = UInt32(series.count)
      series.append(one)
    }
    return numbers
  }

  /// The series of a version that any rule reads; none where it holds nothing of the kind.
  mutating func add(_ version: Version, organisation: Int32, numbers: [SeriesID: UInt32]) -> [UInt32] {
    let number = Int32(origins.count)
    let held = version.cells.compactMap { cell in
      numbers[cell.series].map { series in
        HeldCell(series: series, version: number, firstRow: cell.firstRow, rows: cell.rows, value: cell.value)
      }
    }
    guard !held.isEmpty else { return [] }
    origins.append(Origin(version: version.id, drop: version.drop, source: version.unit.source))
    let place = Place(organisation, version.unit.period)
    var all = cells.removeValue(forKey: place) ?? []
    all.append(contentsOf: held)
    all.sort { ($0.series, $0.version) < ($1.series, $1.version) }
    cells[place] = all
    return held.map(\.series)
  }

  /// Forgets all of one source's figures of an organisation and period; the series of the cells that are gone.
  mutating func forget(source: String, organisation: Int32, _ period: Period) -> [UInt32] {
    let place = Place(organisation, period)
    guard let held = cells.removeValue(forKey: place) else { return [] }
    let kept = held.filter { origins[Int($0.version)].source != source }
    if !kept.isEmpty { cells[place] = kept }
    return held.filter { origins[Int($0.version)].source == source }.map(\.series)
  }
}
