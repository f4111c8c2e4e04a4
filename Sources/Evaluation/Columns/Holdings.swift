import Bookkeeping
import Finance
import RuleLanguage

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
    /// On which it became known, where that is said.
    var day: Day?
  }

  private(set) var series: [Series] = []
  /// By series number: what is stated of it stands beyond its own period.
  private(set) var stands: [Bool] = []
  private var seriesNumbers: [Series: UInt32] = [:]
  private(set) var origins: [Origin] = []
  private var cells: [Place: [HeldCell]] = [:]
  /// What was known from another time, of the measures that are looked at from there.
  private var earlier: [Vantage: [Place: [HeldCell]]] = [:]
  private let measures: Set<String>
  private let standing: Set<String>

  private struct Place: Hashable {
    var organisation: Int32
    var period: Int32

    init(_ organisation: Int32, _ period: Period) {
      self.organisation = organisation
      self.period = Int32(period.ordinal)
    }
  }

  /// - standing: those of the measures that stand beyond their own period.
  init(measures: Set<String>, standing: Set<String>) {
    self.measures = measures
    self.standing = standing
  }

  /// Sorted by series; several versions may hold one series, and then it is their sum.
  func cells(_ organisation: Int, _ period: Period, seen vantage: Vantage? = nil) -> [HeldCell] {
    let place = Place(Int32(organisation), period)
    guard let vantage else { return cells[place] ?? [] }
    return earlier[vantage]?[place] ?? []
  }

  /// Whether anything is or was known there, from whatever time it is seen.
  func holds(_ organisation: Int, _ period: Period) -> Bool {
    let place = Place(Int32(organisation), period)
    return cells[place] != nil || earlier.values.contains { $0[place] != nil }
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
      stands.append(standing.contains(one.measure))
    }
    return numbers
  }

  /// The series of a version that any rule reads; none where it holds nothing of the kind.
  mutating func add(
    _ version: Version, organisation: Int32, numbers: [SeriesID: UInt32], day: Day? = nil, seen vantage: Vantage? = nil,
    where isWanted: (Series) -> Bool = { _ in true }
  ) -> [UInt32] {
    let number = Int32(origins.count)
    let held = version.cells.compactMap { cell -> HeldCell? in
      guard let series = numbers[cell.series], isWanted(self.series[Int(series)]) else { return nil }
      return HeldCell(series: series, version: number, firstRow: cell.firstRow, rows: cell.rows, value: cell.value)
    }
    guard !held.isEmpty else { return [] }
    origins.append(Origin(version: version.id, drop: version.drop, source: version.unit.source, day: day))
    let place = Place(organisation, version.unit.period)
    if let vantage {
      earlier[vantage, default: [:]][place, default: []].merge(held)
    } else {
      cells[place, default: []].merge(held)
    }
    return held.map(\.series)
  }

  /// Takes a version that is visible now into what was first returned, as far as it is that: of measures of which nothing
  /// that was first returned has been taken back since. The series that are new there.
  mutating func addFirst(
    _ version: Version, organisation: Int32, numbers: [SeriesID: UInt32], day: Day?, measures: Set<String>
  ) -> [UInt32] {
    let period = version.unit.period
    let first = versions(of: version.unit, cells(Int(organisation), period, seen: .first))
    let now = versions(of: version.unit, cells(Int(organisation), period))
    return add(version, organisation: organisation, numbers: numbers, day: day, seen: .first) { series in
      let held = first[series.measure] ?? []
      return measures.contains(series.measure) && !held.contains(version.id)
        && held.isSubset(of: now[series.measure] ?? [])
    }
  }

  /// The versions of a unit among some cells, by measure.
  private func versions(of unit: Unit, _ cells: [HeldCell]) -> [String: Set<VersionID>] {
    var versions: [String: Set<VersionID>] = [:]
    for cell in cells where origins[Int(cell.version)].source == unit.source {
      versions[series[Int(cell.series)].measure, default: []].insert(origins[Int(cell.version)].version)
    }
    return versions
  }

  /// Forgets all of one source's figures of an organisation and period; the series of the cells that are gone.
  mutating func forget(
    source: String, organisation: Int32, _ period: Period, seen vantage: Vantage? = nil
  ) -> [UInt32] {
    let place = Place(organisation, period)
    let held = cells(Int(organisation), period, seen: vantage)
    guard !held.isEmpty else { return [] }
    let kept = held.filter { origins[Int($0.version)].source != source }
    if let vantage {
      earlier[vantage]?[place] = kept.isEmpty ? nil : kept
    } else {
      cells[place] = kept.isEmpty ? nil : kept
    }
    return held.filter { origins[Int($0.version)].source == source }.map(\.series)
  }
}

extension [HeldCell] {
  /// Takes more in, in the order of the series.
  fileprivate mutating func merge(_ more: [HeldCell]) {
    append(contentsOf: more)
    sort { ($0.series, $0.version) < ($1.series, $1.version) }
  }
}
