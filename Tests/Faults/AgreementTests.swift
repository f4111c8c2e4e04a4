import Foundation
import TestKit
import Testing

/// `alerts`, `rules explain` and the record say the same of everybody, whatever an alert has been through: what the one
/// lists as firing fires by the other, since the same period, and that is what was announced last.
@Suite(.enabled(if: Program.isBuilt, "the daemon is not built"), .timeLimit(.minutes(10))) struct AgreementTests {
  private static let rules = Site.rules.replacing(
    "  message", with: "  suppress when plan > £1.5m because \"it is agreed\"\n  message")

  /// A month of returns: by organisation the plan in thousands, and how far the forecast is over it, in thousandths.
  private typealias Returns = [String: (plan: Int, over: Int)]

  private func drop(_ period: String, _ returns: Returns, on site: Site, as name: String? = nil) async throws {
    let rows = returns.sorted { $0.key < $1.key }.map { code, figures in
      "\(code),\(period),\(figures.plan * 1000),\(figures.plan * (1000 + figures.over))\n"
    }
    try site.drop(Site.heading + rows.joined(), as: "\(name ?? period).csv")
    try await site.serveOnce()
  }

  @Test func `what stands, why it stands and what was said are one`() async throws {
    let site = try Site()
    try site.write(Self.rules, to: "rules/site.rules")
    let steps: [(period: String, returns: Returns, told: [String])] = [
      ("2024-25 M1", ["N": (1000, 10), "S": (1000, 60)], ["opened red South"]),
      ("2024-25 M2", ["N": (1000, 30), "S": (1000, 60)], ["opened amber North"]),
      ("2024-25 M3", ["N": (1000, 60), "S": (1000, 60)], ["escalated red North"]),
      ("2024-25 M4", ["N": (1000, 40), "S": (2000, 60)], ["eased amber North", "suppressed red South"]),
      ("2024-25 M5", ["N": (2000, 40), "S": (2000, 60)], ["suppressed amber North"]),
      ("2024-25 M6", ["N": (1000, 40), "S": (1000, 10)], ["opened amber North"]),
      ("2024-25 M7", ["N": (1000, 0), "S": (1000, 70)], ["resolved amber North", "opened red South"]),
    ]
    for step in steps {
      let before = step.period == steps[0].period ? 0 : try Record(site).said.count
      try await drop(step.period, step.returns, on: site)
      let said = try Record(site).said.dropFirst(before).filter { $0.rule.name == "overspend" }.map {
        "\($0.kind) \($0.severity) \($0.subject.name)"
      }
      #expect(said.sorted() == step.told.sorted(), "\(step.period)")
      try await expectAgreement(on: site, step.period)
    }
    try await drop("2024-25 M7", ["N": (1000, 0), "S": (1000, 10)], on: site, as: "M7 corrected")
    #expect(try Record(site).said.last { $0.rule.name == "overspend" }?.kind == "withdrawn")
    try await expectAgreement(on: site, "withdrawn")
    try await drop("2024-25 M8", ["N": (1000, 20), "S": (1000, 70), "E": (1000, 30), "W": (1000, 15)], on: site)
    try await expectAgreement(on: site, "M8")
    // Nothing of one of them, and no source says when it is due: what was said stands.
    for month in 9...11 {
      try await drop("2024-25 M\(month)", ["N": (1000, 20), "E": (1000, 30), "W": (1000, 15)], on: site)
      try await expectAgreement(on: site, "M\(month)")
    }
    #expect(try Standing.all(on: site).contains { $0.keys == ["S"] && $0.rule == "overspend" && $0.state == "firing" && !$0.isStale })

    // Rules that the daemon has not taken up yet.
    for (band, state, codes) in [("amber above 3.5%", "outdated", ["E"]), ("amber above 1%", "firing", ["N", "W"])] {
      try site.write(Self.rules.replacing("amber above 2%", with: band), to: "rules/site.rules")
      let rows = try Standing.all(on: site).filter { row in
        row.rule == "overspend" && row.state == state && (state == "outdated" || row.id == nil)
      }
      #expect(rows.flatMap(\.keys).sorted() == codes, "\(band)")
      for row in rows {
        let explained = try Explained(row.keys[0], on: site)
        #expect(explained.state.hasPrefix("firing") == (state == "firing"), "\(band): \(row) \(explained)")
        let last = try Record(site).last(of: row.keys[0])
        #expect((last?.isOpen ?? false) == (state == "outdated"), "\(band): \(row)")
        if state == "outdated" { #expect(last?.severity == row.severity) }
      }
      let text = try site.said(["alerts"])
      #expect(text.contains(state == "outdated" ? "amber as announced" : "not announced yet"), "\(text)")
    }
    try await site.serveOnce()
    #expect(try Record(site).said.last?.rule.name == "rules_changed")
    try await expectAgreement(on: site, "rules taken up")

    try await drop("2025-26 M1", ["N": (1000, 0), "E": (1000, 70), "W": (1000, 15), "S": (1000, 0)], on: site)
    try await expectAgreement(on: site, "the next year")
    try await site.expectNothingLost()
  }

  /// Of every organisation that has returned anything.
  private func expectAgreement(on site: Site, _ moment: String) async throws {
    let rows = try Standing.all(on: site).filter { $0.rule == "overspend" }
    let record = try Record(site)
    let codes = ["N", "S", "E", "W"].filter { code in
      (try? FileManager.default.contentsOfDirectory(atPath: site.inbox + "/accepted"))?.contains { name in
        site.contents("accepted/\(name)").contains("\n\(code),")
      } ?? false
    }
    #expect(!codes.isEmpty)
    for code in codes {
      let row = rows.filter { $0.keys == [code] }
      let explained = try Explained(code, on: site)
      let last = record.last(of: code)
      let words: Comment = "\(moment), \(code): \(row), \(explained), \(String(describing: last))"
      #expect(row.count <= 1, words)
      #expect(row.first.map { "\($0.state) \($0.severity)" } == explained.up, words)
      #expect(row.first?.isStale ?? explained.isStale == explained.isStale, words)
      if let row = row.first {
        #expect(row.since == explained.since && row.openSince == explained.openSince, words)
      }
      // What was said last leaves it open where it fires, and only there.
      #expect(last?.isOpen ?? false == (row.first?.state == "firing"), words)
      if let row = row.first, row.state == "firing" {
        #expect(row.severity == last?.severity, words)
        #expect(last?.since == nil || last?.since == row.openSince, words)
      }
    }
  }

  // MARK: What the commands say

  private struct Standing: Decodable {
    var id: Int64?
    var rule: String
    var keys: [String]
    var state: String
    var severity: String
    var since: String?
    var openSince: String?
    var isStale: Bool

    static func all(on site: Site) throws -> [Standing] { try site.said(as: [Standing].self, ["alerts"]) }
  }

  private struct Explained: Decodable {
    var state: String
    var since: String?
    var openSince: String?
    var isStale: Bool
    /// "firing red", "suppressed amber"; nil where it is neither.
    var up: String? {
      let words = state.split(separator: " ").prefix(2).joined(separator: " ")
      return words.hasPrefix("firing") || words.hasPrefix("suppressed") ? words : nil
    }

    init(_ code: String, on site: Site) throws {
      self = try site.said(as: Explained.self, ["rules", "explain", "overspend", "--subject", code])
    }
  }

  private struct Said: Decodable {
    struct Rule: Decodable { var name: String }
    struct Subject: Decodable {
      struct Key: Decodable { var value: String }
      var name: String
      var keys: [Key]
    }
    struct Change: Decodable {
      var kind: String
      var rule: String
      var subject: String
      var to: String?
    }
    var kind: String
    var severity: String
    var rule: Rule
    var subject: Subject
    var since: String?
    var changes: [Change]
  }

  /// What was announced, in its order.
  private struct Record {
    var said: [Said]
    init(_ site: Site) throws { said = try site.said(as: [Said].self, ["alerts", "history", "--limit", "1000"]) }

    /// What was said last of an organisation, by itself or among the changes of the rules.
    func last(of code: String) -> (severity: String, isOpen: Bool, since: String?)? {
      let names = ["N": "North", "S": "South", "E": "East", "W": "West"]
      for said in said.reversed() {
        if said.rule.name == "overspend", said.subject.keys.map(\.value) == [code] {
          return (said.severity, ["opened", "escalated", "eased"].contains(said.kind), said.since)
        }
        if let change = said.changes.last(where: { $0.rule == "overspend" && $0.subject == names[code] }) {
          return (change.to ?? "", change.to != nil, nil)
        }
      }
      return nil
    }
  }
}

extension Site {
  /// What a command says, which has to succeed.
  fileprivate func said(_ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let ended = try BuiltProgram.outturn.run(arguments + ["--config", "\(folder.path)/outturn.yaml"])
    #expect(ended.status == 0, "\(arguments): \(ended.errors.suffix(2000))", sourceLocation: sourceLocation)
    return ended.output
  }

  fileprivate func said<Value: Decodable>(as type: Value.Type, _ arguments: [String]) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(said(arguments + ["--format", "json"]).utf8))
  }
}
