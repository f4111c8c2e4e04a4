import Finance
import Sinks
import Storage

extension Outbox {
  /// What may be sent to a receiver now, oldest due first.
  ///
  /// - Parameter others: messages that are on their way already.
  static func dueMessages(
    for receiver: String, besides others: Set<Int64>, now: Moment, most: Int, in reading: some Reading
  ) throws -> [(id: Int64, message: FrozenMessage)] {
    let due = try reading.all(Statements.dueMessages, receiver, now.milliseconds, most + others.count) { row in
      try row.integer(0)
    }
    return try due.filter { !others.contains($0) }.prefix(most).compactMap { id in
      try reading.first(Statements.messageBytes, id) { row in
        (id: id, message: FrozenMessage(id: try row.text(0), body: try row.bytes(1)))
      }
    }
  }

  /// When the next message and the next notice of a receiver come due.
  static func nextDue(
    for receiver: String, after now: Moment, in reading: some Reading
  ) throws -> (message: Moment?, notice: Moment?) {
    func time(_ statement: String) throws -> Moment? {
      let time = try reading.first(statement, receiver, now.milliseconds) { row in try row.integerOrNil(0) }
      return (time ?? nil).map { Moment(milliseconds: $0) }
    }
    return (try time(Statements.nextMessage), try time(Statements.nextNotice))
  }
}
