package import Finance

/// One visible version as the ledger holds it: all that one drop says of one organisation in one period.
package struct LedgerVersion: Sendable {
  package var id: Int64
  package var drop: Int64
  package var organisation: String
  package var period: Period
  /// `Cell.series` indexes the `series` of the change that the version comes in.
  package var cells: [Cell]

  package init(id: Int64, drop: Int64, organisation: String, period: Period, cells: [Cell]) {
    self.id = id
    self.drop = drop
    self.organisation = organisation
    self.period = period
    self.cells = cells
  }
}

/// That a period was due, or for a feed of transactions that it has closed: a fact of the ledger, so that the fold needs
/// no clock.
package struct DuePeriod: Hashable, Sendable {
  package var period: Period
  package var measures: [String]
  /// Codes; nil is everyone on the register.
  package var organisations: [String]?

  package init(period: Period, measures: [String], organisations: [String]? = nil) {
    self.period = period
    self.measures = measures
    self.organisations = organisations
  }
}

/// What the ledger has learnt since the last one: a drop's new versions and the ones that they take the place of.
package struct LedgerChange: Sendable {
  package var series: [Series]
  package var appeared: [LedgerVersion]
  /// Ids of versions that are no longer visible.
  package var withdrawn: [Int64]
  package var due: [DuePeriod]
  package var register: Register?

  package init(
    series: [Series] = [], appeared: [LedgerVersion] = [], withdrawn: [Int64] = [], due: [DuePeriod] = [],
    register: Register? = nil
  ) {
    self.series = series
    self.appeared = appeared
    self.withdrawn = withdrawn
    self.due = due
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

  package init(absent: Absent = .unknown, isOpenUntilDue: Bool = false) {
    self.absent = absent
    self.isOpenUntilDue = isOpenUntilDue
  }
}
