import Alerting
import Bookkeeping
import Delivery
import Finance
import Foundation
import Glibc
import Receiving
import Sinks
import Storage
import TestKit
import Testing
import Transfers

@Suite(.timeLimit(.minutes(2))) struct DispatcherTests {
  @Test func whatIsAnnouncedArrivesOnce() async throws {
    let scene = try Scene()
    let arrivals = Arrivals()
    let receiver = try arrivals.receiver()
    try scene.announce("a", to: "team")
    try scene.announce("b", .opened, "also over", to: "team", "other")
    let dispatcher = scene.dispatcher(["team": scene.sink(receiver.port), "other": scene.sink(receiver.port)])
    #expect(try await scene.deliver(dispatcher) { try scene.undelivered() == 0 })
    #expect(arrivals.sentences.sorted() == ["also over", "also over", "over"])
    #expect(Set(arrivals.ids).count == 3)
    #expect(try scene.deliveries().allSatisfy { $0.state == .delivered && $0.attempts == 1 })
    #expect(try scene.store.read { try Record.head(in: $0).sequence } > 2)
  }

  /// FAULTS 3 and 8: the whole schedule, then a dead letter, of which the fallback hears, and which can be retried.
  @Test func theScheduleIsKeptToTheEnd() async throws {
    let scene = try Scene()
    let (down, up) = (Arrivals(answering: 503), Arrivals())
    let (broken, working) = (try down.receiver(), try up.receiver())
    try scene.announce("a", to: "team")
    let sinks = ["team": scene.sink(broken.port), "people": scene.sink(working.port)]
    let dispatcher = scene.dispatcher(sinks, fallback: ["people"])
    #expect(try await scene.deliver(dispatcher) { try scene.deliveries().map(\.state) == [.dead, .delivered] })

    let dead = try #require(try scene.deliveries(.dead).first)
    let attempts = try scene.attempts(dead)
    #expect(attempts.count == Schedule.mostAttempts)
    for (number, (earlier, later)) in zip(attempts, attempts.dropFirst()).enumerated() {
      let planned = Schedule.next(after: number + 1, of: dead.name, now: earlier.time, asked: nil)
      #expect(later.time == planned)
    }
    #expect(Set(down.ids) == [dead.name])
    #expect(dead.words == "given up after 12 attempts: answered 503")
    #expect(up.sentences == ["over"])

    down.answer(200)
    #expect(try scene.store.write { try Outbox.retry(dead.name, now: scene.clock.now, in: $0) })
    #expect(try await scene.deliver(dispatcher) { try scene.undelivered() == 0 })
    #expect(Set(down.ids) == [dead.name])
  }

  @Test(arguments: [400, 404, 301]) func whatIsRefusedIsADeadLetterAtOnce(status: Int) async throws {
    let scene = try Scene()
    let receiver = try Arrivals(answering: status).receiver()
    try scene.announce("a", to: "team")
    let dispatcher = scene.dispatcher(["team": scene.sink(receiver.port)])
    #expect(try await scene.deliver(dispatcher) { try scene.deliveries(.dead).count == 1 })
    #expect(try scene.deliveries()[0].attempts == 1)
  }

  @Test func aReceiverThatIsGoneGetsNothingMore() async throws {
    let scene = try Scene()
    let (gone, up) = (Arrivals(answering: 410), Arrivals())
    let (old, new) = (try gone.receiver(), try up.receiver())
    for alert in ["a", "b", "c"] { try scene.announce(alert, .opened, alert, to: "old") }
    let sinks = ["old": scene.sink(old.port), "new": scene.sink(new.port)]
    var limits = Dispatcher.Limits()
    limits.inFlight = 1
    let dispatcher = scene.dispatcher(sinks, fallback: ["new"], limits: limits)
    #expect(try await scene.deliver(dispatcher) { up.sentences.count == 3 })
    try scene.announce("d", .opened, "d", to: "old")
    #expect(try await scene.deliver(dispatcher) { up.sentences.count == 4 })
    #expect(up.sentences.sorted() == ["a", "b", "c", "d"])
    #expect(gone.ids.count < 4)
    #expect(try scene.store.read { try Outbox.disabledReceivers(in: $0).map(\.name) } == ["old"])
    #expect(try scene.store.write { try Outbox.retryAll(of: "old", now: scene.clock.now, in: $0) } == 3)
    #expect(try scene.store.read { try Outbox.disabledReceivers(in: $0).isEmpty })
  }

  @Test func retryAfterIsWaitedFor() async throws {
    let scene = try Scene()
    let receiver = try LocalReceiver { _, connection in
      connection.answer(429, headers: [("Retry-After", "7200")])
    }
    try scene.announce("a", to: "team")
    let dispatcher = scene.dispatcher(["team": scene.sink(receiver.port)])
    #expect(
      try await scene.deliver(dispatcher) {
        try scene.deliveries().first.map { try scene.attempts($0).count >= 3 } ?? false
      })
    let attempts = try scene.attempts(scene.deliveries()[0])
    #expect(attempts[1].time.milliseconds - attempts[0].time.milliseconds == 7_200_000)
    #expect(attempts[2].time.milliseconds - attempts[1].time.milliseconds == 7_200_000)
  }

  /// FAULTS 6: one receiver never answers; the other gets everything meanwhile.
  @Test func aHangingReceiverDelaysNobody() async throws {
    let scene = try Scene()
    let arrivals = Arrivals()
    let working = try arrivals.receiver()
    let hanging = try LocalReceiver { _, _ in usleep(20_000_000) }
    defer { hanging.stop() }
    for number in 0..<40 { try scene.announce("\(number)", to: "slow", "fast") }
    let dispatcher = scene.dispatcher(["slow": scene.sink(hanging.port), "fast": scene.sink(working.port)])
    #expect(try await scene.deliver(dispatcher) { arrivals.ids.count == 40 })
    // Not one of the hanging receiver's messages has ended by then.
    #expect(
      try scene.deliveries().filter { $0.receiver == "slow" }.allSatisfy { $0.state == .waiting && $0.attempts == 0 })
  }

  /// FAULTS 10.
  @Test func whatFiredAndResolvedWhileTheReceiverWasDownArrivesInOrder() async throws {
    let scene = try Scene(clock: VirtualClock(horizon: 60_000))
    let arrivals = Arrivals(answering: 503)
    let receiver = try arrivals.receiver()
    let dispatcher = scene.dispatcher(["team": scene.sink(receiver.port)])
    try scene.announce("a", .opened, "a opened", to: "team")
    try scene.announce("b", .opened, "b opened", to: "team")
    #expect(try await scene.deliver(dispatcher) { arrivals.ids.count >= 4 })
    try scene.announce("a", .resolved, "a resolved", to: "team")
    try scene.announce("b", .escalated, "b escalated", to: "team")
    try scene.announce("b", .resolved, "b resolved", to: "team")
    #expect(!arrivals.sentences.contains("a resolved"))
    arrivals.answer(204)
    scene.clock.letPass()
    let before = arrivals.sentences.count
    #expect(try await scene.deliver(dispatcher) { try scene.undelivered() == 0 })
    let delivered = arrivals.sentences.dropFirst(before)
    #expect(delivered.filter { $0.hasPrefix("a") } == ["a opened", "a resolved"])
    #expect(delivered.filter { $0.hasPrefix("b") } == ["b opened", "b escalated", "b resolved"])
  }

  /// FAULTS 7, on a smaller scale: what is spent on a dead receiver is bounded, and when it is back everything arrives.
  @Test func aDeadReceiverCostsLittleAndRecovers() async throws {
    let scene = try Scene(clock: VirtualClock(horizon: 3_600_000))
    let count = 1_000
    let arrivals = Arrivals()
    let placeholder = try LocalReceiver { _, _ in }
    let port = placeholder.port
    placeholder.stop()
    try scene.announce((0..<count).map { Scene.announcement("\($0)", .opened, "\($0)") }, to: ["team"])
    var limits = Dispatcher.Limits()
    limits.burst = .max
    let dispatcher = scene.dispatcher(["team": scene.sink(port)], limits: limits)
    #expect(
      try await scene.deliver(dispatcher) {
        scene.clock.now > Moment(milliseconds: VirtualClock.start.milliseconds + 2_400_000)
      })
    let spent = try scene.deliveries().reduce(0) { $0 + $1.attempts }
    #expect(spent > 5 && spent < 40)
    let receiver = try LocalReceiver(port: port) { arrivals.receive($0, $1) }
    scene.clock.letPass()
    #expect(try await scene.deliver(dispatcher) { try scene.undelivered() == 0 })
    #expect(Set(arrivals.sentences).count == count)
    #expect(arrivals.ids.count == count)
    receiver.stop()
  }

  /// FAULTS 9: the ledger as a crash leaves it between the answer and the commit.
  @Test func aCrashBeforeTheCommitRepeatsTheMessageUnderTheSameId() async throws {
    let scene = try Scene()
    let arrivals = Arrivals()
    let receiver = try arrivals.receiver()
    try scene.announce("a", to: "team")
    var limits = Dispatcher.Limits()
    limits.gathering = .seconds(600)
    let copy = "\(scene.folder.path)/after"
    let dispatcher = scene.dispatcher(["team": scene.sink(receiver.port)], limits: limits)
    _ = try await scene.deliver(dispatcher) {
      guard arrivals.ids.count == 1 else { return false }
      try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
      for name in ["ledger.db", "ledger.db-wal"] {
        try FileManager.default.copyItem(atPath: "\(scene.folder.path)/\(name)", toPath: "\(copy)/\(name)")
      }
      return true
    }
    let store = try Store(
      at: "\(copy)/ledger.db", migrations: Bookkeeping.Tables.migrations + Delivery.Tables.migrations)
    let again = Dispatcher(
      store: store, receivers: ["team": scene.sink(receiver.port)], clock: scene.clock.delivery, report: { _ in })
    for _ in 0..<2 {
      _ = try await scene.deliver(again) { try store.read { try Outbox.undelivered(in: $0).isEmpty } }
    }
    #expect(arrivals.ids.count == 2)
    #expect(Set(arrivals.ids).count == 1)
  }

  @Test func aBurstGoesOutAsOneMessage() async throws {
    let scene = try Scene()
    let arrivals = Arrivals()
    let receiver = try arrivals.receiver()
    let many = (0..<60).map { Scene.announcement("\($0)", .opened, "\($0)") }
    try scene.announce(many, to: ["team"])
    try scene.announce(Array(many.prefix(3)), to: ["team"])
    let dispatcher = scene.dispatcher(["team": scene.sink(receiver.port)])
    #expect(try await scene.deliver(dispatcher) { try scene.undelivered() == 0 })
    #expect(try scene.deliveries().map(\.announcements) == [60, 1, 1, 1])
    #expect(arrivals.sentences.prefix(60) == ArraySlice((0..<60).map { "\($0)" }))
  }

  @Test func whatWaitsForARemovedReceiverGoesToTheFallback() async throws {
    let scene = try Scene(clock: VirtualClock(horizon: 0))
    let arrivals = Arrivals()
    let (down, up) = (try Arrivals(answering: 500).receiver(), try arrivals.receiver())
    try scene.announce("a", .opened, "waiting", to: "old")
    let dispatcher = scene.dispatcher(["old": scene.sink(down.port)])
    #expect(try await scene.deliver(dispatcher) { try scene.deliveries().first?.attempts == 1 })
    try scene.announce("b", .opened, "not sent yet", to: "old")
    await dispatcher.reconfigure(receivers: ["new": scene.sink(up.port)], fallback: ["new"])
    #expect(try await scene.deliver(dispatcher) { arrivals.ids.count == 2 })
    #expect(arrivals.sentences.sorted() == ["not sent yet", "waiting"])
  }

  @Test func logFilesAndWebhooksAreDeliveredAlike() async throws {
    let scene = try Scene()
    let path = "\(scene.folder.path)/alerts.jsonl"
    for number in 0..<100 { try scene.announce("\(number)", to: "log") }
    let dispatcher = scene.dispatcher(["log": LogFileSink(LogFileSettings(path: path))])
    #expect(try await scene.deliver(dispatcher) { try scene.undelivered() == 0 })
    #expect(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count == 100)
  }

  @Test func whatComesWhileItRunsIsSentWhenWoken() async throws {
    let scene = try Scene()
    let arrivals = Arrivals()
    let receiver = try arrivals.receiver()
    let dispatcher = scene.dispatcher(["team": scene.sink(receiver.port)])
    let running = Task { await dispatcher.run() }
    for number in 0..<5 {
      try scene.announce("\(number)", to: "team")
      dispatcher.wake()
      #expect(try await scene.eventually { arrivals.ids.count == number + 1 })
    }
    running.cancel()
    await running.value
    #expect(try scene.undelivered() == 0)
  }
}
