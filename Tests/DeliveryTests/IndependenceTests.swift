import Alerting
import Delivery
import Finance
import Foundation
import Receiving
import Sinks
import Synchronization
import TestKit
import Testing
import Transfers

/// FAULTS 6, 7 and 10: receivers do not disturb each other, one that is down costs little, and order is kept.
@Suite(.timeLimit(.minutes(5))) struct IndependenceTests {
  @Test func aReceiverThatHangsDelaysNoOther() async throws {
    let isOver = Mutex(false)
    defer { isOver.withLock { $0 = true } }
    let hanging = try Listener { _, _ in
      while !isOver.withLock(\.self) { sleepMilliseconds(5) }
      return .init()
    }
    let living = try Listener { _, _ in .init() }
    let transfers = try Transfers { host in
      while !isOver.withLock(\.self) { sleepMilliseconds(5) }
      return .failure(TransferFailure(.unresolved, "\(host) has no address"))
    }
    let office = try Office(
      [
        "hanging": Office.webhook(hanging.url, over: transfers),
        "nameless": Office.webhook("http://nobody.test/", over: transfers),
        "living": Office.webhook(living.url, over: transfers),
      ], transfers: transfers)
    try office.announce((0..<60).map { "alert \($0)" }, to: ["hanging", "nameless", "living"])
    try await eventually { living.requests.count == 60 }
    // The others never answer before the test is over: had the living one waited for them, it would wait still.
    #expect((1...16).contains(hanging.requests.count))
    await office.dispatcher.stop(within: .milliseconds(100))
    #expect(try office.count(.delivered) == 60)
  }

  @Test func atMostEightAreOnTheirWayToAReceiver() async throws {
    let listener = try Listener { _, _ in
      sleepMilliseconds(20)
      return .init()
    }
    let office = try Office(["finance": listener])
    try office.announce((0..<40).map { "alert \($0)" })
    try await eventually { try office.count(.delivered) == 40 }
    #expect((2...8).contains(listener.mostAtOnce))
    #expect(Set(listener.ids).count == 40)
    #expect(listener.requests.count == 40)
  }

  /// Ten thousand with OUTTURN_SOAK=1.
  @Test func aDeadReceiverCostsFewAttemptsAndGetsAllOnceItLives() async throws {
    let total = unsafe getenv("OUTTURN_SOAK") == nil ? 1000 : 10_000
    var listener: Listener? = try Listener { _, _ in nil }
    let port = try #require(listener?.port)
    let url = try #require(listener?.url)
    listener?.stop()
    listener = nil
    let transfers = try Transfers()
    let office = try Office(["finance": Office.webhook(url, over: transfers)], transfers: transfers)
    try office.announce((0..<total).map { "alert \($0)" })
    try await eventually { try office.count(.waiting) == total }
    try await office.settle()
    let memory = residentBytes(), descriptors = openDescriptors()

    for _ in 0..<24 * 3 {
      office.clock.move(milliseconds: 20 * 60_000)
      try await office.settle()
    }
    #expect((80...100).contains(try office.attemptCount))
    #expect(residentBytes() - memory < 20 << 20)
    #expect(openDescriptors() - descriptors < 20)
    #expect(office.troubles.count == 1)

    let revived = try Listener(port: port) { _, _ in .init() }
    office.clock.move(milliseconds: 20 * 60_000)
    try await eventually { try office.count(.delivered) == total }
    #expect(revived.requests.count == total)
    #expect(Set(revived.ids).count == total)
    #expect(office.troubles.contains(.up(receiver: "finance")))
  }

  @Test func whatFiredAndResolvedWhileAReceiverWasDownArrivesInOrder() async throws {
    let isUp = Mutex(false)
    let listener = try Listener { _, _ in .init(status: isUp.withLock(\.self) ? 200 : 503) }
    let office = try Office(["finance": listener])
    try office.announce(["overspend"], .opened)
    try await office.settle()
    try office.announce(["overspend"], .escalated)
    try office.announce(["overspend"], .resolved)
    try await office.settle()
    #expect(listener.requests.count == 1)
    isUp.withLock { $0 = true }
    office.clock.move(to: try #require(try office.messages[0].due))
    try await eventually { try office.count(.delivered) == 3 }
    #expect(try listener.ids.dropFirst() == office.messages.map(\.id)[...])
  }

  @Test func eachAlertKeepsItsOrderAmongManyThatFail() async throws {
    // Every third request fails, and answers take different times.
    let listener = try Listener { number, _ in
      sleepMilliseconds(UInt32(number * 7 % 11))
      return .init(status: number % 3 == 0 ? 503 : 200)
    }
    let office = try Office(["finance": listener])
    for kind in [.opened, .escalated, .eased, .resolved] as [Announcement.Kind] {
      try office.announce((0..<15).map { "alert \($0)" }, kind)
    }
    try await eventually {
      office.clock.move(milliseconds: 1000)
      return try office.count(.delivered) == 60
    }
    let messages = try office.messages
    for alert in 0..<15 {
      let own = (0..<4).map { messages[$0 * 15 + alert].id }
      // First deliveries, in the order that they came in: a repetition of an earlier one never follows a later one.
      let seen = listener.ids.filter(own.contains)
      #expect(seen == seen.sorted { own.firstIndex(of: $0)! < own.firstIndex(of: $1)! })
    }
  }
}

private func residentBytes() -> Int {
  let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
  return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * 4096
}

private func openDescriptors() -> Int {
  (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count ?? 0
}
