package import Diagnostics
package import Evaluation
package import RuleLanguage

/// What came of one test.
package struct TestOutcome: Sendable {
  package var test: RuleTest
  package var failures: [Failure]
  /// The parts of the rule that the expectations look at.
  package var reached: Set<Reach>
  package var passed: Bool { failures.isEmpty }

  /// An expectation that is not met.
  package struct Failure: Sendable {
    package var expectation: RuleTest.Expectation
    /// What differs: the state, the watched value, or both.
    package var differences: [Difference]
    /// How the rule came to what it says; nil where it says nothing of the subject in that period.
    package var explanation: Explanation?
    /// Where the figures behind the arithmetic stand in the test, by the finding's sources.
    package var places: [Span]
  }

  package struct Difference: Hashable, Sendable {
    package enum Field: String, Hashable, Sendable { case state, value, message }
    package var field: Field
    package var expected: String
    package var found: String
  }
}
