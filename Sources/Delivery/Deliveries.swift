package import Bookkeeping
package import Finance
package import Storage

/// A message as people ask about it.
package struct OutgoingMessage: Hashable, Sendable {
  package enum State: String, Hashable, Sendable, CaseIterable { case waiting, delivered, dead }

  package let id: Int64
  /// The id that the receiver sees.
  package let name: String
  package let receiver: String
  package let frozen: Moment
  package let state: State
  package let attempts: Int
  /// When it is tried next, where it waits.
  package let due: Moment
  package let settled: Moment?
  /// How the last attempt ended; empty before the first.
  package let words: String
  package let bytes: Int
  package let announcements: Int
}

/// One attempt to deliver a message.
package struct Attempt: Hashable, Sendable {
  package let time: Moment
  /// `delivered`, `later`, `refused`, `gone`.
  package let outcome: String
  package let words: String
}

/// A receiver that does not have everything that it should.
package struct Undelivered: Hashable, Sendable {
  package let receiver: String
  package let count: Int
  /// Why, for one of them.
  package let words: String
}

extension Outbox {
  /// The latest messages, newest first.
  ///
  /// - Parameter before: those with a smaller id only, to page on.
  package static func deliveries(
    _ state: OutgoingMessage.State? = nil, before: Int64 = .max, most: Int = 100, in reading: some Reading
  ) throws -> [OutgoingMessage] {
    guard let state else { return try reading.all(Statements.deliveries, before, most, as: OutgoingMessage.init) }
    return try reading.all(Statements.deliveriesInState, state.rawValue, before, most, as: OutgoingMessage.init)
  }

  package static func delivery(_ name: String, in reading: some Reading) throws -> OutgoingMessage? {
    try reading.first(Statements.delivery, name, as: OutgoingMessage.init)
  }

  /// A message's attempts, oldest first.
  package static func attempts(of message: Int64, in reading: some Reading) throws -> [Attempt] {
    try reading.all(Statements.attempts, message) { row in
      Attempt(time: Moment(milliseconds: try row.integer(0)), outcome: try row.text(1), words: try row.text(2))
    }
  }

  /// The record's entries that a message tells of.
  package static func announcements(of message: Int64, in reading: some Reading) throws -> [RecordSequence] {
    try reading.all(Statements.announcementsOfMessage, message) { row in try row.integer(0) }
  }

  /// What was to be delivered and is not: waiting, dead, or not yet due.
  package static func undelivered(in reading: some Reading) throws -> [Undelivered] {
    try reading.all(Statements.undelivered) { row in
      Undelivered(receiver: try row.text(0), count: Int(try row.integer(1)), words: try row.text(2))
    }
  }

  /// Receivers that said they want no more, and what they said.
  package static func disabledReceivers(in reading: some Reading) throws -> [(name: String, words: String)] {
    try reading.all(Statements.disabled) { row in (try row.text(0), try row.text(2)) }
  }
}

extension OutgoingMessage {
  fileprivate init(_ row: Row) throws {
    id = try row.integer(0)
    name = try row.text(1)
    receiver = try row.text(2)
    frozen = Moment(milliseconds: try row.integer(3))
    guard let state = State(rawValue: try row.text(4)) else {
      throw StorageError(.damaged, "a message is in no state that there is", advice: StorageError.restoreAdvice)
    }
    self.state = state
    attempts = Int(try row.integer(5))
    due = Moment(milliseconds: try row.integer(6))
    settled = try row.integerOrNil(7).map { Moment(milliseconds: $0) }
    words = try row.text(8)
    bytes = Int(try row.integer(9))
    announcements = Int(try row.integer(10))
  }
}
