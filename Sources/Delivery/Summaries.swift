package import Bookkeeping
package import Finance
package import Storage

/// What a receiver has not got.
package struct Undelivered: Hashable, Sendable {
  package var receiver: String
  /// Announcements and messages that will still be tried.
  package var pending: Int
  /// Messages that were given up.
  package var dead: Int
  /// When the next attempt is due; nil where there will be none.
  package var next: Moment?
  /// How the last attempt ended, where there was one.
  package var lastWords: String?
  /// The receiver said that it wants no more.
  package var isDisabled: Bool
}

extension Undelivered {
  /// Receivers that have not got everything, in name order.
  package static func all(in reading: some Reading) throws -> [Undelivered] {
    try reading.all(
      """
      WITH undelivered AS (
        SELECT receiver, state, due FROM message WHERE state <> 'delivered'
        UNION ALL SELECT receiver, 'waiting', due FROM notice WHERE message IS NULL)
      SELECT receiver, count(*) FILTER (WHERE state <> 'dead'), count(*) FILTER (WHERE state = 'dead'),
        min(due) FILTER (WHERE state = 'waiting'),
        EXISTS (SELECT 1 FROM disabled_receiver WHERE name = receiver),
        (SELECT words FROM attempt JOIN message ON message.number = attempt.message
          WHERE message.receiver = undelivered.receiver ORDER BY attempt.id DESC LIMIT 1)
      FROM undelivered GROUP BY receiver ORDER BY receiver
      """
    ) { row in
      let isDisabled = try row.integer(4) == 1
      return Undelivered(
        receiver: try row.text(0), pending: try Int(row.integer(1)), dead: try Int(row.integer(2)),
        next: isDisabled ? nil : try row.integerOrNil(3).map(Moment.init(milliseconds:)),
        lastWords: try row.textOrNil(5), isDisabled: isDisabled)
    }
  }

  /// Whether there is anything that will still be tried.
  static func isAnyPending(in reading: some Reading) throws -> Bool {
    try reading.first(
      """
      SELECT EXISTS (SELECT 1 FROM notice WHERE message IS NULL)
        OR EXISTS (SELECT 1 FROM message WHERE state = 'waiting'
          AND receiver NOT IN (SELECT name FROM disabled_receiver))
      """
    ) { try $0.integer(0) == 1 } ?? false
  }
}

/// One message as a person asks about it.
package struct MessageSummary: Hashable, Sendable {
  package enum State: String, Hashable, Sendable, CaseIterable {
    /// An earlier message of its alert is still waiting.
    case behind
    case waiting
    case delivered
    /// Given up; `outturn deliveries retry` sends it again.
    case dead
  }

  /// As the receiver sees it.
  package var id: String
  package var receiver: String
  package var state: State
  /// The announcements in it, by their place in the record.
  package var announcements: [RecordSequence]
  package var frozen: Moment
  package var attempts: Int
  /// When the next attempt is due, of one that waits.
  package var due: Moment?
  /// How the last attempt ended, where there was one.
  package var lastWords: String?
}

/// One attempt to hand a message over.
package struct AttemptSummary: Hashable, Sendable {
  package var began: Moment
  package var ended: Moment
  /// `delivered`, `later`, `refused`, `gone`.
  package var outcome: String
  package var words: String
}

extension MessageSummary {
  private static let select = """
    SELECT id, receiver, state, frozen, due,
      (SELECT group_concat(announcement) FROM notice WHERE notice.message = message.number),
      (SELECT count(*) FROM attempt WHERE attempt.message = message.number),
      (SELECT words FROM attempt WHERE attempt.message = message.number ORDER BY attempt.id DESC LIMIT 1)
    FROM message
    """

  /// The newest first.
  package static func list(
    _ state: State? = nil, receiver: String? = nil, limit: Int, in reading: some Reading
  ) throws -> [MessageSummary] {
    try reading.all(
      select + " WHERE (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR receiver = ?2) ORDER BY number DESC LIMIT ?3",
      state?.rawValue, receiver, limit, as: summary)
  }

  package static func find(_ id: String, in reading: some Reading) throws -> MessageSummary? {
    try reading.first(select + " WHERE id = ?", id, as: summary)
  }

  /// The bytes that every attempt sends.
  package static func body(_ id: String, in reading: some Reading) throws -> [UInt8]? {
    try reading.first("SELECT body FROM message WHERE id = ?", id) { try $0.bytes(0) }
  }

  /// Oldest first.
  package static func attempts(_ id: String, in reading: some Reading) throws -> [AttemptSummary] {
    try reading.all(
      """
      SELECT began, ended, outcome, words FROM attempt
      WHERE message = (SELECT number FROM message WHERE id = ?) ORDER BY attempt.id
      """, id
    ) { row in
      AttemptSummary(
        began: Moment(milliseconds: try row.integer(0)), ended: Moment(milliseconds: try row.integer(1)),
        outcome: try row.text(2), words: try row.text(3))
    }
  }

  private static func summary(_ row: Row) throws -> MessageSummary {
    guard let state = State(rawValue: try row.text(2)) else {
      preconditionFailure("the table of messages holds no other states")
    }
    return MessageSummary(
      id: try row.text(0), receiver: try row.text(1), state: state,
      announcements: (try row.textOrNil(5) ?? "").split(separator: ",").compactMap { RecordSequence($0) }.sorted(),
      frozen: Moment(milliseconds: try row.integer(3)), attempts: try Int(row.integer(6)),
      due: state == .waiting ? Moment(milliseconds: try row.integer(4)) : nil, lastWords: try row.textOrNil(7))
  }
}
