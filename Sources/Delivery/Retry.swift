import Bookkeeping
import Finance
import Storage

/// A person's wish to have undelivered messages sent anew, and its place in the record.
enum Retry {
  private struct Recorded: Encodable {
    let receiver: String?
    let by: String
    let messages: Int
  }

  static func write(receiver: String?, by who: String, at now: Moment, in transaction: Transaction) throws -> Int {
    try transaction.execute(Statements.enable, receiver)
    try transaction.execute(Statements.retry, now.milliseconds, receiver)
    let count = transaction.changes
    try transaction.execute(Statements.releaseAfterRetry, receiver)
    let recorded = Recorded(receiver: receiver, by: who, messages: count)
    try Record.append("deliveries retried", recorded, at: now, in: transaction)
    return count
  }
}
