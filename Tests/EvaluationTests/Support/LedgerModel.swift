import Bookkeeping
import Evaluation
import Finance

/// A ledger in a dictionary: what is visible now, and the changes that lead there.
struct LedgerModel {
  private(set) var visible: [Unit: [Version]] = [:]
  /// Everything that was ever stated, in order.
  private(set) var history: [LedgerChange] = []
  private(set) var due: [DuePeriod] = []
  private var seriesIDs: [Series: SeriesID] = [:]
  private var nextVersion: VersionID = 1
  var register: Register

  init(_ register: Register) { self.register = register }

  private var series: [SeriesID: Series] {
    Dictionary(uniqueKeysWithValues: seriesIDs.map { ($0.value, $0.key) })
  }

  /// All of it, as the first change.
  var everything: LedgerChange {
    LedgerChange(series: series, versions: visible.values.flatMap { $0 }.sorted { $0.id < $1.id }, due: due)
  }

  struct Figure {
    var measure: String
    var members: [Series.Member] = []
    /// Ten-thousandths.
    var value: Int64
  }

  /// A drop that states one unit anew; without figures it withdraws it.
  mutating func state(
    _ organisation: String, _ period: Period, _ figures: [Figure], source: String = "returns", on day: Day? = nil
  ) -> LedgerChange {
    let unit = Unit(source: source, organisation: organisation, period: period)
    let cells = figures.enumerated().map { row, figure in
      Cell(
        series: id(Series(measure: figure.measure, members: figure.members)), rows: 1, firstRow: UInt32(row + 2),
        value: figure.value)
    }
    visible[unit] =
      cells.isEmpty
      ? []
      : [
        Version(stating: nextVersion, drop: nextVersion, unit: unit, cells: cells.sorted { $0.series < $1.series })
      ]
    nextVersion += 1
    history.append(LedgerChange(series: series, touched: [unit], versions: visible[unit] ?? [], day: day))
    return history[history.count - 1]
  }

  mutating func fallDue(_ period: Period, _ measures: [String]) -> LedgerChange {
    let one = DuePeriod(period: period, measures: measures)
    due.append(one)
    return LedgerChange(due: [one])
  }

  private mutating func id(_ series: Series) -> SeriesID {
    if let id = seriesIDs[series] { return id }
    seriesIDs[series] = SeriesID(seriesIDs.count + 1)
    return SeriesID(seriesIDs.count)
  }
}

extension Organisation {
  static func plain(
    _ code: String, kind: String = "CCG", region: String = "South", parent: String? = nil, from: Day? = nil,
    to: Day? = nil, successors: [String] = []
  ) -> Organisation {
    Organisation(
      code: code, name: "NHS \(code)", attributes: ["kind": kind, "region": region], parent: parent, from: from, to: to,
      successors: successors)
  }
}

func month(_ month: Int, _ year: Int = 2013) -> Period { Period(year: year, month: month) }

extension LedgerModel.Figure {
  /// In thousands of pounds.
  static func k(_ measure: String, _ thousands: Int64, _ members: (String, String)...) -> LedgerModel.Figure {
    LedgerModel.Figure(
      measure: measure, members: members.map { Series.Member(dimension: $0.0, value: $0.1) },
      value: thousands * 1_000 * Amount.scale)
  }
}
