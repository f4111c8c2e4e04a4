import Diagnostics
import Foundation
import Testing

/// The formats that programs read.
@Suite struct FormatTests {
  let text = SourceText(name: "Rules/a b:c,d.rules", "rule one \"Überzahlt\"\n  watch “x” - y\n")

  private func span(_ part: String) throws -> Span {
    let whole = String(decoding: text.bytes, as: UTF8.self)
    let range = try #require(whole.range(of: part))
    let start = whole[..<range.lowerBound].utf8.count
    return Span(text: 0, start: Int32(start), end: Int32(start + part.utf8.count))
  }

  private func sample() throws -> [Diagnostic] {
    [
      Diagnostic(
        "R201", "50% of it, is wrong:\u{202E} here", at: .init(try span("- y"), "this"),
        also: [.init(try span("one"), "in this rule")], repairs: [.replacing(try span("“x”"), with: "x")]),
      Diagnostic("R501", .warning, "no owner", at: nil),
    ]
  }

  @Test func gitHubCommandsAreEscaped() throws {
    #expect(
      GitHubRenderer.render(try sample(), in: [text]) == """
        ::warning title=R501::no owner
        ::error file=Rules/a b%3Ac%2Cd.rules,line=2,endLine=2,col=13,endColumn=16,title=R201::50%25 of it, is wrong:\\u{202E} here%0A  this%0A  in this rule%0Afix: x

        """)
  }

  /// What the schema of SARIF 2.1.0 requires of each object that is written, and what it allows.
  @Test func sarifHasWhatItsSchemaRequires() throws {
    let log = SARIFRenderer.render(try sample(), in: [text], version: "1.0.0") { code in
      .init(meaning: "meaning of \(code)", help: "page of \(code)")
    }
    let root = try #require(JSONSerialization.jsonObject(with: Data(log.utf8)) as? [String: Any])
    #expect(root["version"] as? String == "2.1.0")
    #expect((root["$schema"] as? String)?.hasSuffix("sarif-2.1.0.json") == true)
    let run = try #require((root["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(driver["name"] as? String == "outturn" && run["columnKind"] as? String == "unicodeCodePoints")
    let rules = try #require(driver["rules"] as? [[String: Any]])
    #expect(rules.map { $0["id"] as? String } == ["R201", "R501"])
    for rule in rules {
      #expect(((rule["shortDescription"] as? [String: Any])?["text"] as? String)?.isEmpty == false)
      #expect(((rule["help"] as? [String: Any])?["text"] as? String)?.isEmpty == false)
    }
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == 2)
    for result in results {
      #expect(((result["message"] as? [String: Any])?["text"] as? String)?.isEmpty == false)
      #expect(["error", "warning", "note", "none"].contains(result["level"] as? String))
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
    }
    let wrong = results[1]
    let place = try #require(
      (wrong["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
    let artifact = try #require(place["artifactLocation"] as? [String: Any])
    // The first part of a relative reference has no colon.
    #expect(artifact["uri"] as? String == "Rules/a%20b%3Ac,d.rules")
    let region = try #require(place["region"] as? [String: Any])
    #expect(
      region["startLine"] as? Int == 2 && region["startColumn"] as? Int == 13 && region["endColumn"] as? Int == 16)
    #expect(region["byteOffset"] as? Int == Int(try span("- y").start) && region["byteLength"] as? Int == 3)
    let related = try #require((wrong["relatedLocations"] as? [[String: Any]])?.first)
    #expect(related["id"] as? Int == 1)
    let fix = try #require((wrong["fixes"] as? [[String: Any]])?.first)
    let change = try #require((fix["artifactChanges"] as? [[String: Any]])?.first)
    #expect(change["artifactLocation"] != nil)
    let replacement = try #require((change["replacements"] as? [[String: Any]])?.first)
    #expect(replacement["deletedRegion"] != nil)
    #expect((replacement["insertedContent"] as? [String: Any])?["text"] as? String == "x")
  }

  @Test func jsonTellsTheEdits() throws {
    let rendered = JSONRenderer.render(try sample(), in: [text])
    let findings = try #require(JSONSerialization.jsonObject(with: Data(rendered.utf8)) as? [[String: Any]])
    let repair = try #require((findings[1]["repairs"] as? [[String: Any]])?.first)
    #expect(repair["title"] as? String == "x" && repair["certain"] as? Bool == true)
    let edit = try #require((repair["edits"] as? [[String: Any]])?.first)
    #expect(edit["text"] as? String == "x" && edit["line"] as? Int == 2 && edit["column"] as? Int == 9)
    #expect(edit["end_column"] as? Int == 12 && edit["file"] as? String == text.name)
  }

  @Test func aDiffShowsWhatChanges() {
    let old = SourceText(name: "a.rules", (1...20).map { "line \($0)\n" }.joined())
    func diff(_ change: (inout [String]) -> Void) -> String {
      var lines = (1...20).map { "line \($0)" }
      change(&lines)
      return UnifiedDiff.between(old, SourceText(name: "a.rules", lines.map { $0 + "\n" }.joined()))
    }
    #expect(diff { _ in } == "")
    #expect(
      diff { lines in
        lines[9] = "ten"
        lines.remove(at: 19)
      } == """
        --- a.rules
        +++ a.rules
        @@ -7,7 +7,7 @@
         line 7
         line 8
         line 9
        -line 10
        +ten
         line 11
         line 12
         line 13
        @@ -17,4 +17,3 @@
         line 17
         line 18
         line 19
        -line 20

        """)
    #expect(diff { $0[0] = "one" }.hasPrefix("--- a.rules\n+++ a.rules\n@@ -1,4 +1,4 @@\n-line 1\n+one\n line 2\n"))
  }
}
