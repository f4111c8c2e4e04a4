package import Alerting
import Bookkeeping
package import Finance
import Foundation
import Hashing
import Sinks
package import Storage

/// Notices and messages as they stand in the ledger's database.
///
/// A *notice* says that a receiver is to hear of an announcement; it is written in the transaction that announces. A
/// *message* is one or more notices with the bytes that were made of them, once.
package enum Outbox {
  /// Notes that the receivers are to hear of what one transaction announced.
  ///
  /// - Parameters:
  ///   - announced: with the names of the receivers, in the order of the record.
  ///   - due: when it goes out at the earliest.
  package static func add(
    _ announced: [(Announced, receivers: [String])], due: Moment, in transaction: Transaction
  ) throws {
    guard let batch = announced.last?.0.sequence else { return }
    for (announced, receivers) in announced {
      for receiver in receivers {
        try transaction.execute(
          Statements.insertNotice, announced.sequence, receiver, announced.announcement.alert, batch,
          due.milliseconds, String?.none)
      }
    }
  }

  /// Puts a dead letter on its way again, by its name. False where there is no such dead letter.
  @discardableResult
  package static func retry(_ name: String, now: Moment, in transaction: Transaction) throws -> Bool {
    try transaction.execute(Statements.revive, now.milliseconds, name)
    guard transaction.changes > 0 else { return false }
    if let receiver = try delivery(name, in: transaction)?.receiver {
      try transaction.execute(Statements.enable, receiver)
    }
    return true
  }

  /// Puts all dead letters of a receiver on their way again and believes that it wants messages. Returns how many.
  package static func retryAll(of receiver: String, now: Moment, in transaction: Transaction) throws -> Int {
    try transaction.execute(Statements.reviveReceiver, now.milliseconds, receiver)
    let count = transaction.changes
    try transaction.execute(Statements.enable, receiver)
    return count
  }
}

extension Announcement {
  /// What an alert is told by: its notices reach a receiver in order.
  fileprivate var alert: String {
    let subject = subject.keys.map { "\($0.key)=\($0.value)" }.joined(separator: "\u{1f}")
    return [rule.name, subject, year ?? ""].joined(separator: "\u{1e}")
  }
}

// MARK: - Freezing

extension Outbox {
  /// Gathers a receiver's due notices, a thousand at most, into messages and renders them.
  ///
  /// - Parameter burst: what one transaction announced goes out as one message when it is more than so many.
  static func freeze(
    for receiver: String, with sink: any Sink, now: Moment, burst: Int, in transaction: Transaction
  ) throws {
    let open = try transaction.all(Statements.openNotices, receiver, now.milliseconds, 1000) { row in
      OpenNotice(id: try row.integer(0), announcement: try row.integer(1), batch: try row.integer(2))
    }
    var start = 0
    while start < open.count {
      let end = open[start...].firstIndex { $0.batch != open[start].batch } ?? open.count
      let batch = Array(open[start..<end])
      for group in batch.count > burst ? [batch] : batch.map({ [$0] }) {
        try freeze(group, for: receiver, with: sink, now: now, in: transaction)
      }
      start = end
    }
  }

  private struct OpenNotice {
    let id: Int64
    let announcement: RecordSequence
    let batch: Int64
  }

  private static func freeze(
    _ notices: [OpenNotice], for receiver: String, with sink: any Sink, now: Moment,
    in transaction: Transaction
  ) throws {
    let announced = try notices.map { try Self.announced($0.announcement, in: transaction) }
    let frozen = sink.freeze(Message(id: name(of: announced, for: receiver, notices[0].id), announced))
    try transaction.execute(
      Statements.insertMessage, frozen.id, receiver, frozen.body, now.milliseconds, now.milliseconds)
    let message = transaction.lastInserted
    for notice in notices { try transaction.execute(Statements.assign, message, notice.id) }
  }

  /// Unique, and drawn from what the ledger holds: the same notices give the same name.
  private static func name(of announced: [Announced], for receiver: String, _ notice: Int64) -> String {
    let facts = announced.map(\.hash) + [receiver, "\(notice)"]
    return "msg_" + hexadecimal(SHA256.digest(of: facts.joined(separator: "\u{1f}")).prefix(16))
  }

  private static func announced(_ sequence: RecordSequence, in transaction: Transaction) throws -> Announced {
    guard let entry = try Record.entry(sequence, in: transaction), let payload = entry.payload,
      let announcement = try? JSONDecoder().decode(Announcement.self, from: Data(payload))
    else {
      throw StorageError(
        .damaged, "record \(sequence), which is to be announced, cannot be read", advice: StorageError.restoreAdvice)
    }
    return Announced(announcement: announcement, sequence: sequence, hash: hexadecimal(entry.hash))
  }
}

// MARK: - What cannot be reached

extension Outbox {
  /// Hands what was to go to a receiver over to the fallback: its waiting messages die, its open notices are given up.
  ///
  /// Without a fallback open notices stay, in case the receiver comes back, and only messages die.
  static func abandon(
    _ receiver: String, fallback: [String], because words: String, now: Moment, in transaction: Transaction
  ) throws {
    for message in try transaction.all(Statements.waitingOfReceiver, receiver, as: { row in try row.integer(0) }) {
      try bury(message, of: receiver, spent: 0, fallback: fallback, because: words, now: now, in: transaction)
    }
    guard fallback.contains(where: { $0 != receiver }) else { return }
    let open = try transaction.all(Statements.openNoticesOfReceiver, receiver, as: Notice.init)
    try redirect(open, of: receiver, to: fallback, now: now, in: transaction)
    try transaction.execute(Statements.giveUpNotices, now.milliseconds, receiver)
  }

  /// Makes a message a dead letter, and tells the fallback what it said.
  static func bury(
    _ message: Int64, of receiver: String, spent attempts: Int, fallback: [String], because words: String, now: Moment,
    in transaction: Transaction
  ) throws {
    try transaction.execute(Statements.bury, attempts, now.milliseconds, words, message)
    let notices = try transaction.all(Statements.noticesOfMessage, message, as: Notice.init)
    try redirect(notices, of: receiver, to: fallback, now: now, in: transaction)
  }

  private struct Notice {
    let announcement: RecordSequence
    let alert: String
    let batch: Int64
    let insteadOf: String?

    init(_ row: Row) throws {
      announcement = try row.integer(0)
      alert = try row.text(1)
      batch = try row.integer(2)
      insteadOf = try row.textOrNil(3)
    }
  }

  /// A fallback that cannot be reached either has no fallback of its own, and nobody hears of an announcement twice.
  private static func redirect(
    _ notices: [Notice], of receiver: String, to fallback: [String], now: Moment, in transaction: Transaction
  ) throws {
    for notice in notices where notice.insteadOf == nil {
      for name in fallback where name != receiver {
        let isNoticed = try transaction.first(Statements.isNoticed, notice.announcement, name) { _ in true } ?? false
        guard !isNoticed else { continue }
        try transaction.execute(
          Statements.insertNotice, notice.announcement, name, notice.alert, notice.batch, now.milliseconds, receiver)
      }
    }
  }
}
