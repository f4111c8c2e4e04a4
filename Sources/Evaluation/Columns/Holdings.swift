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

/// The ledger's visible cells of the measures that a program reads, by organisation and period. Of series that no figure
/// is made of one cell of each version is enough: that the measure was reported.
struct Holdings {
  struct Origin {
    var version: VersionID
    var drop: DropID
    var source: String
    /// On which it became known, where that is said.
    var day: Day?
  }

  private(set) var series: [Series] = []
  private var kinds: [Kind] = []
  private var seriesNumbers: [Series: UInt32] = [:]
  private(set) var origins: [Origin] = []
  private var cells: [Place: [[HeldCell]]] = [:]
  /// What was known from another time, of the measures that are looked at from there.
  private var earlier: [Vantage: [Place: [[HeldCell]]]] = [:]
  private let measures: [String: Measure]
  private let isRead: (Series) -> Bool

  /// What there is to know of a measure here.
  struct Measure {
    var number: Int
    /// What is stated stands beyond its own period.
    var stands: Bool
  }

  /// What there is to know of a series beside its name.
  private struct Kind {
    var measure: Measure
    /// Some figure is made of it.
    var isRead: Bool
  }

  private struct Place: Hashable {
    var organisation: Int32
    var year: Int32

    init(_ organisation: Int32, _ year: Int) {
      self.organisation = organisation
      self.year = Int32(year)
    }
  }

  /// - Parameters:
  ///   - measures: those that are held, by name.
  ///   - isRead: whether every cell of a series is wanted.
  init(measures: [String: Measure], isRead: @escaping (Series) -> Bool) {
    self.measures = measures
    self.isRead = isRead
  }

  /// What is stated of a series stands beyond its own period.
  func stands(_ series: UInt32) -> Bool { kinds[Int(series)].measure.stands }

  /// Sorted by series; several versions may hold one series, and then it is their sum.
  func cells(_ organisation: Int, _ period: Period, seen vantage: Vantage? = nil) -> [HeldCell] {
    year(organisation, Int(period.year), seen: vantage).map { $0[Int(period.month)] } ?? []
  }

  /// By month, M0 to M13; nil for a year of which nothing was ever held.
  func year(_ organisation: Int, _ year: Int, seen vantage: Vantage? = nil) -> [[HeldCell]]? {
    let place = Place(Int32(organisation), year)
    guard let vantage else { return cells[place] }
    return earlier[vantage]?[place]
  }

  /// The months of which something is known, from whatever time they are seen.
  func months(_ organisation: Int, _ year: Int) -> Months {
    var months = Months()
    let place = Place(Int32(organisation), year)
    for held in [cells[place]] + earlier.values.map({ $0[place] }) {
      for (month, cells) in (held ?? []).enumerated() where !cells.isEmpty { months.insert(month) }
    }
    return months
  }

  /// The numbers here of the ledger's series; those that no rule reads have none.
  mutating func numbers(of ledgers: [SeriesID: Series]) -> SeriesNumbers {
    var numbers = SeriesNumbers()
    // In order of the ids, so that the numbers do not hang on a dictionary's order.
    for (id, one) in ledgers.sorted(by: { $0.key < $1.key }) {
      guard let measure = measures[one.measure] else { continue }
      if let number = seriesNumbers[one] {
        numbers[id] = number
        continue
      }
      numbers[id] = UInt32(series.count)
      seriesNumbers[one] = UInt32(series.count)
      series.append(one)
      kinds.append(Kind(measure: measure, isRead: isRead(one)))
    }
    return numbers
  }

  /// The series of a version that any rule reads; none where it holds nothing of the kind.
  mutating func add(
    _ version: Version, organisation: Int32, numbers: SeriesNumbers, day: Day? = nil, seen vantage: Vantage? = nil,
    where isWanted: (Series) -> Bool = { _ in true }
  ) -> [UInt32] {
    let number = Int32(origins.count)
    var held: [HeldCell] = []
    var reported: [Int] = []
    for cell in version.cells {
      guard let series = numbers[cell.series], isWanted(self.series[Int(series)]) else { continue }
      let kind = kinds[Int(series)]
      if !kind.isRead {
        if reported.contains(kind.measure.number) { continue }
        reported.append(kind.measure.number)
      }
      held.append(
        HeldCell(series: series, version: number, firstRow: cell.firstRow, rows: cell.rows, value: cell.value))
    }
    guard !held.isEmpty else { return [] }
    origins.append(Origin(version: version.id, drop: version.drop, source: version.unit.source, day: day))
    let period = version.unit.period
    let place = Place(organisation, Int(period.year))
    if let vantage {
      earlier[vantage, default: [:]][place, default: Holdings.emptyYear][Int(period.month)].merge(held)
    } else {
      cells[place, default: Holdings.emptyYear][Int(period.month)].merge(held)
    }
    return held.map(\.series)
  }

  private static let emptyYear = [[HeldCell]](repeating: [], count: PeriodAxis.slotsInYear)

  /// Takes a version that is visible now into what was first returned, as far as it is that: of measures of which nothing
  /// that was first returned has been taken back since. The series that are new there.
  mutating func addFirst(
    _ version: Version, organisation: Int32, numbers: SeriesNumbers, day: Day?, measures: Set<String>
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
    let place = Place(organisation, Int(period.year))
    let held = cells(Int(organisation), period, seen: vantage)
    guard !held.isEmpty else { return [] }
    let kept = held.filter { origins[Int($0.version)].source != source }
    if let vantage {
      earlier[vantage]?[place]?[Int(period.month)] = kept
    } else {
      cells[place]?[Int(period.month)] = kept
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

/// The numbers that series have here, by their ids in the ledger, which counts them from 1.
struct SeriesNumbers {
  private static let none = UInt32.max
  /// Ids below this are looked up without hashing: every cell is.
  private static let dense = 1 << 16
  private var low: [UInt32] = []
  private var high: [SeriesID: UInt32] = [:]

  @inline(__always) subscript(id: SeriesID) -> UInt32? {
    get {
      guard id < low.count else { return high[id] }
      return low[Int(id)] == SeriesNumbers.none ? nil : low[Int(id)]
    }
    set {
      guard id < SeriesNumbers.dense else { return high[id] = newValue }
      while low.count <= id { low.append(SeriesNumbers.none) }
      low[Int(id)] = newValue ?? SeriesNumbers.none
    }
  }
}
