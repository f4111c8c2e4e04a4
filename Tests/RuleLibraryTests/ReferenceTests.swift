import Evaluation
import Foundation
import RuleLanguage
import RuleLibrary
import Testing

/// The reference that is kept beside the rules is the one that the code gives. `RECORD_SNAPSHOTS=1` renews it.
@Suite struct ReferenceTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Rules/REFERENCE.md")

  @Test func isUpToDate() throws {
    let now = text
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try Data(now.utf8).write(to: Self.file)
    } else {
      let kept = String(decoding: try Data(contentsOf: Self.file), as: UTF8.self)
      #expect(kept == now, "Rules/REFERENCE.md is stale: outturn rules reference > Rules/REFERENCE.md")
    }
  }

  private var text: String { Reference(.all, logic: TruthTables.all, fold: FoldTimeline.table).markdown }

  /// Words of the language, clauses, functions and codes: an author finds each of them.
  @Test func everyWordIsInIt() {
    let words =
      Words.declarations + Words.clauses + Words.aggregates + Words.relations + Words.operators + Words.testLines
      + Words.states + Words.severities + Words.formats + Words.months + Manual.words
      + FunctionLibrary.all.functions.keys + RuleCode.allCases.map(\.rawValue)
    let text = text
    #expect(words.filter { !text.contains($0.replacing("|", with: "\\|")) } == [])
  }

  @Test func everyLinkLeadsToOnePlace() {
    let text = text
    let headings = text.split(separator: "\n").filter {
      $0.hasPrefix("#") && !$0.hasPrefix("# ") || $0.hasPrefix("# R")
    }
    let anchors = headings.map { heading in
      heading.drop { $0 == "#" }.dropFirst().lowercased().replacing(" ", with: "-").filter {
        $0.isLetter || $0.isNumber || "_-".contains($0)
      }
    }
    let links = Set(text.matches(of: /\]\(#([^)]+)\)/).map { String($0.1) })
    #expect(links.count > 50)
    for link in links { #expect(anchors.count { $0 == link } == 1, "#\(link)") }
  }
}
