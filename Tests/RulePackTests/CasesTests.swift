import Evaluation
import Finance
import Foundation
import RuleLanguage
import Testing

/// Cases A to E: every line of `expected.csv` comes out of the drops of its group.
@Suite struct CasesTests {
  struct Expectation: Sendable {
    var caseName: String
    var rule: String
    /// A code or a region; empty is overall.
    var subject: String
    var period: String
    /// `red`, `quiet`, `pending amber`
    var state: String
    /// What the message or the detail contains.
    var text: String
  }

  static let folder = Pack.root.appending(path: "Tests/Fixtures/cases")
  static let groups = ["a", "b", "c", "d", "e", "f"]

  static func expectations(of group: String) throws -> [Expectation] {
    try String(contentsOf: folder.appending(path: "expected.csv"), encoding: .utf8)
      .split(separator: "\n").dropFirst().map(fields).filter { $0[0].lowercased().hasPrefix(group) }.map {
        Expectation(caseName: $0[0], rule: $0[1], subject: $0[2], period: $0[3], state: $0[4], text: $0[5])
      }
  }

  /// Only the last field is ever quoted.
  private static func fields(_ line: Substring) -> [String] {
    line.split(separator: ",", maxSplits: 5, omittingEmptySubsequences: false).map {
      $0.hasPrefix("\"") ? String($0.dropFirst().dropLast()).replacing("\"\"", with: "\"") : String($0)
    }
  }

  static func evaluator(of groups: [String]) throws -> Evaluator {
    let pack = try Pack("nhs-commissioning")
    var ledger = PackLedger(pack)
    for group in groups {
      for source in pack.sources.keys.sorted() {
        let inbox = folder.appending(path: "\(group)/\(source)")
        for name in (try? FileManager.default.contentsOfDirectory(atPath: inbox.path).sorted()) ?? [] {
          try ledger.take(pack.read(inbox.appending(path: name), as: source))
        }
      }
    }
    return ledger.evaluator()
  }

  @Test(arguments: groups) func figuresComeOut(_ group: String) throws {
    try check(Self.expectations(of: group), Self.evaluator(of: [group]))
  }

  /// In one ledger the groups do not get into each other's way.
  @Test func figuresComeOutOfOneLedger() throws {
    let evaluator = try Self.evaluator(of: Self.groups)
    for group in Self.groups { try check(Self.expectations(of: group), evaluator) }
  }

  private func check(_ expectations: [Expectation], _ evaluator: Evaluator) throws {
    #expect(!expectations.isEmpty)
    for expected in expectations {
      let name = "\(expected.caseName) \(expected.rule) \(expected.subject) \(expected.period)"
      let period = try evaluator.program.calendar.parse(expected.period).period
      let subject = Subject(expected.subject.isEmpty ? [] : [expected.subject])
      let isByYear = evaluator.program.rules.first { $0.name == expected.rule }?.isFoldedByYear
      let key = AlertKey(rule: expected.rule, subject: subject, year: isByYear == true ? Int(period.year) : nil)
      let finding = evaluator.finding(for: key, at: period)
      let words = [finding?.sentence, finding?.detail].compactMap { $0 }.joined(separator: "\n")
      #expect(Self.state(evaluator.standing(of: key)?.state(at: period)) == expected.state, "\(name): \(words)")
      #expect(expected.text.isEmpty || words.contains(expected.text), "\(name): \(expected.text) is not in\n\(words)")
    }
  }

  static func state(_ state: FoldState?) -> String {
    switch state?.phase {
    case .firing(let severity): severity.word
    case .pending(let severity): "pending " + severity.word
    case .suppressed(let severity): "suppressed " + severity.word
    case .quiet, nil: "quiet"
    }
  }
}
