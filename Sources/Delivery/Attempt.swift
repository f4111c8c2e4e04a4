import Bookkeeping
import Finance
import Sinks
import Storage

/// An attempt that has ended, until it is written down.
struct Attempt: Sendable {
  var number: Int64
  var id: String
  var receiver: String
  var alert: String?
  /// Attempts made, this one among them.
  var attempts: Int
  var began: Moment
  var ended: Moment
  var outcome: AttemptOutcome

  init(_ message: DueMessage, began: Moment, ended: Moment, _ outcome: AttemptOutcome) {
    number = message.number
    id = message.content.id
    receiver = message.receiver
    alert = message.alert
    attempts = message.attempts + 1
    self.began = began
    self.ended = ended
    self.outcome = outcome
  }

  /// The receiver wants no more messages at all.
  var disablesReceiver: Bool { if case .gone = outcome { true } else { false } }

  /// What becomes of the message.
  enum Verdict: Hashable {
    case delivered
    case again(Moment)
    case dead
  }

  var verdict: Verdict {
    switch outcome {
    case .delivered: .delivered
    case .later(_, let wait):
      Schedule.next(of: id, after: attempts, at: ended, atLeast: wait).map { .again($0) } ?? .dead
    case .refused, .gone: .dead
    }
  }

  /// Writes attempts down: their rows, what becomes of the messages, and one entry in the record for all of them.
  static func write(_ attempts: [Attempt], at now: Moment, in transaction: Transaction) throws {
    for attempt in attempts { try attempt.write(in: transaction) }
    try Record.append("delivery", Recorded(attempts: attempts.map(Recorded.Attempt.init)), at: now, in: transaction)
  }

  private func write(in transaction: Transaction) throws {
    try transaction.execute(
      Statements.insertAttempt, number, began.milliseconds, ended.milliseconds, outcome.kind, outcome.words)
    switch verdict {
    case .again(let due):
      try transaction.execute(Statements.postpone, due.milliseconds, attempts, number)
    case .delivered, .dead:
      try transaction.execute(Statements.settle, verdict == .delivered ? "delivered" : "dead", attempts, number)
      if let alert { try transaction.execute(Statements.releaseOfAlert, receiver, alert) }
    }
    if disablesReceiver { try transaction.execute(Statements.disable, receiver, ended.milliseconds) }
  }

  /// What the record keeps.
  private struct Recorded: Encodable {
    struct Attempt: Encodable {
      let message: String
      let receiver: String
      let began: String
      let outcome: String
      let words: String

      init(_ attempt: Delivery.Attempt) {
        message = attempt.id
        receiver = attempt.receiver
        began = attempt.began.description
        outcome = attempt.outcome.kind
        words = attempt.outcome.words
      }
    }
    let attempts: [Attempt]
  }
}

extension AttemptOutcome {
  /// As it is stored.
  fileprivate var kind: String {
    switch self {
    case .delivered: "delivered"
    case .later: "later"
    case .refused: "refused"
    case .gone: "gone"
    }
  }
}
