import Finance
import Sinks
import Storage

/// A message that is due, as it is taken from the store to be sent.
struct DueMessage: Sendable {
  var number: Int64
  var receiver: String
  var alert: String?
  /// Attempts made so far.
  var attempts: Int
  var content: FrozenMessage

  /// Those that have been due longest.
  ///
  /// - Parameter busy: numbers of messages that are under way already.
  static func take(
    of receiver: String, at now: Moment, excluding busy: Set<Int64>, limit: Int, in snapshot: Snapshot
  ) throws -> [DueMessage] {
    let numbers = "[\(busy.map(String.init).joined(separator: ","))]"
    return try snapshot.all(Statements.dueMessages, receiver, now.milliseconds, numbers, limit) { row in
      DueMessage(
        number: try row.integer(0), receiver: receiver, alert: try row.textOrNil(2), attempts: try Int(row.integer(3)),
        content: FrozenMessage(id: try row.text(1), body: try row.bytes(4)))
    }
  }

  /// When the next one becomes due.
  static func next(of receiver: String, after now: Moment, in snapshot: Snapshot) throws -> Moment? {
    try snapshot.first(Statements.nextMessage, receiver, now.milliseconds) { try $0.integerOrNil(0) }?
      .map(Moment.init(milliseconds:))
  }
}
