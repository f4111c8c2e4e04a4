import CCurl
import Synchronization

/// Sends requests to web servers: all of them over one libcurl multi handle, on one thread of its own, keeping
/// connections open between requests to the same server.
///
/// A request is looked up, checked, pinned and sent; nothing is retried and no redirect followed here. Redirects come
/// back as the answer they are. No proxy is used, whatever the environment says.
package final class Transfers: Sendable {
  private let mailbox: Mailbox
  private let numbers = Atomic<UInt64>(0)

  /// - Parameter lookUp: finds the addresses of a name; it may block.
  /// - Throws: where the system gives no thread or libcurl does not start.
  package init(lookUp: @escaping Resolver.LookUp = Resolver.system) throws(TransferFailure) {
    guard Self.started, let multi = unsafe curl_multi_init() else {
      throw TransferFailure(.busy, "libcurl does not start: no memory")
    }
    let mailbox = unsafe Mailbox(multi: multi)
    self.mailbox = mailbox
    let resolver = Resolver(lookUp: lookUp)
    guard OwnThread.start({ TransferLoop(mailbox: mailbox, resolver: resolver).run() }) else {
      mailbox.close()
      throw TransferFailure(.busy, "the system gives no thread for transfers")
    }
  }

  deinit { mailbox.post(.stop) }

  /// Sends one request and waits for the answer. Ends within `limits.total`, and at once when the task is cancelled.
  package func send(_ request: OutgoingRequest) async -> TransferOutcome {
    let number = numbers.add(1, ordering: .relaxed).newValue
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if !mailbox.post(.send(number, request, continuation)) {
          continuation.resume(returning: .failed(TransferFailure(.cancelled, "transfers have been stopped")))
        }
      }
    } onCancel: {
      mailbox.post(.cancel(number))
    }
  }

  /// libcurl's global set-up, once a process; never undone, as other threads may still be in it.
  private static let started = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}

/// What other threads say to the transfer thread.
enum TransferMessage: Sendable {
  case send(UInt64, OutgoingRequest, CheckedContinuation<TransferOutcome, Never>)
  case resolved(UInt64, host: String, Result<[NetworkAddress], TransferFailure>)
  case cancel(UInt64)
  case stop
}

/// The one thing that the transfer thread shares with others: its post, and the handle that wakes it.
final class Mailbox: Sendable {
  @safe
  private struct Content {
    var messages: [TransferMessage] = []
    var multi: UnsafeMutableRawPointer?
  }
  private let content: Mutex<Content>

  init(multi: UnsafeMutableRawPointer) {
    nonisolated(unsafe) let multi = unsafe multi
    content = unsafe Mutex(Content(multi: multi))
  }

  /// False once the thread has ended.
  @discardableResult
  func post(_ message: TransferMessage) -> Bool {
    content.withLock { content in
      guard let multi = unsafe content.multi else { return false }
      content.messages.append(message)
      unsafe curl_multi_wakeup(multi)
      return true
    }
  }

  func take() -> [TransferMessage] {
    content.withLock { content in
      let messages = content.messages
      content.messages.removeAll(keepingCapacity: true)
      return messages
    }
  }

  /// Runs on the transfer thread only, which alone uses the handle for anything but waking.
  func withMulti<Value>(_ body: (UnsafeMutableRawPointer) -> Value) -> Value {
    nonisolated(unsafe) var multi: UnsafeMutableRawPointer? = nil
    content.withLock { content in unsafe multi = content.multi }
    guard let multi = unsafe multi else { preconditionFailure("the transfer thread has ended") }
    return unsafe body(multi)
  }

  /// Nobody wakes the handle from here on. Returns what was still in the post.
  @discardableResult
  func close() -> [TransferMessage] {
    content.withLock { content in
      if let multi = unsafe content.multi { unsafe curl_multi_cleanup(multi) }
      unsafe content.multi = nil
      let messages = content.messages
      content.messages = []
      return messages
    }
  }
}
