import Foundation
import Testing

/// What happens to a daemon while it serves: a receiver that is down, a bad reload, a second daemon, the end.
@Suite(.enabled(if: Program.isBuilt, "the daemon is not built"), .timeLimit(.minutes(10))) struct ServingTests {
  static func year(_ forecasts: [Int]) -> [String] {
    forecasts.indices.map { Site.month("2024-25 M\($0 + 1)", ["N": forecasts[$0], "S": 1_010_000]) }
  }

  /// FAULTS 10.
  @Test func `what fired and resolved while the receiver was down arrives in order when it is up again`() async throws {
    let site = try Site()
    site.receiver.goDown()
    let daemon = try await site.serving()
    for (number, text) in Self.year([1_030_000, 1_060_000, 1_000_000]).enumerated() {
      try site.drop(text, as: "M\(number + 1).csv")
      try await site.until("it is taken in") { site.files(in: "accepted").count == number + 1 }
    }
    try await site.until("it is tried in vain") {
      try await site.run("deliveries", "--format", "json").said.contains("last_words")
    }
    #expect(site.receiver.arrivals.isEmpty)
    try site.receiver.comeUp()
    let retried = try await site.run("deliveries", "retry")
    #expect(retried.end == .status(0), "\(retried.said)")
    try await site.until("all arrive") { try site.receiver.alerts().count == 3 }
    #expect(try site.receiver.alerts().map(\.state) == ["opened", "escalated", "resolved"])
    try await site.stop(daemon)
    try await site.expectNothingLost()
  }

  /// FAULTS 45.
  @Test func `a bad reload under load leaves the old rules in force and is told`() async throws {
    let peaceful = try Site()
    let site = try Site()
    let texts = Self.year([1_030_000, 1_060_000, 1_040_000, 1_000_000, 1_070_000, 1_080_000, 1_030_000, 1_000_000])
    for (number, text) in texts.enumerated() { try peaceful.drop(text, as: "M\(number + 1).csv") }
    try await peaceful.serveOnce()

    let daemon = try await site.serving()
    try site.write(Site.rules.replacing("(forecast - plan) / plan", with: "forecast - 5%"), to: "rules/site.rules")
    for (number, text) in texts.enumerated() {
      try site.drop(text, as: "M\(number + 1).csv")
      daemon.signal(SIGHUP)
      try await Task.sleep(for: .milliseconds(100))
    }
    func told(_ name: String) throws -> Int { try site.receiver.alerts().filter { $0.rule.name == name }.count }
    let expected = try peaceful.receiver.alerts().map(\.summary)
    try await site.until("all is told") { try told("overspend") == expected.count && told("reload_failed") > 0 }
    #expect(try site.receiver.alerts().filter { $0.rule.name == "overspend" }.map(\.summary) == expected)
    let failure = try #require(try site.receiver.alerts().first { $0.rule.name == "reload_failed" })
    #expect(failure.detail?.contains("site.rules") == true, "\(failure.detail ?? "")")

    // Mended, it is taken up.
    try site.write(Site.rules.replacing("amber above 2%", with: "amber above 0.5%"), to: "rules/site.rules")
    daemon.signal(SIGHUP)
    try await site.until("the mended rules are in force") { try told("rules_changed") == 1 }
    try await site.stop(daemon)
    try await site.expectNothingLost()
  }

  @Test func `a second daemon is refused and the first goes on`() async throws {
    let site = try Site()
    let daemon = try await site.serving()
    let second = try await site.run("serve")
    #expect(second.end == .status(2))
    #expect(second.said.contains("Another outturn has this ledger: process \(daemon.process)"), "\(second.said)")
    try site.drop(Site.month("2024-25 M1", ["N": 1_060_000]), as: "M1.csv")
    try await site.until("the first still serves") { try site.receiver.alerts().count == 1 }
    // It also still answers at its socket.
    #expect(try await site.run("drops", "reject", "1", "--because", "no reason").said.contains("waits for a decision"))
    try await site.stop(daemon)
  }

  @Test func `SIGTERM finishes the drop at hand and leaves the rest where it lies`() async throws {
    let site = try Site()
    let count = 300
    for number in 0..<count {
      let period = "\(1900 + number / 12)-\(String(1901 + number / 12).suffix(2)) M\(number % 12 + 1)"
      try site.drop(
        Site.month(period, ["N": number % 3 == 0 ? 1_060_000 : 1_000_000, "S": 1_000_000]), as: "\(1000 + number).csv")
    }
    let daemon = try site.serve()
    // On a thread of its own: the other tests may keep this one from its turn until all is read.
    Thread.detachNewThread {
      while site.files(in: "accepted").isEmpty, daemon.end == nil { usleep(5000) }
      daemon.signal(SIGTERM)
    }
    try await site.until("it stops") { daemon.end != nil }
    #expect(daemon.end == .status(0), "\(site.said)")
    let done = site.files(in: "accepted").count
    #expect(done < count, "it read on for all of the inbox")
    #expect(site.files(in: ".").filter { $0.hasSuffix(".csv") }.count == count - done, "no drop is between two places")
    try await site.serveOnce()
    #expect(site.files(in: "accepted").count == count)
    try await site.expectNothingLost()
  }

  /// Held for a person, who decides while the daemon runs and while none does.
  @Test(arguments: [true, false]) func `a held drop is taken in when a person says so`(isServing: Bool) async throws {
    let site = try Site(source: "checks: { plausible: { total: within 5 times the median of the last 6 drops } }")
    for (number, text) in Self.year([1_000_000, 1_000_000, 1_000_000, 1_000_000]).enumerated() {
      try site.drop(text, as: "M\(number + 1).csv")
    }
    try await site.serveOnce()
    try site.drop(Site.month("2024-25 M5", ["N": 130_000_000, "S": 1_010_000]), as: "M5.csv")
    try await site.serveOnce()
    #expect(site.files(in: "held") == ["M5.csv"])
    #expect(try site.receiver.alerts().map(\.summary) == ["drop_held amber"])
    let detail = try #require(try site.receiver.alerts().first?.detail)
    let id = try #require(detail.firstMatch(of: /accept (\d+)/)?.1)

    let daemon = isServing ? try await site.serving() : nil
    let accepted = try await site.run("drops", "accept", String(id), "--because", "the trust confirmed it")
    #expect(accepted.end == .status(0), "\(accepted.said)")
    #expect(site.files(in: "held") == [] && site.files(in: "accepted").contains("M5.csv"))
    if let daemon {
      try await site.until("it is told") { try site.receiver.alerts().count == 2 }
      try await site.stop(daemon)
    } else {
      try await site.serveOnce()
    }
    #expect(try site.receiver.alerts().last?.summary == "opened red North 2024-25 M5")
    let again = try await site.run("drops", "accept", String(id), "--because", "once more")
    #expect(again.end == .status(1) && again.said.contains("waits for a decision"), "\(again.said)")
    let shown = try await site.run("drops", "show", String(id)).said
    #expect(shown.contains("the trust confirmed it"), "\(shown)")
    try await site.expectNothingLost()
  }
}
