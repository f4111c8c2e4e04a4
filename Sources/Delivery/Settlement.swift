import Bookkeeping
import Finance
import Sinks
import Storage

/// How one attempt ended, until it is written down.
struct Settlement {
  let message: Int64
  let time: Moment
  let outcome: AttemptOutcome
}

extension Outbox {
  /// Writes down how attempts ended, all in one transaction, with one entry of the record for all of them.
  static func settle(_ group: [Settlement], fallback: [String], in transaction: Transaction) throws {
    var entries: [AttemptEntry] = []
    for settlement in group {
      // A message that went to the fallback while it was on its way has been settled already.
      let found = try transaction.first(Statements.attemptsOfMessage, settlement.message) { row in
        (name: try row.text(0), receiver: try row.text(1), attempts: Int(try row.integer(2)))
      }
      guard let (name, receiver, attempts) = found else { continue }
      try settle(settlement, name, receiver, attempts: attempts + 1, fallback: fallback, in: transaction)
      let outcome = settlement.outcome
      try transaction.execute(
        Statements.insertAttempt, settlement.message, settlement.time.milliseconds, outcome.kind, outcome.words)
      entries.append(
        AttemptEntry(
          message: name, receiver: receiver, time: settlement.time.description, outcome: outcome.kind,
          words: outcome.words))
    }
    guard let last = group.last, !entries.isEmpty else { return }
    try Record.append("attempts", entries, at: last.time, in: transaction)
  }

  private static func settle(
    _ settlement: Settlement, _ name: String, _ receiver: String, attempts: Int, fallback: [String],
    in transaction: Transaction
  ) throws {
    let now = settlement.time
    func bury(_ words: String) throws {
      try Outbox.bury(
        settlement.message, of: receiver, spent: 1, fallback: fallback, because: words, now: now, in: transaction)
    }
    switch settlement.outcome {
    case .delivered(let words):
      try transaction.execute(Statements.deliver, now.milliseconds, words, settlement.message)
    case .later(let words, let asked):
      if let due = Schedule.next(after: attempts, of: name, now: now, asked: asked) {
        try transaction.execute(Statements.postpone, due.milliseconds, words, settlement.message)
      } else {
        try bury("given up after \(attempts) attempts: \(words)")
      }
    case .refused(let words):
      try bury(words)
    case .gone(let words):
      try bury(words)
      try transaction.execute(Statements.disable, receiver, now.milliseconds, words)
      try abandon(receiver, fallback: fallback, because: words, now: now, in: transaction)
    }
  }

  private struct AttemptEntry: Encodable {
    let message: String
    let receiver: String
    let time: String
    let outcome: String
    let words: String
  }
}

extension AttemptOutcome {
  /// As the table and the record say it.
  fileprivate var kind: String {
    switch self {
    case .delivered: "delivered"
    case .later: "later"
    case .refused: "refused"
    case .gone: "gone"
    }
  }
}
