import Diagnostics
import Foundation
import TestKit
import Testing

@Suite struct WordsTests {
  static let names = ["plan", "forecast", "actual", "organisation", "period", "Org Code", "unchanged_for", "in"]

  @Test(arguments: [
    ("plna", ["plan"]), ("Forcast", ["forecast"]), ("organization", ["organisation"]), ("PERIOD", ["period"]),
    ("unchanged-for", ["unchanged_for"]), ("org_code", ["Org Code"]), ("organ", ["organisation"]), ("zebra", []),
    ("", []), ("xy", []), ("to", []),
  ])
  func `suggests what was meant and nothing far off`(word: String, expected: [String]) {
    #expect(Suggestion.nearest(to: word, among: Self.names) == expected)
  }

  @Test func `asks in words`() {
    #expect(Suggestion.question("plam", among: ["plan", "play", "x"]) == "did you mean “plan” or “play”?")
    #expect(Suggestion.question("zebra", among: Self.names) == nil)
  }

  @Test func `a hostile word costs nothing`() {
    let word = String(repeating: "a", count: 1_000_000)
    let many = (0..<100_000).map { "candidate_\($0)" }
    let took = cpuTime {
      _ = Suggestion.nearest(to: word, among: many)
      _ = Suggestion.nearest(to: "candidate", among: many)
    }
    #expect(took < .seconds(5))
  }

  @Test func `counts, lists and quotes`() {
    #expect(Wording.count(1, "rule") == "1 rule")
    #expect(Wording.count(0, "entry", "entries") == "0 entries")
    #expect(Wording.list(["a"]) == "a")
    #expect(Wording.list(["a", "b", "c"], "or") == "a, b or c")
    #expect(Wording.list((1...5).map(String.init), most: 2) == "1, 2 and 3 more")
    #expect(Wording.quoted("x\ny") == "“x\\u{A}y”")
    #expect(Wording.quoted("abcdef", most: 3) == "“abc…”")
  }

  @Test func `JSON has every field, stable names, and places from one`() throws {
    let text = SourceText(name: "é.rules", "a\n£ bad")
    let full = Diagnostic(
      "R204", "me\"ss", at: text.label("bad", "here"), also: [text.label("a", "there")], fix: "good")
    let bare = Diagnostic("C100", .warning, "no file", at: nil)
    let json = JSONRenderer.render([full, bare], in: [text])
    let parsed = try JSONSerialization.jsonObject(with: Data(json.utf8))
    let expected: NSArray = [
      [
        "code": "C100", "severity": "warning", "message": "no file", "file": NSNull(), "line": NSNull(),
        "column": NSNull(), "end_line": NSNull(), "end_column": NSNull(), "label": NSNull(), "related": NSArray(),
        "fix": NSNull(), "repairs": NSArray(), "help": "outturn help C100",
      ] as NSDictionary,
      [
        "code": "R204", "severity": "error", "message": "me\"ss", "file": "é.rules", "line": 2, "column": 3,
        "end_line": 2, "end_column": 6, "label": "here", "fix": "good", "repairs": NSArray(),
        "help": "outturn help R204",
        "related": [
          [
            "file": "é.rules", "line": 1, "column": 1, "end_line": 1, "end_column": 2, "label": "there",
          ] as NSDictionary
        ],
      ] as NSDictionary,
    ]
    #expect(parsed as? NSArray == expected)
  }
}
