import Foundation
import Synchronization

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

  /// Whether anything waits that should not wait for a whole inbox to be read.
  var isUrgent: Bool {
    condition.withLock {
      messages.contains { message in
        if case .look = message { false } else { true }
      }
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

extension Mailbox {
  /// Puts a request to the cycle and waits for its answer. Not to be called from the cycle's own thread.
  func ask(_ request: Request, who: String) -> Reply {
    let answered = DispatchSemaphore(value: 0)
    let reply = Mutex(Reply(isDone: false, sentence: "The daemon is stopping."))
    post(
      .request(request, who: who) { answer in
        reply.withLock { $0 = answer }
        answered.signal()
      })
    _ = answered.wait(timeout: .now() + .seconds(110))
    return reply.withLock { $0 }
  }
}
