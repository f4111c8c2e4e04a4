package import Diagnostics
package import Finance

/// A `test` block after checking: a register and figures that are made up, and what the rule is expected to say of them.
package struct RuleTest: Sendable {
  /// The rule under test.
  package var rule: String
  package var title: String
  package var span: Span
  /// Where the title stands.
  package var titleSpan: Span
  package var register: Register
  /// `given` first, then the drops in the order in which they came.
  package var deliveries: [Delivery]
  /// In the order in which they are written; never none.
  package var expectations: [Expectation]
  /// What it means that a return leaves out a cell, whatever the sources say of it; nil where that is for them to say.
  package var absence: TestSyntax.Absence?

  /// Figures that came together.
  package struct Delivery: Sendable {
    /// None for `given`: what was there before any drop.
    package var day: Day?
    package var figures: [Figure]
    /// Figures that had a place in the grid, whether or not they came: by then they were due.
    package var due: [Due]
    package var span: Span
  }

  package struct Figure: Hashable, Sendable {
    package var organisation: String
    package var series: Series
    package var period: Period
    /// Ten-thousandths, or billionths for a ratio.
    package var value: Int64
    /// Of the cell.
    package var span: Span
  }

  package struct Due: Hashable, Sendable {
    package var organisation: String
    package var measure: String
    package var period: Period
  }

  package struct Expectation: Sendable {
    /// One for each key of the rule's frame: an organisation's code, a region, a category.
    package var keys: [String]
    /// As it was written: `"Wessex"`, `overall`.
    package var subject: String
    package var period: Period
    /// What was known on that day is asked for.
    package var asOf: Day?
    /// How many of the deliveries are known by then.
    package var known: Int
    package var state: TestSyntax.State
    /// The watched value as it is shown; of a rule that watches nothing, its message.
    package var text: Written<String>?
    package var stateSpan: Span
    package var span: Span
  }
}
