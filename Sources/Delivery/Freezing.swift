import Alerting
import Bookkeeping
import Finance
import Foundation
import Hashing
import Sinks
import Storage

/// Makes messages of notices that are due: each is rendered once, here, and its bytes are what every attempt sends.
///
/// Only the dispatcher does so, one batch after another; so what was read and rendered is still unfrozen when it is
/// written.
struct Freezing {
  /// How many are rendered and written at once, and so the number of bodies in memory.
  static let batch = 64

  let sinks: [String: any Sink]
  let store: Store

  /// Freezes the notices that have been due longest, at most one batch; true when it was full, as there may be more.
  func freeze(at now: Moment) throws -> Bool {
    let messages = try store.read { snapshot in try rendered(at: now, in: snapshot) }
    guard !messages.isEmpty else { return false }
    try store.write { transaction in
      for message in messages { try message.insert(at: now, in: transaction) }
    }
    return messages.count == Self.batch
  }

  private func rendered(at now: Moment, in snapshot: Snapshot) throws -> [Rendered] {
    let names = String(decoding: try JSONEncoder().encode(sinks.keys.sorted()), as: UTF8.self)
    let notices = try snapshot.all(Statements.dueNotices, names, now.milliseconds, Self.batch) { row in
      (announcement: try row.integer(0), receiver: try row.text(1))
    }
    var last: Announced?
    return try notices.map { notice in
      if last?.sequence != notice.announcement { last = try Announced.find(notice.announcement, in: snapshot) }
      guard let announced = last, let sink = sinks[notice.receiver] else {
        throw StorageError(
          .damaged, "The ledger is damaged: announcement \(notice.announcement) is to be delivered and not there",
          advice: StorageError.restoreAdvice)
      }
      let message = Message(id: Rendered.id(of: announced, for: notice.receiver), [announced])
      return Rendered(receiver: notice.receiver, announced: announced, message: sink.freeze(message))
    }
  }
}

/// A message as it will be kept.
private struct Rendered {
  let receiver: String
  let announced: Announced
  let message: FrozenMessage

  /// Follows from the record and the receiver's name: unlike any other, and not to be guessed without the record.
  static func id(of announced: Announced, for receiver: String) -> String {
    "msg_" + hexadecimal(SHA256.digest(of: announced.head.hash + Array(receiver.utf8)).prefix(16))
  }

  func insert(at now: Moment, in transaction: Transaction) throws {
    let alert = announced.announcement.orderingKey
    try transaction.execute(
      Statements.insertMessage, message.id, receiver, alert, now.milliseconds, now.milliseconds, message.body)
    let number = transaction.lastInserted
    try transaction.execute(Statements.freezeNotice, number, announced.sequence, receiver)
    if let alert {
      try transaction.execute(Statements.releaseOfAlert, receiver, alert)
    } else {
      try transaction.execute(Statements.releaseOne, number)
    }
  }
}

extension Announcement {
  /// What announcements have in common that a receiver needs to get in order: the alert, over all its episodes. Nil for
  /// what has no state. Two alerts that gave one text would merely wait for each other.
  fileprivate var orderingKey: String? {
    guard episode != nil else { return nil }
    return ([rule.name, year ?? ""] + subject.keys.map(\.value)).joined(separator: "\u{1F}")
  }
}
