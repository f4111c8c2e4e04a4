import Alerting
import Bookkeeping
import Daemon
import Evaluation
import Finance
import Foundation
import Storage
import TestKit
import Testing

/// FAULTS 31: what was due and has not come is told by the calendar, whether or not anything else ever arrives.
@Suite(.enabled(if: Program.isBuilt, "the daemon is not built"), .timeLimit(.minutes(4))) struct LatenessTests {
  private static let calendar = FinancialCalendar(firstMonth: 4)

  /// The last month that is over for certain, so that a deadline of no days is past; as the daemon will see it too.
  private let last: Period
  private var label: String { Self.calendar.label(last) }
  private func label(_ months: Int) -> String { Self.calendar.label(last.advanced(months: months)) }

  init() {
    let today = Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)).day
    last = Self.calendar.period(containing: today).previousMonth
  }

  private static let due = "due: 0 days after month end"

  @Test func `a return that does not come is late without any drop, and is no longer when it comes`() async throws {
    let site = try Site(source: Self.due + "\n    expects: [N, S]")
    let daemon = try await site.serving()
    try await site.until("both are late") { try site.receiver.alerts().count == 2 }
    #expect(
      try site.receiver.alerts().map(\.summary).sorted() == [
        "opened amber North \(label)", "opened amber South \(label)",
      ])
    let opened = try #require(try site.announcements().first)
    #expect(opened.rule.name == "return_late" && opened.drop == nil)
    #expect(
      opened.subject.keys.map(\.key) == ["organisation", "source"] && opened.subject.attributes["kind"] == "Trust")
    #expect(
      opened.sentence
        == "North has not returned returns for \(label), which was due by \(Self.calendar.lastDay(last))")
    try site.drop(Site.month(label, ["N": 1_000_000]), as: "north.csv")
    try await site.until("North has returned") { try site.receiver.alerts().count == 3 }
    #expect(try site.receiver.alerts().last?.summary == "resolved amber North \(label)")
    try await site.stop(daemon)
    try await site.serveOnce()
    #expect(try site.announcements().count == 3, "a start tells nothing anew")
    try await site.expectNothingLost()
    let due = try ReadOnlyStore(at: site.ledgerPath, migrations: Schema.migrations).read { try Ledger.due(in: $0) }
    #expect(due.map(\.period) == [last] && due.first?.organisations == ["N", "S"])
  }

  @Test func `killed at random moments, a period is due once and told once`() async throws {
    var random = SeededGenerator(seed: 7)
    let site = try Site(source: Self.due)
    for _ in 0..<12 {
      let daemon = try site.serve()
      try await Task.sleep(for: .milliseconds(Int.random(in: 0...400, using: &random)))
      daemon.killNow()
    }
    try await site.serveOnce()
    let told = try site.announcements()
    #expect(Set(told.map(\.subject.name)).count == 4 && told.count == 4, "\(told.map(\.sentence))")
    try await site.expectNothingLost()
  }

  @Test func `a source that nobody waits for any longer leaves nothing late`() async throws {
    let site = try Site(source: Self.due + "\n    expects: [N, S]")
    try await site.serveOnce()
    #expect(try site.announcements().map(\.kind.rawValue) == ["opened", "opened"])
    let path = site.folder.path + "/outturn.yaml"
    let configuration = try String(contentsOfFile: path, encoding: .utf8)
    try site.write(
      configuration.replacing(Self.due, with: "").replacing("expects: [N, S]", with: ""), to: "outturn.yaml")
    try await site.serveOnce()
    let ended = try site.announcements().dropFirst(2).map { "\($0.kind.rawValue) \($0.subject.name): \($0.sentence)" }
    #expect(
      ended
        == ["North", "South"].map {
          "closed \($0): \($0)'s returns for \(label) is no longer waited for: no source returns has a deadline now"
        })
    try await site.serveOnce()
    #expect(try site.announcements().count == 4, "it is said once")
  }

  /// What was due is in the ledger: a replay says what was said, and the past knows nothing of it.
  @Test func `a replay, and a look into the past, go by what was noted`() async throws {
    let site = try Site(source: Self.due)
    try site.drop(Site.month(label(-1), ["N": 1_060_000]), as: "before.csv")
    try await site.serveOnce()
    let replayed = try await site.run("rules", "replay", "--format", "json")
    #expect(replayed.said.contains("return_late"), "\(replayed.said)")
    let alone = try await site.run("rules", "replay", "overspend", "--format", "csv")
    #expect(alone.said.contains("overspend") && !alone.said.contains("return_late"), "\(alone.said)")
    let explained = try await site.run("rules", "explain", "overspend", "--subject", "N", "--at", label)
    #expect(explained.said.contains("due by \(Self.calendar.lastDay(last))"), "\(explained.said)")
    // Where it would come from.
    #expect(explained.said.contains("which returns (\(site.inbox)/"), "\(explained.said)")
    let before = try await site.run(
      "rules", "explain", "overspend", "--subject", "N", "--at", label, "--as-of", "2020-01-01")
    #expect(before.end != .status(0))
  }

  @Test func `without a register whoever returns is judged, and everybody is told so`() async throws {
    let site = try Site(source: Self.due, register: nil)
    let checked = try await site.run("check")
    #expect(checked.end == .status(0) && checked.said.contains("warning[C133]"), "\(checked.said)")
    try site.drop(Site.month(label(-1), ["Q": 1_000_000]), as: "before.csv")
    try site.drop(Site.month(label, ["N": 1_060_000]), as: "now.csv")
    try await site.serveOnce()
    let told = try site.announcements().map { "\($0.kind.rawValue) \($0.rule.name) \($0.subject.name) \($0.period)" }
    #expect(told == ["opened overspend N \(label)", "opened return_late Q \(label)"])
    let explained = try await site.run("rules", "explain", "overspend", "--subject", "N")
    #expect(explained.said.contains("no register is configured"), "\(explained.said)")
  }
}
