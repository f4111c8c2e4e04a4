import Foundation
import RuleLanguage
import RuleLibrary
import Testing

/// What editors are given holds the words of the language itself.
struct EditorTests {
  private static let editors = UnitTests.deploy.appending(path: "editors")

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: editors.appending(path: path), encoding: .utf8)
  }

  @Test(arguments: ["package.json", "language-configuration.json", "syntaxes/outturn-rules.tmLanguage.json"])
  func `is JSON`(_ path: String) throws {
    let data = Data(try Self.text("vscode/" + path).utf8)
    #expect((try JSONSerialization.jsonObject(with: data) as? [String: Any])?.isEmpty == false)
  }

  @Test func `the extension's files are there`() throws {
    let package = try JSONSerialization.jsonObject(with: Data(try Self.text("vscode/package.json").utf8))
    let contributes = try #require((package as? [String: Any])?["contributes"] as? [String: Any])
    let languages = try #require(contributes["languages"] as? [[String: Any]])
    let grammars = try #require(contributes["grammars"] as? [[String: Any]])
    for path in [languages[0]["configuration"], grammars[0]["path"], (package as? [String: Any])?["main"]] {
      let path = try #require(path as? String)
      #expect(FileManager.default.fileExists(atPath: Self.editors.appending(path: "vscode/" + path).path), "\(path)")
    }
  }

  /// Each list by its name in the TextMate grammar (and, capitalised, in Vim's).
  private static let lists: [(name: String, words: [String])] = [
    ("declarations", Words.declarations), ("clauses", Words.clauses), ("operators", Words.operators),
    ("relations", Words.relations), ("aggregates", Words.aggregates), ("severities", Words.severities),
    ("formats", Words.formats), ("months", Words.months),
    ("functions", FunctionLibrary.all.functions.keys.sorted()),
  ]

  @Test(arguments: lists.indices)
  func `the TextMate grammar has the language's words`(_ index: Int) throws {
    let (name, words) = Self.lists[index]
    let text = try Self.text("vscode/syntaxes/outturn-rules.tmLanguage.json")
    let grammar = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let rule = (grammar?["repository"] as? [String: [String: Any]])?[name]
    let match = try #require(rule?["match"] as? String, "\(name)")
    #expect(alternatives(match, between: "(", "|", ")") == Set(words), "\(name)")
  }

  @Test(arguments: lists.indices)
  func `Vim's syntax has the language's words`(_ index: Int) throws {
    let (name, words) = Self.lists[index]
    let group = "outturn" + name.prefix(1).uppercased() + name.dropFirst()
    let lines = try Self.text("vim/syntax/outturn.vim").components(separatedBy: "\n")
    let line = try #require(
      lines.first { $0.hasPrefix("syntax match \(group) ") || $0.hasPrefix("syntax keyword \(group) ") })
    if line.hasPrefix("syntax keyword") {
      #expect(Set(line.split(separator: " ").dropFirst(3).map(String.init)) == Set(words))
    } else {
      #expect(alternatives(line, between: "\\%(", "\\|", "\\)", of: words.count) == Set(words), "\(name)")
    }
  }

  /// The words of a pattern's group of alternatives: the largest group, or the one of that size.
  private func alternatives(
    _ pattern: String, between open: String, _ bar: String, _ close: String, of count: Int? = nil
  ) -> Set<String> {
    let groups = pattern.components(separatedBy: open).dropFirst().map { part in
      Set((part.components(separatedBy: close).first ?? "").replacing("?:", with: "").components(separatedBy: bar))
    }
    if let count, let group = groups.first(where: { $0.count == count }) { return group }
    return groups.max { $0.count < $1.count } ?? []
  }
}
