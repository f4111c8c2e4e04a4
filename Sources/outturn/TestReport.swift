import Diagnostics
import Evaluation
import Finance
import RuleLanguage
import RuleTesting

/// What came of a run, for scripts.
struct TestReport: Encodable {
  private var passed: Int
  private var failed: Int
  private var tests: [Test]
  private var coverage: CoverageText.JSON?

  init(
    _ outcomes: [TestOutcome], of program: Program, in texts: [SourceText], coverage: CoverageText.JSON? = nil
  ) {
    self.coverage = coverage
    passed = outcomes.count(where: \.passed)
    failed = outcomes.count - passed
    tests = outcomes.map { Test($0, program.calendar, texts) }
  }

  private struct Test: Encodable {
    var rule: String
    var title: String
    var place: Place
    var passed: Bool
    var failures: [Failure]

    init(_ outcome: TestOutcome, _ calendar: FinancialCalendar, _ texts: [SourceText]) {
      rule = outcome.test.rule
      title = outcome.test.title
      place = Place(outcome.test.span, texts)
      passed = outcome.passed
      failures = outcome.failures.map { Failure($0, calendar, texts) }
    }
  }

  private struct Failure: Encodable {
    var subject: String
    var period: String
    var asOf: String?
    var place: Place
    var differences: [Difference]
    var history: [Moment]
    var message: String?
    var arithmetic: [Line]

    init(_ failure: TestOutcome.Failure, _ calendar: FinancialCalendar, _ texts: [SourceText]) {
      let expectation = failure.expectation
      subject = expectation.subject
      period = calendar.label(expectation.period)
      asOf = expectation.asOf?.description
      place = Place(expectation.span, texts)
      differences = failure.differences.map {
        Difference(field: $0.field.rawValue, expected: $0.expected, found: $0.found)
      }
      history = (failure.explanation?.history ?? []).map {
        Moment(period: calendar.label($0.period), watched: $0.watched?.shown, state: $0.state.word, counts: $0.counts)
      }
      message = failure.explanation?.finding.sentence
      arithmetic = (failure.explanation?.finding.arithmetic ?? []).map { line in
        Line(
          depth: line.depth, expression: line.expression, shown: line.value.shown, exact: line.value.exact,
          places: line.sources.map { Place(failure.places[$0], texts) })
      }
    }
  }

  private struct Difference: Encodable {
    var field: String
    var expected: String
    var found: String
  }

  private struct Moment: Encodable {
    var period: String
    var watched: String?
    var state: String
    var counts: String?
  }

  private struct Line: Encodable {
    var depth: Int
    var expression: String
    var shown: String
    var exact: String?
    var places: [Place]
  }
}

extension TestReport {
  /// Where in the rule files.
  struct Place: Encodable {
    var file: String
    var line: Int
    var column: Int

    init(_ span: Span, _ texts: [SourceText]) {
      let text = texts[Int(span.text)]
      let place = text.place(of: span.start)
      (file, line, column) = (text.name, place.line, place.column)
    }
  }
}
