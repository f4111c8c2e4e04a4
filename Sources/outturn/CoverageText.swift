import Diagnostics
import RuleTesting

/// Which parts of the rules no test looks at: for a person, each with its place, and for a script.
struct CoverageText {
  let coverage: Coverage
  let texts: [SourceText]

  var text: String {
    var table = Table([("RULE", .left), ("TESTS", .right), ("PARTS REACHED", .right), ("", .right)])
    for rule in coverage.rules {
      table.add([
        rule.rule, "\(rule.tests)", "\(rule.reached) of \(rule.parts.count)", "\(rule.percentage)%",
      ])
    }
    let missing = coverage.rules.filter { rule in rule.tests == 0 || rule.reached < rule.parts.count }.map { rule in
      guard rule.tests > 0 else { return "\(place(rule.span)): no test of \(rule.rule)" }
      return rule.parts.filter { !$0.isReached }.map { "\(place($0.span)): \($0.words)" }.joined(separator: "\n")
    }
    let heading = missing.isEmpty ? "Tests reach every part of every rule." : "No test reaches:"
    let total = "\(coverage.reached) of \(Wording.count(coverage.parts, "part")) reached, \(coverage.percentage)%."
    return ([table.text, ""] + [heading] + missing + ["", total]).joined(separator: "\n")
  }

  private func place(_ span: Span) -> String { texts[Int(span.text)].placeText(of: span) }

  // MARK: For scripts

  struct JSON: Encodable {
    struct Part: Encodable {
      var part: String
      var place: TestReport.Place
      var isReached: Bool
    }
    struct Rule: Encodable {
      var rule: String
      var place: TestReport.Place
      var tests: Int
      var reached: Int
      var percentage: Int
      var parts: [Part]
    }
    var reached: Int
    var parts: Int
    var percentage: Int
    var rules: [Rule]
  }

  var json: JSON {
    JSON(
      reached: coverage.reached, parts: coverage.parts, percentage: coverage.percentage,
      rules: coverage.rules.map { rule in
        JSON.Rule(
          rule: rule.rule, place: TestReport.Place(rule.span, texts), tests: rule.tests, reached: rule.reached,
          percentage: rule.percentage,
          parts: rule.parts.map {
            JSON.Part(part: $0.words, place: TestReport.Place($0.span, texts), isReached: $0.isReached)
          })
      })
  }
}
