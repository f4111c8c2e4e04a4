import Alerting
import Foundation
import Testing

/// An alert's whole life as a receiver sees it, from files in an inbox.
@Suite(.enabled(if: Program.isBuilt, "the daemon is not built"), .timeLimit(.minutes(10))) struct LifecycleTests {
  @Test func `opened, escalated, eased, resolved, withdrawn, rules changed, closed with the year`() async throws {
    let site = try Site()
    let daemon = try await site.serving()
    func month(_ period: String, _ north: Int, as name: String? = nil) async throws {
      try site.drop(Site.month(period, ["N": north]), as: "\(name ?? period).csv")
      let count = site.files(in: "accepted").count
      try await site.until("\(period) is taken in") { site.files(in: "accepted").count > count }
    }
    func said(_ expected: [String]) async throws {
      try await site.until("the receiver has \(expected)") { try site.receiver.alerts().count >= expected.count }
      let said = try site.receiver.alerts().map(\.summary)
      #expect(said == expected, "\(said)")
    }
    var expected: [String] = []
    for (number, (forecast, what)) in [
      (1_010_000, nil), (1_030_000, "opened amber"), (1_060_000, "escalated red"), (1_040_000, "eased amber"),
      (1_000_000, "resolved amber"), (1_070_000, "opened red"),
    ].enumerated() {
      let period = "2024-25 M\(number + 1)"
      try await month(period, forecast)
      if let what { expected.append("\(what) North \(period)") }
    }
    try await said(expected)

    try await month("2024-25 M6", 1_010_000, as: "M6 corrected")
    expected.append("withdrawn red North 2024-25 M6")
    try await said(expected)
    let withdrawn = try #require(try site.receiver.alerts().last)
    #expect(withdrawn.was?.shown == "7.0%" && withdrawn.now?.shown == "1.0%")

    try await month("2024-25 M7", 1_060_000)
    expected.append("opened red North 2024-25 M7")
    try await said(expected)

    try site.write(Site.rules.replacing("red above 5%", with: "red above 10%"), to: "rules/site.rules")
    daemon.signal(SIGHUP)
    expected.append("rules_changed amber")
    try await said(expected)
    let changed = try #require(try site.receiver.alerts().last)
    #expect(changed.changes.map { "\($0.subject) \($0.from ?? "") \($0.to ?? "")" } == ["North red amber"])

    try await month("2025-26 M1", 1_000_000)
    expected.append("closed with the year amber North 2024-25 M7")
    try await said(expected)
    try await site.stop(daemon)
    try await site.expectNothingLost()
  }

  /// FAULTS 21.
  @Test func `a corrected file restates: the old version is kept, and only what changed is told`() async throws {
    let site = try Site()
    try site.drop(
      Site.month("2024-25 M1", ["N": 1_060_000, "S": 1_060_000, "E": 1_030_000, "W": 1_000_000]), as: "M1.csv")
    try await site.serveOnce()
    let before = try site.cells()
    let sequence = try #require(try site.announced().map(\.sequence).max())
    #expect(try site.receiver.alerts().count == 3)

    try site.drop(
      Site.month("2024-25 M1", ["N": 1_060_000, "S": 1_010_000, "E": 1_070_000, "W": 1_000_000]), as: "M1.csv")
    try await site.serveOnce()
    let told = try site.receiver.alerts().dropFirst(3)
    #expect(told.map(\.summary).sorted() == ["escalated red East 2024-25 M1", "withdrawn red South 2024-25 M1"])
    #expect(told.allSatisfy { $0.restated })
    #expect(site.files(in: "accepted").count == 2)
    #expect(try site.cells(asOf: sequence) == before)
    #expect(try site.cells() != before)
    try await site.expectNothingLost()
  }

  /// FAULTS 20.
  @Test func `the same bytes under three names are one ingest and two recorded duplicates`() async throws {
    let site = try Site()
    let text = Site.month("2024-25 M1", ["N": 1_060_000])
    for name in ["a.csv", "b.csv", "c.csv"] { try site.drop(text, as: name) }
    try await site.serveOnce()
    #expect(try site.receiver.alerts().map(\.summary) == ["opened red North 2024-25 M1"])
    let drops = try await site.run("drops", "--format", "json").said
    #expect(drops.matches(of: /"outcome" ?: ?"duplicate"/).count == 2, "\(drops)")
    #expect(drops.matches(of: /"outcome" ?: ?"accepted"/).count == 1, "\(drops)")
    #expect(site.files(in: "accepted").count == 3)
    try await site.expectNothingLost()
  }
}
