package import Bookkeeping
package import Finance

/// That a period was due, or for a feed of transactions that it has closed: a fact of the ledger, so that the fold
/// needs no clock.
package struct DuePeriod: Hashable, Sendable {
  package var period: Period
  package var measures: [String]
  /// Codes; nil is everyone on the register.
  package var organisations: [String]?
  /// The source that the organisations return to, and the last day on which that was in time; nil where nobody asks
  /// whether a return is late.
  package var asked: Asked?

  package struct Asked: Hashable, Sendable {
    package var source: String
    package var deadline: Day
    package init(of source: String, by deadline: Day) {
      self.source = source
      self.deadline = deadline
    }
  }

  package init(period: Period, measures: [String], organisations: [String]? = nil, asked: Asked? = nil) {
    self.period = period
    self.measures = measures
    self.organisations = organisations
    self.asked = asked
  }
}

/// What the ledger has learnt since the last one.
package struct LedgerChange: Sendable {
  /// The ledger's series that the versions' cells name, by id.
  package var series: [SeriesID: Series]
  /// Units whose figures may have changed: all that was held of them is forgotten before `versions` are taken in.
  package var touched: [Unit]
  /// For the touched units all their visible versions; others are added to what is held.
  package var versions: [Version]
  package var due: [DuePeriod]
  /// The day on which this became known. Rules that ask what was known on a day take what has none as known before it.
  package var day: Day?
  /// The register from now on, where it has changed.
  package var register: Register?

  package init(
    series: [SeriesID: Series] = [:], touched: [Unit] = [], versions: [Version] = [], due: [DuePeriod] = [],
    day: Day? = nil, register: Register? = nil
  ) {
    self.series = series
    self.touched = touched
    self.versions = versions
    self.due = due
    self.day = day
    self.register = register
  }
}

/// What a measure's source says of it.
package struct MeasureTraits: Hashable, Sendable {
  /// What it means that a cell was there in the previous period of the year and is gone.
  package enum Absent: String, Hashable, Sendable, CaseIterable { case unknown, zero, unchanged }

  package var absent: Absent
  /// A feed of transactions: a period is folded only once it has closed (a `DuePeriod` says so), not when its first
  /// figures come.
  package var isOpenUntilDue: Bool
  /// Until when a period is to be returned, where that is said.
  package var deadline: Deadline?

  package init(absent: Absent = .unknown, isOpenUntilDue: Bool = false, deadline: Deadline? = nil) {
    self.absent = absent
    self.isOpenUntilDue = isOpenUntilDue
    self.deadline = deadline
  }
}
