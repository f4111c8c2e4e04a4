import Finance

/// Of which organisations and periods something has come or gone.
struct TouchedYears {
  struct Year: Hashable {
    var organisation: Int32
    var year: Int
  }

  private(set) var months: [Year: Months] = [:]
  /// Years in which something has come or gone that stands beyond its own period.
  private(set) var standing: Set<Year> = []

  mutating func insert(_ period: Period, of organisation: Int32, stands: Bool) {
    let year = Year(organisation: organisation, year: Int(period.year))
    months[year, default: Months()].insert(Int(period.month))
    if stands { standing.insert(year) }
  }
}

/// Some months of a year, M0 to M13.
struct Months: Equatable {
  private var bits: UInt16

  init() { bits = 0 }
  private init(bits: UInt16) { self.bits = bits }

  static let all = Months().through(from: 0)

  var first: Int? { bits == 0 ? nil : bits.trailingZeroBitCount }
  var last: Int? { bits == 0 ? nil : UInt16.bitWidth - 1 - bits.leadingZeroBitCount }

  @inline(__always) func contains(_ month: Int) -> Bool { bits >> month & 1 != 0 }
  mutating func insert(_ month: Int) { bits |= 1 << month }

  /// With those of another from a month on.
  func united(with other: Months, from month: Int) -> Months {
    Months(bits: bits | (other.bits >> month) << month)
  }

  /// With all months from one on.
  func through(from month: Int) -> Months {
    var months = self
    for month in month..<PeriodAxis.slotsInYear { months.insert(month) }
    return months
  }
}
