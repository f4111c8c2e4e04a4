package import Alerting
package import Bookkeeping
package import Finance
package import Storage

/// That a receiver is to get an announcement, from a time on.
package enum Notice {
  /// Writes down who is to be told, in the transaction in which the announcement is made: it and its notices stand
  /// together or not at all. Wake the dispatcher once the transaction stands.
  ///
  /// - Parameters:
  ///   - receivers: names as configured; one that is named twice is told once.
  ///   - time: from when on it is due.
  package static func write(
    _ announced: Announced, to receivers: [String], at time: Moment, in transaction: Transaction
  ) throws {
    for receiver in receivers {
      try transaction.execute(Statements.writeNotice, announced.sequence, receiver, time.milliseconds)
    }
  }

  /// Who was told, or is to be told, of an announcement.
  package static func receivers(of sequence: RecordSequence, in reading: some Reading) throws -> [String] {
    try reading.all("SELECT receiver FROM notice WHERE announcement = ? ORDER BY receiver", sequence) { try $0.text(0) }
  }

  /// When the next one becomes due.
  static func next(after now: Moment, in snapshot: Snapshot) throws -> Moment? {
    try snapshot.first(Statements.nextNotice, now.milliseconds) { try $0.integerOrNil(0) }?
      .map(Moment.init(milliseconds:))
  }
}
