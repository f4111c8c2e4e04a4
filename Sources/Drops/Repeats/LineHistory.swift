package import Finance

/// The lines that earlier drops of a source brought.
package protocol LineHistory: Sendable {
  /// Each list of the organisation that is what the ledger says now, oldest period first.
  func forEachList(
    of organisation: String, in periods: ClosedRange<Period>, _ body: (EarlierList) throws -> Void
  ) throws
}

/// What the ledger knows of the lines of one organisation in one period.
package struct EarlierList: Sendable {
  package var version: Int64
  package var period: Period
  /// In order of their fingerprints.
  package var lines: [ComparedLines.Line]

  package init(version: Int64, period: Period, lines: [ComparedLines.Line]) {
    self.version = version
    self.period = period
    self.lines = lines
  }
}

/// Nothing came before: a trial, or a first drop.
package struct NoHistory: LineHistory {
  package init() {}
  package func forEachList(
    of organisation: String, in periods: ClosedRange<Period>, _ body: (EarlierList) throws -> Void
  ) {}
}
