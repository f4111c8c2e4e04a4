package import Finance
package import Storage

/// The ledger: every figure that was ever delivered, with the period it is about and the moment it was learnt.
///
/// Whatever writes takes a `Transaction`; whatever reads takes a `Snapshot` or a `Transaction`. Failures of the disk or
/// of the file are `StorageError`.
package enum Ledger {}

// MARK: - Drops that are not, or not yet, in the ledger

extension Ledger {
  /// Writes down a drop that is held, rejected or a duplicate, and why.
  ///
  /// - Parameter duplicateOf: the drop whose bytes these are, for `.duplicate`.
  @discardableResult
  package static func turnAway(
    _ arrival: Arrival, as outcome: Outcome, reasons: [String], duplicateOf: DropID? = nil, at time: Moment,
    in transaction: Transaction
  ) throws -> Drop {
    precondition(outcome != .accepted, "a drop is accepted by accounting for it")
    return try decide(
      arrival, outcome, reasons: reasons, refersTo: duplicateOf, decision: nil, at: time, in: transaction)
  }

  /// Rejects a held drop for good.
  ///
  /// - Returns: nil where there is no such drop, or it does not wait for a decision.
  package static func reject(_ decision: Decision, at time: Moment, in transaction: Transaction) throws -> Drop? {
    guard var arrival = try waiting(decision.held, in: transaction)?.arrival else { return nil }
    arrival.ticket = nil
    return try decide(
      arrival, .rejected, reasons: [decision.because], refersTo: decision.held, decision: decision, at: time,
      in: transaction)
  }

  /// The drop, if it is held and nobody has settled it.
  package static func waiting(_ id: DropID, in reading: some Reading) throws -> Drop? {
    try drop(id, in: reading).flatMap { $0.isWaiting ? $0 : nil }
  }

  private static func decide(
    _ arrival: Arrival, _ outcome: Outcome, reasons: [String], refersTo: DropID?, decision: Decision?,
    at time: Moment, in transaction: Transaction
  ) throws -> Drop {
    let drop = Drop(
      id: try nextDrop(in: transaction), arrival: arrival, decided: time, outcome: outcome, reasons: reasons,
      restates: nil, refersTo: refersTo, decidedBy: decision?.by, because: decision?.because,
      record: try Record.head(in: transaction).sequence + 1, settledBy: nil)
    try drop.insert(in: transaction)
    try Record.append("drop \(outcome.rawValue)", DropEntry(drop), at: time, in: transaction)
    return drop
  }

  static func nextDrop(in transaction: Transaction) throws -> DropID {
    try transaction.first(Statements.lastDrop) { row in try row.integer(0) + 1 } ?? 1
  }
}

// MARK: - What became of drops

extension Ledger {
  package static func drop(_ id: DropID, in reading: some Reading) throws -> Drop? {
    try reading.first(Statements.drop, id, as: Drop.init)
  }

  /// The drop that a taken file became, for settling what a crash left in `.taking`.
  package static func drop(ticket: String, in reading: some Reading) throws -> Drop? {
    try reading.first(Statements.dropByTicket, ticket, as: Drop.init)
  }

  /// Newest first, from before a drop on, for paging.
  package static func drops(
    source: String? = nil, before: DropID = .max, limit: Int = 100, in reading: some Reading
  ) throws -> [Drop] {
    if let source {
      try reading.all(Statements.latestDropsOfSource, source, before, limit, as: Drop.init)
    } else {
      try reading.all(Statements.latestDrops, before, limit, as: Drop.init)
    }
  }

  /// The drop that a delivered file repeats: one of the same source, bytes and facts that still is, with all it said,
  /// what the ledger says, or that waits for a person. nil where the file is news; going back (A, B, A) is news.
  package static func duplicate(
    source: String, sha256: [UInt8], facts: [String: String], in reading: some Reading
  ) throws -> DropID? {
    let drops = try reading.all(
      Statements.dropsOfIdentity, source, sha256, JSONText.text(facts), as: Drop.init)
    for drop in drops {
      if drop.isWaiting { return drop.id }
      guard drop.outcome == .accepted else { continue }
      let restated = try reading.first(Statements.restatedOfDrop, drop.id) { row in try row.integer(0) }
      // Earlier drops of these bytes were restated, at the latest by this one.
      return restated == 0 ? drop.id : nil
    }
    return nil
  }
}

// MARK: - How far evaluation has come

/// Something that the ledger has learnt, and that announcements may follow from.
package enum LedgerEvent: Hashable, Sendable {
  case drop(Drop)
  case due(DueReturns)

  /// The entry of the record that tells of it.
  package var record: RecordSequence {
    switch self {
    case .drop(let drop): drop.record
    case .due(let due): due.record
    }
  }

  /// The drop that it is; nil where the calendar alone has spoken.
  package var drop: DropID? { if case .drop(let drop) = self { drop.id } else { nil } }
}

extension Ledger {
  private static let evaluatedDropMarker = "evaluated_through"
  private static let evaluatedDueMarker = "evaluated_due"

  /// The entry of the record through which announcements are out; 0 before the first. Events are evaluated one by one in
  /// the order of the record, so that all before it are.
  package static func evaluatedThrough(in reading: some Reading) throws -> RecordSequence {
    max(
      try drop(marker(evaluatedDropMarker, in: reading), in: reading)?.record ?? 0,
      try marker(evaluatedDueMarker, in: reading))
  }

  private static func marker(_ name: String, in reading: some Reading) throws -> Int64 {
    try reading.first(Statements.marker, name) { row in try row.integer(0) } ?? 0
  }

  /// A part of T2, which announces what the event changed.
  package static func setEvaluated(_ event: LedgerEvent, in transaction: Transaction) throws {
    switch event {
    case .drop(let drop): try transaction.execute(Statements.setMarker, evaluatedDropMarker, drop.id)
    case .due(let due): try transaction.execute(Statements.setMarker, evaluatedDueMarker, due.record)
    }
  }

  /// Accepted drops and due periods past the marker, in the order in which to evaluate them, one by one.
  package static func pendingEvaluation(in reading: some Reading) throws -> [LedgerEvent] {
    let drops = try reading.all(
      Statements.acceptedAfter, try marker(evaluatedDropMarker, in: reading), as: Drop.init)
    let due = try due(after: marker(evaluatedDueMarker, in: reading), in: reading)
    return (drops.map(LedgerEvent.drop) + due.map(LedgerEvent.due)).sorted { $0.record < $1.record }
  }
}
