import Alerting
import Bookkeeping
import Delivery
import Finance
import Foundation
import Settings
import Sinks
import Storage
import Synchronization
import TestKit
import Testing
import Transfers

/// A ledger with its dispatcher, on time that the test moves; announcements come from the test.
final class Office: Sendable {
  static let start = Moment(milliseconds: 1_396_310_400_000)
  static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

  let folder: TemporaryFolder
  let store: Store
  let clock: VirtualClock
  let transfers: Transfers
  let dispatcher: Dispatcher
  private let heard: Heard

  /// What was reported, and what is on its way.
  private final class Heard: Sendable {
    let troubles = Mutex<[DeliveryTrouble]>([])
    let begun = Mutex(0)
    let ended = Mutex(0)
  }

  init(
    _ sinks: [String: any Sink], folder: TemporaryFolder = TemporaryFolder(), at time: Moment = start,
    transfers: Transfers
  ) throws {
    self.folder = folder
    self.transfers = transfers
    store = try Store(
      at: folder.path + "/ledger.db", migrations: Bookkeeping.Tables.migrations + Delivery.Tables.migrations,
      patience: 0.2)
    clock = VirtualClock(time)
    let heard = Heard()
    self.heard = heard
    dispatcher = Dispatcher(
      store, sinks: sinks.mapValues { sink in Watched(sink: sink, heard: heard) }, clock: clock.clock
    ) { trouble in heard.troubles.withLock { $0.append(trouble) } }
  }

  convenience init(_ listeners: [String: Listener], timeout: Duration = .seconds(30)) throws {
    let transfers = try Transfers()
    try self.init(
      listeners.mapValues { Office.webhook($0.url, over: transfers, timeout: timeout) }, transfers: transfers)
  }

  static func webhook(
    _ url: String, over transfers: Transfers, sign: [Secret] = [], timeout: Duration = .seconds(30)
  ) -> WebhookSink {
    let loopback = AddressRange("127.0.0.0/8")
    return WebhookSink(
      WebhookSettings(
        url: .open(url), sign: sign, allow: loopback.map { [$0] } ?? [], allowsPlainHTTP: true, timeout: timeout),
      over: transfers)
  }

  var troubles: [DeliveryTrouble] { heard.troubles.withLock(\.self) }

  /// Writes announcements and their notices in one transaction, as T2 does, and wakes the dispatcher.
  func announce(_ alerts: [String?], _ kind: Announcement.Kind = .opened, to receivers: [String] = ["finance"]) throws {
    try store.write { transaction in
      for alert in alerts {
        let announcement = Announcement(
          kind: kind, severity: "red", rule: .init(name: alert ?? "drops", title: "Overspend"),
          subject: .init(keys: [], name: "overall"), period: "2013-14 M5", episode: alert.map { _ in 1 },
          sentence: "\(alert ?? "a drop") \(kind.rawValue)", time: clock.now.description)
        let head = try Record.append("announcement", announcement, at: clock.now, in: transaction)
        try Notice.write(
          Announced(announcement: announcement, head: head), to: receivers, at: clock.now, in: transaction)
      }
    }
    dispatcher.wake()
  }

  var messages: [MessageSummary] {
    get throws { try store.read { try MessageSummary.list(limit: 100_000, in: $0) }.reversed() }
  }

  /// The only message.
  var message: MessageSummary {
    get throws { try #require(try messages.first) }
  }

  var attemptCount: Int {
    get throws { try store.read { try Int($0.first("SELECT count(*) FROM attempt") { try $0.integer(0) } ?? 0) } }
  }

  func count(_ state: MessageSummary.State) throws -> Int {
    try store.read { snapshot in
      try Int(
        snapshot.first("SELECT count(*) FROM message WHERE state = ?", state.rawValue) { try $0.integer(0) } ?? 0)
    }
  }

  /// Waits until nothing is on its way, all that ended is written down, and nothing follows for a few milliseconds.
  func settle() async throws {
    var quiet = 0
    try await eventually {
      let ended = heard.ended.withLock(\.self)
      // Runs behind all that the dispatcher was about to do, and looks for work itself.
      _ = try await dispatcher.drain(until: clock.now)
      quiet = try attemptCount == ended && heard.begun.withLock(\.self) == ended ? quiet + 1 : 0
      return quiet == 3
    }
  }

  private struct Watched: Sink {
    let sink: any Sink
    let heard: Heard

    func freeze(_ message: Message) -> FrozenMessage { sink.freeze(message) }

    func send(_ message: FrozenMessage, now: Moment) async -> AttemptOutcome {
      heard.begun.withLock { $0 += 1 }
      defer { heard.ended.withLock { $0 += 1 } }
      return await sink.send(message, now: now)
    }
  }
}

/// Looks again and again, for ten seconds.
func eventually(
  _ condition: () async throws -> Bool, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  for _ in 0..<60_000 {
    if try await condition() { return }
    try await Task.sleep(for: .milliseconds(2))
  }
  Issue.record("did not come about in two minutes", sourceLocation: sourceLocation)
}
