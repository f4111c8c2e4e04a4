import Alerting
import Bookkeeping
import Delivery
import Finance
import Foundation
import Receiving
import Sinks
import Storage
import Synchronization
import TestKit
import Transfers

/// Time that passes when somebody waits for it, up to a horizon that the test sets.
final class VirtualClock: Sendable {
  private let state: Mutex<(now: Int64, horizon: Int64)>
  static let start = Moment(milliseconds: 1_400_000_000_000)

  init(horizon: Int64 = .max) {
    state = Mutex((Self.start.milliseconds, horizon == .max ? .max : Self.start.milliseconds + horizon))
  }

  var now: Moment { Moment(milliseconds: state.withLock { $0.now }) }
  func letPass() { state.withLock { $0.horizon = .max } }

  var delivery: DeliveryClock {
    DeliveryClock(now: { self.now }) { time in
      while !Task.isCancelled {
        let isOver = self.state.withLock { state in
          guard time.milliseconds <= state.horizon else { return false }
          state.now = max(state.now, time.milliseconds)
          return true
        }
        if isOver { return }
        try? await Task.sleep(for: .milliseconds(5))
      }
    }
  }
}

/// A ledger with an outbox, receivers on loopback, and a dispatcher between them.
final class Scene: Sendable {
  let folder = TemporaryFolder()
  let store: Store
  let transfers: Transfers
  let clock: VirtualClock

  init(clock: VirtualClock = VirtualClock()) throws {
    store = try Store(
      at: "\(folder.path)/ledger.db", migrations: Bookkeeping.Tables.migrations + Delivery.Tables.migrations)
    transfers = try Transfers()
    self.clock = clock
  }

  static func announcement(_ alert: String, _ kind: Announcement.Kind, _ sentence: String) -> Announcement {
    Announcement(
      kind: kind, severity: "red", rule: .init(name: alert, title: alert), subject: .init(keys: [], name: "overall"),
      period: "2013-14 M11", sentence: sentence, time: VirtualClock.start.description)
  }

  /// Announces in one transaction, as T2 does.
  func announce(_ announcements: [Announcement], to receivers: [String]) throws {
    try store.write { transaction in
      let announced = try announcements.map { announcement in
        let payload = [UInt8](try JSONEncoder().encode(announcement))
        let head = try Record.append("announcement", payload: payload, at: clock.now, in: transaction)
        return (Announced(announcement: announcement, sequence: head.sequence, hash: "\(head)"), receivers: receivers)
      }
      try Outbox.add(announced, due: clock.now, in: transaction)
    }
  }

  func announce(
    _ alert: String, _ kind: Announcement.Kind = .opened, _ sentence: String = "over", to receivers: String...
  )
    throws
  {
    try announce([Self.announcement(alert, kind, sentence)], to: receivers)
  }

  func sink(_ port: Int, timeout: Duration = .seconds(30)) -> any Sink {
    WebhookSink(
      WebhookSettings(
        url: .open("http://127.0.0.1:\(port)/"), allow: [AddressRange("127.0.0.1")!], allowsPlainHTTP: true,
        timeout: timeout), over: transfers)
  }

  func dispatcher(
    _ receivers: [String: any Sink], fallback: [String] = [], limits: Dispatcher.Limits = Dispatcher.Limits()
  ) -> Dispatcher {
    Dispatcher(store: store, receivers: receivers, fallback: fallback, clock: clock.delivery, limits: limits) { error in
      // A test that closes its ledger while delivery runs would show here.
      print("delivery: \(error)")
    }
  }

  /// Delivers until the condition holds, for half a minute at most; then stops. Returns whether it held.
  func deliver(_ dispatcher: Dispatcher, until condition: () throws -> Bool) async throws -> Bool {
    let running = Task { await dispatcher.run(grace: .milliseconds(100)) }
    let held = try await eventually(condition)
    running.cancel()
    await running.value
    return held
  }

  func eventually(_ condition: () throws -> Bool) async throws -> Bool {
    for _ in 0..<3_000 {
      if try condition() { return true }
      try await Task.sleep(for: .milliseconds(10))
    }
    return false
  }

  func deliveries(_ state: OutgoingMessage.State? = nil) throws -> [OutgoingMessage] {
    try store.read { try Outbox.deliveries(state, most: 100_000, in: $0) }.reversed()
  }

  func attempts(_ delivery: OutgoingMessage) throws -> [Attempt] {
    try store.read { try Outbox.attempts(of: delivery.id, in: $0) }
  }

  func undelivered() throws -> Int {
    try store.read { try Outbox.undelivered(in: $0).reduce(0) { $0 + $1.count } }
  }
}

/// What a receiver got: the sentences, in order, and the ids.
final class Arrivals: Sendable {
  private let state = Mutex<[(id: String, sentences: [String])]>([])
  private let status: Mutex<Int>
  init(answering status: Int = 204) { self.status = Mutex(status) }

  func answer(_ status: Int) { self.status.withLock { $0 = status } }
  var ids: [String] { state.withLock { $0.map(\.id) } }
  /// Of all requests, answered well or not.
  var sentences: [String] { state.withLock { $0.flatMap(\.sentences) } }

  func receive(_ request: ReceivedRequest, _ connection: LocalConnection) {
    let object = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
    let sentences = (object?["alerts"] as? [[String: Any]] ?? []).compactMap { $0["sentence"] as? String }
    state.withLock { $0.append((request.header("webhook-id") ?? "", sentences)) }
    connection.answer(status.withLock { $0 })
  }

  func receiver() throws -> LocalReceiver { try LocalReceiver { self.receive($0, $1) } }
}
