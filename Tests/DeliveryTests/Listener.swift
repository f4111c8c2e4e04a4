import Finance
import Receiving
import Synchronization

/// A receiver on loopback that answers as a test wants and remembers what came.
final class Listener: Sendable {
  struct Answer: Sendable {
    var status = 200
    var headers: [(String, String)] = []
  }
  private struct State {
    var requests: [ReceivedRequest] = []
    var running = 0
    var most = 0
  }
  private let state: Mutex<State>
  private let receiver: LocalReceiver

  /// - Parameter answer: by the number of the request, from 0. Nil breaks the connection with a reset.
  init(port: Int = 0, _ answer: @escaping @Sendable (Int, ReceivedRequest) -> Answer?) throws {
    let box = Box()
    state = Mutex(State())
    receiver = try LocalReceiver(port: port) { request, connection in
      guard let listener = box.listener.withLock({ $0.value }) else { return connection.end(reset: true) }
      let number = listener.begin(request)
      let reply = answer(number, request)
      listener.end()
      if let reply { connection.answer(reply.status, headers: reply.headers) } else { connection.end(reset: true) }
    }
    box.listener.withLock { $0.value = self }
  }

  private final class Box: Sendable {
    struct Weak: Sendable { weak var value: Listener? }
    let listener = Mutex(Weak())
  }

  var port: Int { receiver.port }
  var url: String { "http://127.0.0.1:\(port)/" }
  var requests: [ReceivedRequest] { state.withLock(\.requests) }
  var ids: [String] { requests.map { $0.header("webhook-id") ?? "" } }
  /// How many were being answered at one time, at most.
  var mostAtOnce: Int { state.withLock(\.most) }
  func stop() { receiver.stop() }

  private func begin(_ request: ReceivedRequest) -> Int {
    state.withLock { state in
      state.requests.append(request)
      state.running += 1
      state.most = max(state.most, state.running)
      return state.requests.count - 1
    }
  }

  private func end() { state.withLock { $0.running -= 1 } }
}
