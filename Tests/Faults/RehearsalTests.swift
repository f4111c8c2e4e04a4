import Alerting
import Foundation
import TestKit
import Testing

/// What people ask of rules beside a running daemon: replay says what the daemon said, explain where a figure came from,
/// diff what another rule set would have said.
@Suite(.enabled(if: Program.isBuilt, "the daemon is not built"), .timeLimit(.minutes(10))) struct RehearsalTests {
  private struct Replayed: Decodable {
    struct Said: Decodable, Hashable {
      var kind: String
      var rule: String
      var name: String
      var period: String
      var severity: String
      var restated: Bool
      var sentence: String
    }
    var announcements: [Said]
    var open_after: Int
  }

  /// A year in which a month is corrected, a return is late, and the next year begins.
  private func lived() async throws -> Site {
    let site = try Site()
    let drops: [(String, String)] = [
      ("1", Site.month("2024-25 M1", ["N": 1_010_000, "S": 1_000_000])),
      ("2", Site.month("2024-25 M2", ["N": 1_030_000, "S": 1_060_000])),
      ("3", Site.month("2024-25 M2", ["N": 1_030_000, "S": 1_001_000])),
      ("4", Site.month("2024-25 M3", ["N": 1_070_000])), ("5", Site.month("2024-25 M3", ["S": 1_080_000])),
      ("6", Site.month("2024-25 M4", ["N": 1_000_000, "S": 1_080_000])),
      ("7", Site.month("2025-26 M1", ["N": 1_000_000, "S": 1_000_000])),
    ]
    for (name, text) in drops { try site.drop(text, as: "\(name).csv") }
    try await site.serveOnce()
    return site
  }

  private func replay(_ site: Site, _ more: String...) throws -> Replayed {
    let said = try site.runNow(["rules", "replay", "--format", "json"] + more)
    return try JSONDecoder().decode(Replayed.self, from: Data(said.utf8))
  }

  @Test func `replay says what the daemon said`() async throws {
    let site = try await lived()
    let live = try site.announcements().filter { $0.kind != .rulesChanged }.map {
      Replayed.Said(
        kind: $0.kind.rawValue, rule: $0.rule.name, name: $0.subject.name, period: $0.period, severity: $0.severity,
        restated: $0.restated, sentence: $0.sentence)
    }
    let replayed = try replay(site)
    #expect(replayed.announcements == live)
    #expect(
      Set(live.map(\.kind)).isSuperset(of: ["opened", "escalated", "resolved", "withdrawn", "closed with the year"]))
    #expect(replayed.open_after == 0)

    let part = try replay(site, "--from", "2024-25 M3", "--to", "2024-25 M4")
    #expect(part.announcements == live.filter { ["2024-25 M3", "2024-25 M4"].contains($0.period) })
    for command in [["rules", "replay", "overspend"], ["rules", "diff", "\(site.folder.path)/rules"]] {
      for (span, complaint) in [
        (
          ["--from", "2099-01-01"],
          "The ledger has nothing from 2099-01-01 on. The ledger has 2024-25 M1 to 2025-26 M1;"
        ),
        (["--from", "2026-27"], "Write a --from that is in it: --from \"2025-26 M1\" is its last."),
        (["--to", "2001-12-31"], "The ledger has nothing up to 2001-12-31."),
        (["--to", "2023-24 M12"], "--to \"2024-25 M1\" is its first."),
        (["--from", "2024-25 M4", "--to", "2024-25 M3"], "--from 2024-25 M4 comes after --to 2024-25 M3"),
        (["--from", "2099-01-02", "--to", "2099-01-01"], "--from 2099-01-02 comes after --to 2099-01-01"),
      ] {
        let answer = try site.runNow(command + span, status: 2)
        #expect(answer.contains(complaint), "\(answer)")
      }
    }

    // As the ledger has it now, the month that was corrected never was over.
    let byPeriod = try replay(site, "--by-period")
    #expect(!byPeriod.announcements.contains { $0.kind == "withdrawn" })
    #expect(byPeriod.announcements.contains { $0.kind == "opened" && $0.name == "South" && $0.period == "2024-25 M3" })
  }

  @Test func `explain names the file, the row and what was first reported`() async throws {
    let site = try await lived()
    let said = try site.runNow(["rules", "explain", "overspend", "--subject", "South", "--at", "2024-25 M2"])
    #expect(said.contains("South (S), 2024-25 M2: nothing breached"), "\(said)")
    #expect(said.contains("forecast of S, 2024-25 M2: 3.csv, row 3"))
    #expect(said.contains("first reported as £1.1m (1060000) in 2.csv, row 3"))
    #expect(said.contains("forecast were above £1.02m (now £1.0m)"), "\(said)")
    for (arguments, complaint) in [
      (["overspent"], "did you mean “overspend”?"),
      (["overspend", "--subject", "Sout"], "did you mean “South”?"),
      (["overspend"], "Whom? --subject takes a code or a name."),
      (["overspend", "--subject", "S", "--at", "2023-24 M9"], "there is 2024-25 M1 to 2025-26 M1"),
      (["overspend", "--subject", "S", "--as-of", "soon"], "--as-of takes a day"),
    ] {
      let answer = try site.runNow(["rules", "explain"] + arguments, status: 2)
      #expect(answer.contains(complaint), "\(answer)")
    }
  }

  private static let git = "/usr/bin/git"

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: git), "git is not installed"))
  func `diff compares folders and revisions`() async throws {
    let site = try await lived()
    let rules = "\(site.folder.path)/rules"
    for arguments in [["init", "-q"], ["add", "."], ["commit", "-qm", "as it was"]] {
      let process = Process()
      process.executableURL = URL(filePath: Self.git)
      process.arguments = ["-C", rules, "-c", "user.name=Test", "-c", "user.email=test@example"] + arguments
      process.environment = ["HOME": site.folder.path]
      try process.run()
      process.waitUntilExit()
      try #require(process.terminationStatus == 0)
    }
    try site.write(Site.rules.replacing("amber above 2%", with: "amber above 4%"), to: "rules/site.rules")
    let said = try site.runNow(["rules", "diff", "HEAD"])
    #expect(said.contains("0 added, 0 removed, 1 changed"), "\(said)")
    #expect(said.contains("-  amber above 2%") && said.contains("+  amber above 4%"))
    #expect(said.contains("overspend, North: amber, red from 2024-25 M2, resolved 2024-25 M4"))
    #expect(said.contains("→ red from 2024-25 M3, resolved 2024-25 M4"))
    #expect(try site.runNow(["rules", "diff", "HEAD:./", rules]).contains("1 changed"))
    #expect(try site.runNow(["rules", "diff", rules]).contains("The rules are the same: 1."))
    _ = try site.runNow(["rules", "diff", "HEAD", "--exit-code"], status: 1)
    for hostile in [
      "--output=x", "HEAD:../..", "HEAD --all", "$(id)", "", "HEAD\n", String(repeating: "a", count: 600),
    ] {
      _ = try site.runNow(["rules", "diff", "--", hostile], status: 2)
    }
    #expect(try String(contentsOfFile: "\(rules)/site.rules", encoding: .utf8).contains("above 4%"))
  }
}

extension Site {
  /// Runs a command of this site to its end, in the folder of its rules.
  fileprivate func runNow(
    _ arguments: [String], status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    // The site's own options come before a `--`.
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    let all = Array(arguments[..<end]) + ["--config", "\(folder.path)/outturn.yaml"] + Array(arguments[end...])
    let ended = try BuiltProgram.outturn.run(all, in: "\(folder.path)/rules")
    #expect(ended.status == status, "\(arguments): \(ended.errors.suffix(2000))", sourceLocation: sourceLocation)
    return ended.output + ended.errors
  }
}
