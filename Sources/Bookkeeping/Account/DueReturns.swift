package import Finance
package import Storage

/// That a period of a source was due: by a day, from some organisations. A fact of the ledger like a drop, so that
/// nothing that is worked out from it needs a clock.
package struct DueReturns: Hashable, Sendable {
  package var source: String
  package var period: Period
  /// The last day on which they were in time.
  package var deadline: Day
  /// The codes of those that were expected, in order.
  package var organisations: [String]
  /// What the source brings, in order.
  package var measures: [String]
  /// When it was noted, and the entry of the record that tells of it.
  package var noted: Moment
  package var record: RecordSequence
}

/// What the record says of it, in the words of its JSON payload.
struct DueEntry: Codable, Hashable {
  var source: String
  var period: Int64
  var deadline: String
  var organisations: [String]
  var measures: [String]

  init(_ due: DueReturns) {
    source = due.source
    period = due.period.stored
    deadline = due.deadline.description
    organisations = due.organisations
    measures = due.measures
  }
}

extension Ledger {
  static let dueKind = "period due"

  /// Writes down that a period of a source was due; nil where that was known.
  @discardableResult
  package static func note(
    dueFrom organisations: [String], of source: String, for period: Period, by deadline: Day, measures: [String],
    at time: Moment, in transaction: Transaction
  ) throws -> DueReturns? {
    guard try lastDue(of: source, in: transaction).map({ $0 < period }) ?? true else { return nil }
    let due = DueReturns(
      source: source, period: period, deadline: deadline, organisations: organisations.sorted(),
      measures: measures.sorted(), noted: time, record: try Record.head(in: transaction).sequence + 1)
    try transaction.execute(
      Statements.insertDue, source, period.stored, deadline.description, try JSONText.text(due.organisations),
      try JSONText.text(due.measures), time.milliseconds, due.record)
    try Record.append(dueKind, DueEntry(due), at: time, in: transaction)
    return due
  }

  /// The last period of a source that was noted as due.
  package static func lastDue(of source: String, in reading: some Reading) throws -> Period? {
    guard let stored = try reading.first(Statements.lastDue, source, as: { try $0.integerOrNil(0) }) ?? nil else {
      return nil
    }
    return try period(stored)
  }

  /// What was noted as due, in the order of the record.
  ///
  /// - Parameters:
  ///   - after: from the entry of the record after that one on.
  ///   - through: up to that entry; all for nil.
  package static func due(
    after: RecordSequence = 0, through: RecordSequence? = nil, in reading: some Reading
  ) throws -> [DueReturns] {
    try reading.all(Statements.due, after, through ?? .max, as: DueReturns.init)
  }

  /// The organisations of which a source ever brought anything, in order.
  package static func senders(to source: String, in reading: some Reading) throws -> [String] {
    try reading.all(Statements.senders, source) { row in try row.text(0) }
  }
}

extension DueReturns {
  init(_ row: Row) throws {
    let what = "what was due of \(try row.text(0))"
    guard let deadline = Day(iso: try row.text(2)) else {
      throw StorageError(
        .damaged, "The ledger is damaged: \(what) has no date", advice: StorageError.restoreAdvice)
    }
    self.init(
      source: try row.text(0), period: try Ledger.period(row.integer(1)), deadline: deadline,
      organisations: try JSONText.value([String].self, row.text(3), of: what),
      measures: try JSONText.value([String].self, row.text(4), of: what),
      noted: Moment(milliseconds: try row.integer(5)), record: try row.integer(6))
  }
}
