package import Finance
package import RuleLanguage

/// Everything that led to one verdict: what a rule says of a subject in a period, how far each of its limits is, what would
/// have to be true for another verdict, what is missing, and how the periods before it count.
package struct Explanation: Sendable {
  package typealias Quantity = Finding.Quantity

  /// One test of the rule as it came out.
  package struct Limit: Sendable {
    package enum Role: Hashable, Sendable {
      case breach(Severity)
      /// `only when`: where it is false nothing is breached.
      case applies
      /// What ends an alert.
      case clears
    }
    package var role: Role
    /// "above 5%", or the condition as it stands in the rule.
    package var words: String
    /// Nil where it can't be decided.
    package var isMet: Bool?
    /// "£1,200 below amber"; exactly, watched value less the bound. Nil for what has no band.
    package var distance: Quantity?
  }

  /// What would have to be true for the period to come out otherwise.
  package struct Change: Sendable {
    package enum Outcome: Hashable, Sendable {
      /// Of the severity, or of one below it; nil: nothing is breached.
      case noWorse(than: Severity?)
      /// Of the severity, or of one above it.
      case atLeast(Severity)
      /// What `clears` asks for.
      case clear
      case unsuppressed
    }
    package var outcome: Outcome
    /// Each is enough by itself.
    package var ways: [Way]
  }

  /// Something that would have to be another: a watched value, a figure, a count of members.
  package struct Way: Hashable, Sendable {
    package var expression: String
    package var bound: Bound
    /// How far it may go beyond the bound: a base must stay above zero, a value within a band.
    package var further: Bound?
    package var now: Quantity
    /// Of a count: so many members in all.
    package var of: String?
    /// What must be true besides.
    package var also: [Way]
  }

  /// Where a value has to lie.
  package struct Bound: Hashable, Sendable {
    /// "at most", "below", "at least", "above", "exactly"; empty before what is no number.
    package var relation: String
    /// As it is shown it is on the safe side: whoever keeps to that keeps to the exact bound.
    package var value: Quantity
  }

  /// A period of the alert, as the fold met it.
  package struct Past: Sendable {
    package var period: Period
    /// Of the period alone; nil where nothing was breached or it is unknown.
    package var severity: Severity?
    package var unknown: UnknownReason?
    package var watched: Quantity?
    /// After it.
    package var state: FoldState
    /// "1 of 2 periods at amber or worse", "1 of 2 periods clear".
    package var counts: String?
  }

  /// A figure that is needed and that the ledger does not have.
  package struct Missing: Hashable, Sendable {
    package var measure: String
    /// With its slice: `spend[category is "acute"]`.
    package var expression: String
    package var organisation: String
    package var name: String
    package var period: Period
    /// The last day on which it was in time, where its source says.
    package var due: Day?
  }

  /// Where the answer lies as long as something is missing.
  package struct Bounds: Sendable {
    /// Nil: there is no limit on that side.
    package var lowest: Quantity?
    package var highest: Quantity?
    /// Nil: nothing is breached.
    package var mildest: Severity?
    package var gravest: Severity?
  }

  package var key: AlertKey
  /// The subject as a person says it.
  package var name: String
  /// The verdict on the period alone, with its arithmetic.
  package var finding: Finding
  package var unknown: UnknownReason?
  /// After the period; nil where it does not exist for the rule.
  package var state: FoldState?
  package var limits: [Limit]
  package var changes: [Change]
  /// What the state waits for beside this period's result, a sentence each: periods in a row, the end of a suppression.
  package var outlook: [String]
  package var history: [Past]
  package var missing: [Missing]
  /// Divisions by what is zero, percentages of what is not above it, in words.
  package var undefined: [String]
  package var bounds: Bounds?
}

extension Explanation.Limit.Role {
  /// What a distance from its bound is a distance from.
  var line: String {
    switch self {
    case .breach(let severity): severity.word
    case .applies: "the condition"
    case .clears: "clearing"
    }
  }
}
