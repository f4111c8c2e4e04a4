import Foundation
import TestKit
import Testing

/// FAULTS 33, and 9 from end to end: a daemon that is killed at any moment loses nothing and says nothing twice under
/// another name. Ten thousand times with OUTTURN_SOAK=1, a hundred otherwise.
@Suite(.enabled(if: Program.isBuilt, "the daemon is not built"), .serialized) struct KillTests {
  static let cycles = ProcessInfo.processInfo.environment["OUTTURN_SOAK"] == "1" ? 10_000 : 100

  /// A return a month, and now and then a corrected one, in the order in which they are delivered.
  private static func returns(_ count: Int, _ random: inout SeededGenerator) -> [(name: String, text: String)] {
    (0..<count).map { number in
      // Every seventh corrects the one before it.
      let month = number % 7 == 6 ? number - 1 : number
      let year = 1980 + month / 12
      let period = "\(year)-\(String(year + 1).suffix(2)) M\(month % 12 + 1)"
      let forecasts = ["N", "S", "E", "W"].map {
        "\($0),\(period),1000000,\(Int.random(in: 980_000...1_080_000, using: &random))\n"
      }
      return ("\(10_000 + number) \(period).csv", Site.heading + forecasts.joined())
    }
  }

  @Test(.timeLimit(.minutes(cycles > 100 ? 240 : 6)))
  func `killed at random moments, the ledger and what is said are those of a run without a fault`() async throws {
    let seed = UInt64(ProcessInfo.processInfo.environment["OUTTURN_SEED"] ?? "") ?? .random(in: 0...9999)
    var random = SeededGenerator(seed: seed)
    // No more than there are months for between two dates that a calendar knows.
    let returns = Self.returns(min(Self.cycles, 400), &random)

    let peaceful = try Site()
    let clock = ContinuousClock()
    let began = clock.now
    let first = try await peaceful.serving()
    // What else the machine does at this moment must not make the lives of a hundred daemons long.
    let rise = min(clock.now - began, .milliseconds(400))
    for one in returns { try peaceful.drop(one.text, as: one.name) }
    try await peaceful.until("all is taken in", within: 120) { peaceful.files(in: "accepted").count == returns.count }
    try await peaceful.stop(first)
    try await peaceful.serveOnce()

    let site = try Site()
    var arriving = returns[...]
    for cycle in 0..<Self.cycles {
      let isDue =
        arriving.count >= Self.cycles - cycle || Int.random(in: 0..<Self.cycles, using: &random) < returns.count
      let next = isDue ? arriving.popFirst() : nil
      let isEarly = Bool.random(using: &random)
      if let next, isEarly { try site.drop(next.text, as: next.name) }
      let daemon = try site.serve()
      // From before it has read its configuration to after it has delivered everything.
      let life = rise * 2 * Double.random(in: 0...1, using: &random)
      try await Task.sleep(for: life / 2)
      if let next, !isEarly { try site.drop(next.text, as: next.name) }
      try await Task.sleep(for: life / 2)
      #expect(daemon.end == nil, "it ended by itself\n\(site.said.suffix(2000))")
      daemon.killNow()
    }
    for one in arriving { try site.drop(one.text, as: one.name) }
    try await site.serveOnce()

    let comment: Comment = "again with OUTTURN_SEED=\(seed)"
    #expect(try site.cells() == peaceful.cells(), comment)
    try site.expectSameAnnouncements(as: peaceful, comment)
    #expect(try !site.announcements().isEmpty)
    #expect(site.files(in: "accepted") == peaceful.files(in: "accepted"), comment)
    #expect(site.files(in: ".").filter { $0.hasSuffix(".csv") } == [], comment)
    try await site.expectNothingLost()
    print(
      "killed \(Self.cycles) times (seed \(seed)), \(try site.announcements().count) announcements, "
        + "\(site.receiver.arrivals.count) deliveries of \(Set(site.receiver.arrivals.map(\.id)).count) messages")
  }

  @Test(.timeLimit(.minutes(3)))
  func `killed as soon as a receiver has its answer, the same message may come again and no other`() async throws {
    let site = try Site()
    try site.drop(Site.month("2024-25 M1", ["N": 1_030_000, "S": 1_060_000]), as: "M1.csv")
    for _ in 0..<5 {
      let daemon = try site.serve()
      site.receiver.afterEachAnswer { daemon.signal(SIGKILL) }
      try? await site.until("it is killed", within: 5) { daemon.end != nil }
      site.receiver.afterEachAnswer(nil)
      daemon.killNow()
    }
    try await site.serveOnce()
    #expect(
      try site.receiver.alerts().map(\.summary).sorted() == [
        "opened amber North 2024-25 M1", "opened red South 2024-25 M1",
      ])
    try await site.expectNothingLost()
  }
}
