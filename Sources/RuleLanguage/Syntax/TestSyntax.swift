package import Diagnostics
package import Finance

/// `test overspend "second month over the line turns red"`: figures that are given, drops that follow, and what the rule
/// is expected to say of them. Nothing of it is resolved: neither the rule's name nor the columns.
package struct TestSyntax: Sendable {
  /// The rule under test.
  package var rule: Name
  package var title: Written<String>
  package var given: GridSyntax?
  /// Drops and expectations in the order in which they are written.
  package var steps: [Step]
  package var span: Span
  /// Some step could not be read, which was reported.
  package var isIncomplete = false

  package enum Step: Sendable {
    case drop(Drop)
    case expect(Expectation)
    case absent(Written<Absence>)
  }

  /// `absent zero`: what it means that a return leaves out a cell which the one before had, as a source says it.
  package enum Absence: String, Hashable, Sendable, CaseIterable { case unknown, zero, unchanged }

  /// `drop 2014-02-10 organisation | measure | 2013-14 M8`, with rows below it: figures that came on that day.
  package struct Drop: Sendable {
    package var day: Written<Day>
    package var grid: GridSyntax
    package var span: Span
  }

  /// `expect "Wessex" at 2013-14 M8 red "9.9%"`
  package struct Expectation: Sendable {
    package var subject: Subject
    package var at: YearOrPeriod
    package var asOf: Written<Day>?
    package var state: Written<State>
    /// The watched value as it is shown.
    package var value: Written<String>?
    package var span: Span
  }

  package enum Subject: Sendable {
    case overall(Span)
    /// One text for each of the rule's keys, in the order of its `for each`: `"Wessex" and "acute"`.
    case keys([Written<String>])
  }

  package enum State: Hashable, Sendable {
    case quiet
    /// Over the line, but not yet for long enough.
    case pending(Severity)
    case firing(Severity)
    case unknown
    /// Not known for longer than the rule holds its state.
    case stale
    /// Over the line, and not raised because a `suppress when` says so.
    case suppressed
    case withdrawn
    case closed
  }
}

/// A table of figures as tests write them: a heading, then a line for each row, cells between bars.
///
///     organisation | kind        | measure | 2013-14 M6 | 2013-14 M7
///     "Wessex"     | "Area team" | plan    | £100m      |
package struct GridSyntax: Sendable {
  package enum Column: Sendable {
    /// `organisation`, an attribute, a dimension, `measure`.
    case name(Name)
    case period(YearOrPeriod)
  }

  package enum Cell: Sendable {
    /// A name as it stands: a measure.
    case name(String)
    /// Numbers below zero have negative digits.
    case literal(Literal)
    /// Nothing was returned.
    case blank
  }

  package var columns: [Column]
  /// As many cells in each as there are columns.
  package var rows: [[Written<Cell>]]
  package var span: Span
}
