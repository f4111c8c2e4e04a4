package import Diagnostics
import Evaluation
import Finance
package import RuleLanguage

/// A failed test for a person: what was expected and what was found, field by field, how it came to that, and where.
package struct FailureText {
  private let texts: [SourceText]
  private let calendar: FinancialCalendar
  private let steps: [String: Step]
  private let colour: Bool

  package init(_ program: Program, in texts: [SourceText], colour: Bool = false) {
    self.texts = texts
    self.colour = colour
    calendar = program.calendar
    steps = Dictionary(uniqueKeysWithValues: program.rules.map { ($0.name, $0.step) })
  }

  /// The whole of it, ending in a line break; empty for a test that passed.
  package func text(_ outcome: TestOutcome) -> String {
    guard !outcome.passed else { return "" }
    var lines = [paint("failed", "1;31") + ": " + paint(outcome.test.name, "1")]
    for failure in outcome.failures { lines += self.lines(failure, of: outcome.test) }
    return lines.map { $0.withoutTrailingSpaces + "\n" }.joined()
  }

  private func lines(_ failure: TestOutcome.Failure, of test: RuleTest) -> [String] {
    let expectation = failure.expectation
    var lines = ["  \(place(expectation.span)): \(paint(source(expectation.span), "34"))"]
    for difference in failure.differences {
      let name = padded(difference.field.rawValue)
      lines.append("    \(name)expected  \(difference.expected.printable)")
      lines.append("    \(padded(""))found     \(paint(difference.found.printable, "1"))")
    }
    let step = steps[test.rule] ?? .month
    if !failure.observation.timeline.isEmpty {
      lines.append("    \(padded("timeline"))\(timeline(failure.observation.timeline, at: expectation.period, step))")
    }
    guard let finding = failure.finding else { return lines }
    if !failure.differences.contains(where: { $0.field == .message }) {
      lines.append("    \(padded("message"))\(finding.sentence.printable)")
    }
    if let threshold = finding.threshold {
      let value = finding.watched?.shown ?? "not known"
      lines.append("    \(padded("limit"))\(threshold.shown); \(value) is \(threshold.distance.shown) from it")
    }
    return lines + arithmetic(finding, failure.places)
  }

  // MARK: Its parts

  private static let width = 12
  private func padded(_ name: String) -> String {
    name + String(repeating: " ", count: max(1, Self.width - name.count))
  }

  /// `2013-14 M6 quiet, M7 pending red, [M8 red]`: the period that was asked for stands in brackets.
  private func timeline(_ moments: [Observation.Moment], at period: Period, _ step: Step) -> String {
    var year: Int32?
    return moments.map { moment in
      let whole = calendar.label(moment.period, step)
      let label = year == moment.period.year ? whole.split(separator: " ").last.map(String.init) ?? whole : whole
      year = moment.period.year
      let words = "\(label) \(moment.state.words)"
      return moment.period == period ? paint("[\(words)]", "1") : words
    }.joined(separator: ", ")
  }

  private func arithmetic(_ finding: Finding, _ places: [Span?]) -> [String] {
    let expressions = finding.arithmetic.map { String(repeating: "  ", count: $0.depth) + $0.expression.printable }
    let widest = min(expressions.map(\.count).max() ?? 0, 60)
    let values = finding.arithmetic.map(\.value.shown)
    let widestValue = values.map(\.count).max() ?? 0
    return zip(finding.arithmetic, zip(expressions, values)).enumerated().map { index, item in
      let (line, (expression, value)) = item
      let sources = line.sources.prefix(1).compactMap { places.indices.contains($0) ? places[$0] : nil }
      let from = sources.first.map { "  line \(self.line($0))" } ?? ""
      let dots = expression + String(repeating: " ", count: max(0, widest - expression.count))
      let number = String(repeating: " ", count: max(0, widestValue - value.count)) + value.printable
      return "    \(padded(index == 0 ? "arithmetic" : ""))\(dots)  \(number)\(from)"
    }
  }

  // MARK: Places

  private func line(_ span: Span) -> Int { texts[Int(span.text)].place(of: span.start).line }

  /// `Rules/overspend.rules:42:3`
  package func place(_ span: Span) -> String {
    let text = texts[Int(span.text)]
    let place = text.place(of: span.start)
    return "\(text.name.printable):\(place.line):\(place.column)"
  }

  private func source(_ span: Span) -> String {
    let bytes = texts[Int(span.text)].bytes[Int(span.start)..<Int(span.end)]
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").joined(separator: " ").printable
  }

  private func paint(_ text: String, _ style: String) -> String { colour ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text }
}

extension RuleTest {
  /// `overspend "second month over the line turns red"`
  package var name: String { "\(rule) \"\(title.printable)\"" }
}

extension String {
  fileprivate var withoutTrailingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
