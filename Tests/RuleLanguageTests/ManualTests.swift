import Diagnostics
import Foundation
import RuleLanguage
import TestKit
import Testing

/// The pages of the language's words: `outturn help watch`, and the chapters of the reference.
@Suite struct ManualTests {
  /// What an example leaves out to be short, or declares without using it.
  private static let leftOut: Set<String> = ["R501", "R502", "R503", "R504"]

  @Test(arguments: Manual.pages.indices) func itsExampleIsInOrder(_ index: Int) {
    let page = Manual.pages[index]
    let found = findings(in: page.example, page.form).filter { !Self.leftOut.contains($0.code) }
    #expect(found.map { "\($0.code): \($0.message)" } == [], "\(page.name)\n\(page.form.whole(page.example))")
  }

  @Test(arguments: Manual.pages.indices) func isWritten(_ index: Int) {
    let page = Manual.pages[index]
    for sentence in [page.summary] + page.text { #expect(sentence.hasSuffix("."), "\(page.name): \(sentence)") }
    #expect(Set(page.mistakes).count == page.mistakes.count)
    #expect(page.helpText.split(separator: "\n").allSatisfy { $0.count <= 130 }, "\(page.name)")
  }

  @Test func everyWordLeadsToOnePage() {
    let words = Manual.words.map { $0.lowercased() }
    let twice = Dictionary(grouping: words, by: { $0 }).filter { $0.value.count > 1 }.keys
    #expect(twice.sorted() == [])
    for page in Manual.pages { #expect(Manual.page(for: page.name.uppercased())?.name == page.name) }
    #expect(Manual.page(for: " persists   for ")?.name == "persists for")
    #expect(Manual.page(for: "persists")?.name == "persists for")
    #expect(Manual.page(for: "red")?.name == "amber")
    #expect(Manual.page(for: "abvoe") == nil && Manual.page(for: "") == nil)
  }

  @Test func theWordsOfTheLanguageHavePages() {
    let words =
      Words.declarations + Words.aggregates + Words.relations + Words.operators + Words.clauses + Words.testLines
      + Words.states + Words.severities + Words.formats + Words.months
    for word in words { #expect(Manual.page(for: word) != nil, "outturn help \(word)") }
  }

  /// What the parser asks for stands in the syntax of a page: a word that is added to the grammar is added here.
  @Test func theWordsOfTheGrammarAreShown() throws {
    let folder = RulePackRun.root.appending(path: "Sources/RuleLanguage/Parsing")
    let asked = /(?:take|isAt|expect)\((?:word: )?"([^)]*?)"\s*[,)]/
    var words: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let source = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for match in source.matches(of: asked) {
        words.formUnion(match.1.split { !$0.isLetter }.map(String.init))
      }
    }
    let shown = Set(
      Manual.pages.flatMap { $0.syntax + [$0.name] }.flatMap { $0.split { !$0.isLetter }.map(String.init) })
    #expect(words.count > 25, "\(words.sorted())")
    #expect(words.subtracting(shown).sorted() == [])
  }
}
