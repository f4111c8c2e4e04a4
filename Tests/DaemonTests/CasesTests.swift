import Foundation
import TestKit
import Testing

/// Cases A to E through the whole program: files into inboxes, `outturn serve --once`, announcements out of its log.
@Suite(.enabled(if: RulePackRun.isBuilt, "the program is not built"), .timeLimit(.minutes(10)))
struct CasesTests {
  static let folder = RulePackRun.root.appending(path: "Tests/Fixtures/cases")

  @Test(arguments: ["a", "b", "c", "d", "e", "f"]) func figuresAreAnnounced(_ group: String) throws {
    let run = try RulePackRun("nhs-commissioning", register: "Tests/Fixtures/cases/organisations.csv")
    try run.drop(below: Self.folder.appending(path: group))
    let ended = try run.outturn("serve", "--once")
    #expect(ended.status == 0, "\(ended.errors.suffix(2_000))")

    let announcements = try run.announcements
    for expected in try Self.expectations(of: group) {
      let said = announcements.last {
        $0.rule.name == expected.rule && $0.subject.keys.map(\.value) == expected.subject
          && $0.period.hasPrefix(expected.year)
      }
      if expected.state == "quiet" {
        #expect(said == nil, "\(expected): \(said?.words ?? "")")
      } else if expected.state.hasPrefix("suppressed") {
        // Either never told, or told and then taken back.
        #expect(said == nil || said?.state == "suppressed", "\(expected): \(said?.words ?? "")")
      } else if !expected.state.hasPrefix("pending") {
        #expect(said?.severity == expected.state, "\(expected)")
        #expect(
          expected.text.isEmpty || said?.words.contains(expected.text) == true, "\(expected): \(said?.words ?? "")")
      }
    }
  }

  struct Expectation {
    var rule: String
    var subject: [String]
    var year: String
    var state: String
    var text: String
  }

  /// The lines of `expected.csv` about a group. Only the last field is ever quoted.
  static func expectations(of group: String) throws -> [Expectation] {
    let text = try String(contentsOf: folder.appending(path: "expected.csv"), encoding: .utf8)
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: ",", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
      guard fields[0].lowercased().hasPrefix(group) else { return nil }
      let text = fields[5].hasPrefix("\"") ? String(fields[5].dropFirst().dropLast()) : fields[5]
      return Expectation(
        rule: fields[1], subject: fields[2].isEmpty ? [] : [fields[2]], year: String(fields[3].prefix(7)),
        state: fields[4], text: text)
    }
  }
}
