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
    guard Self.started, let multi = MultiHandle() else {
      throw TransferFailure(.busy, "libcurl does not start: no memory")
    }
    let mailbox = Mailbox(multi)
    self.mailbox = mailbox
    let resolver = Resolver(lookUp: lookUp)
    guard OwnThread.start({ TransferLoop(multi, mailbox, resolver).run() }) else {
      mailbox.close()
      throw TransferFailure(.busy, "the system gives no thread for transfers")
    }
  }

  deinit { stop() }

  /// Breaks off what is on its way; whatever is sent from here on is refused. Does not wait.
  package func stop() { mailbox.post(.stop) }

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

  /// Says what is wrong with a URL as far as can be seen without asking anybody.
  package static func check(_ url: String, allowsPlainHTTP: Bool) throws(TransferFailure) {
    _ = try Destination(url, allowsPlainHTTP: allowsPlainHTTP)
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

/// libcurl's multi handle. The transfer thread uses it, others only wake it, and only the mailbox lets them.
@safe
struct MultiHandle: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer

  init?() {
    guard let pointer = unsafe curl_multi_init() else { return nil }
    unsafe self.pointer = unsafe pointer
  }
}

/// The one thing that the transfer thread shares with others: its post, which wakes it.
final class Mailbox: Sendable {
  private struct Content: Sendable {
    var messages: [TransferMessage] = []
    /// Nil once the thread has ended.
    var multi: MultiHandle?
  }
  private let content: Mutex<Content>

  init(_ multi: MultiHandle) {
    content = Mutex(Content(multi: multi))
  }

  /// False once the thread has ended.
  @discardableResult
  func post(_ message: TransferMessage) -> Bool {
    content.withLock { content in
      guard let multi = content.multi else { return false }
      content.messages.append(message)
      unsafe curl_multi_wakeup(multi.pointer)
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

  /// Ends the handle, which nobody can wake from here on. Returns what was still in the post.
  @discardableResult
  func close() -> [TransferMessage] {
    content.withLock { content in
      if let multi = content.multi { unsafe curl_multi_cleanup(multi.pointer) }
      let messages = content.messages
      content = Content()
      return messages
    }
  }
}
