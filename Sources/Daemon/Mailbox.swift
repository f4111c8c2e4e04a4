import Foundation

/// What the outside world wants of the cycle, handed over at the cycle's own convenience: between two drops, never during one.
final class Mailbox: @unchecked Sendable {
  enum Message: Sendable {
    case reload
    case stop
    /// Something may have arrived in an inbox.
    case look
    case request(Request, who: String, answer: @Sendable (Reply) -> Void)
  }

  // Safe: `messages` is touched only while `condition` is locked.
  private let condition = NSCondition()
  private var messages: [Message] = []

  func post(_ message: Message) {
    condition.withLock {
      messages.append(message)
      condition.signal()
    }
  }

  /// Everything that has come, in order; waits until something does, but no longer than the time given.
  func collect(waiting seconds: TimeInterval) -> [Message] {
    condition.withLock {
      let until = Date(timeIntervalSinceNow: seconds)
      while messages.isEmpty, condition.wait(until: until) {}
      defer { messages = [] }
      return messages
    }
  }
}
