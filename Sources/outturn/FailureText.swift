import Diagnostics
import Evaluation
import Finance
import RuleLanguage
import RuleTesting

/// A failed test for a person: what was expected and what was found, field by field, how it came to that, and where the
/// figures stand.
struct FailureText {
  private let texts: [SourceText]
  private let calendar: FinancialCalendar
  private let steps: [String: Step]

  init(_ program: Program, in texts: [SourceText]) {
    self.texts = texts
    calendar = program.calendar
    steps = Dictionary(uniqueKeysWithValues: program.rules.map { ($0.name, $0.step) })
  }

  func text(_ outcome: TestOutcome) -> String {
    let test = outcome.test
    let heading = "\(Terminal.painted("failed", .failure)): \(test.rule) \(Terminal.painted(test.quotedTitle, .strong))"
    return ([heading] + outcome.failures.map { text($0, steps[test.rule] ?? .month) }).joined(separator: "\n\n")
  }

  private func text(_ failure: TestOutcome.Failure, _ step: Step) -> String {
    let span = failure.expectation.span
    var parts = [["\(place(span)): \(written(span))"] + failure.differences.flatMap(lines)]
    if let explanation = failure.explanation {
      let explained = ExplanationParts(explanation: explanation) { calendar.label($0, step) }
      if !failure.differences.contains(where: { $0.field == .message }) {
        parts[0].append("  message   \(explanation.finding.sentence.printable)")
      }
      parts += [
        explained.history, explained.limits, explained.arithmetic + sources(explanation.finding, failure, step),
      ]
    }
    return parts.filter { !$0.isEmpty }
      .map { part in part.map { "  \($0)" }.joined(separator: "\n") }.joined(separator: "\n\n")
  }

  private func lines(_ difference: TestOutcome.Difference) -> [String] {
    let name = difference.field.rawValue
    return [
      "  \(name)\(String(repeating: " ", count: 10 - name.count))expected \(difference.expected.printable)",
      "            found    \(Terminal.painted(difference.found.printable, .strong))",
    ]
  }

  /// Where each figure stands in the test.
  private func sources(_ finding: Finding, _ failure: TestOutcome.Failure, _ step: Step) -> [String] {
    zip(finding.sources, failure.places).enumerated().map { number, item in
      let (source, span) = item
      let who = "\(source.measure) of \(source.organisation.printable), \(calendar.label(source.period, step))"
      return "[\(number + 1)] \(who): line \(texts[Int(span.text)].place(of: span.start).line), \(written(span))"
    }
  }

  private func written(_ span: Span) -> String { texts[Int(span.text)].written(span) }

  private func place(_ span: Span) -> String { texts[Int(span.text)].placeText(of: span) }
}

extension SourceText {
  /// `Rules/overspend.rules:42:3`
  func placeText(of span: Span) -> String {
    let place = place(of: span.start)
    return "\(name.printable):\(place.line):\(place.column)"
  }
}

extension RuleTest {
  /// `"second month over the line turns red"`
  fileprivate var quotedTitle: String { "\"\(title.printable)\"" }
}
