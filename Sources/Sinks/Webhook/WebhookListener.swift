package import Finance
package import Receiving
import Synchronization

/// A local receiver of webhooks that believes only what is signed, and tells each message once.
package final class WebhookListener: Sendable {
  package enum Arrival: Sendable {
    case message(id: String, body: [UInt8])
    /// A message that has been told already, by its id.
    case repetition(id: String)
    case refused(WebhookVerifier.Failure)
  }

  package var port: Int { receiver.port }
  private let receiver: LocalReceiver

  /// - Parameters:
  ///   - port: 0 for one that is free.
  ///   - secrets: none, and every message is believed.
  ///   - clock: the time that timestamps are compared with.
  ///   - tell: runs on the connection's thread, one arrival at a time.
  package init(
    port: Int = 0, secrets: [WebhookSecret], clock: @escaping @Sendable () -> Moment,
    tell: @escaping @Sendable (Arrival) -> Void
  ) throws(ReceiverFailure) {
    let known = Mutex(KnownMessages())
    let verifier = secrets.isEmpty ? nil : WebhookVerifier(secrets)
    receiver = try LocalReceiver(port: port) { request, connection in
      guard request.method == "POST" else { return connection.answer(405) }
      do throws(WebhookVerifier.Failure) {
        try verifier?.verify(header: request.header, body: request.body, now: clock().milliseconds / 1000)
      } catch {
        known.withLock { _ in tell(.refused(error)) }
        return connection.answer(401, body: Array("\(error.rawValue)\n".utf8))
      }
      let id = request.header(WebhookSigner.Header.id) ?? ""
      known.withLock { known in
        tell(known.isNew(id) ? .message(id: id, body: request.body) : .repetition(id: id))
      }
      connection.answer(204)
    }
  }

  package func stop() { receiver.stop() }
}

/// The ids of the latest messages.
private struct KnownMessages {
  private var ids: Set<String> = []
  private var order: [String] = []
  private let most = 10_000

  mutating func isNew(_ id: String) -> Bool {
    // A message without an id cannot be a repetition of anything.
    guard !id.isEmpty else { return true }
    guard ids.insert(id).inserted else { return false }
    order.append(id)
    if order.count > 2 * most {
      for old in order.prefix(most) { ids.remove(old) }
      order.removeFirst(most)
    }
    return true
  }
}
