package import Finance

/// What a node does. Operands are nodes of the same frame unless a case says otherwise.
package enum Operation: Hashable, Sendable {
  // Literals
  case amount(Amount)
  /// In lowest terms.
  case quotient(numerator: Int128, denominator: Int128)
  case text(String)
  case truth(Bool)
  case severity(Severity)
  case period(Period)
  case date(Day)

  // What the ledger and the register say of the subject
  /// The sum of the measure's cells (an index into `Program.measures`) that the slice lets through, for this subject.
  case cells(measure: Int, slice: Slice)
  /// The same cells as they were known from another time.
  case earlierCells(measure: Int, slice: Slice, seen: Vantage)
  /// The day on which any cell of these measures was first returned for this subject in this period; a date.
  case received(measures: [Int])
  /// The last day on which these measures were in time in this period, the earliest of them; a date. Undefined where
  /// none of them has a deadline.
  case due(measures: [Int])
  /// Whether any cell of these measures was returned for this subject in this period.
  case reported(measures: [Int])
  /// The organisation's attribute on the last day of the period; `organisation` is its name, `code` its code.
  case attribute(String)
  /// The subject's value of one of the frame's own keys, as text (a region's name, a category).
  case key(Frame.Key)
  /// The value of a table's column (indexes into `Program.tables` and its columns) in the row of the key, a text; of a table
  /// that goes by year, in the row of the period's year. The row of the subject's organisation goes first.
  case lookup(table: Int, column: Int, key: NodeID?)
  /// The month's number in the financial year (a count).
  case month
  /// The period that the value is asked for.
  case thisPeriod

  // Arithmetic
  case add(NodeID, NodeID)
  case subtract(NodeID, NodeID)
  case multiply(NodeID, NodeID)
  /// Undefined for a zero divisor and, where two quantities of one type make a ratio (a percentage of a base), for one
  /// below zero too.
  case divide(NodeID, NodeID)
  case negate(NodeID)
  case absolute(NodeID)
  /// Rounded half away from zero to a number of decimals.
  case rounded(NodeID, decimals: Int)
  /// The same quotient said in another type: a number beside a ratio (`1 + growth(x)`).
  case converted(NodeID)

  // Comparison and logic (Kleene)
  case compare(Comparison, NodeID, NodeID)
  case and(NodeID, NodeID)
  case or(NodeID, NodeID)
  case not(NodeID)

  // Time
  /// The whole operand, n months earlier (M1's previous is M12, or where the operand is `full year` unknown). Steps of a
  /// quarter have been turned into three months, steps of a year into `lastYear`.
  case previous(NodeID, periods: Int)
  case lastYear(NodeID)
  /// The strict running total of an `in period` flow from M1.
  case yearToDate(NodeID)
  /// The flow of one month out of a `year to date` total: itself at M1, unknown after a missing month.
  case inMonth(NodeID)
  /// A library function with a kernel of its own (run_rate, straight_line, even_profile …), which `Program.kernels`
  /// holds; the operands are those of its arguments that are expressions.
  case called(Callee, [NodeID])

  // Choice
  case ifUnknown(NodeID, NodeID)

  // Populations. `population` and the operands belong to the member frame; the result belongs to the outer frame.
  case aggregate(Aggregate, population: Population, value: NodeID?, coverage: Quotient.Literal)
  /// One of the three counts behind a share or a count (the operand is that aggregate).
  case tally(Tally, NodeID)
  /// Names of members that meet the value (a truth), largest first by `by`; text. With sizes, each is followed by its own:
  /// "Newham (£8.4m)".
  case names(population: Population, value: NodeID, by: NodeID?, first: Int?, withSizes: Bool)
  /// The operand as it is for the subject outside the population. The operand is of the outer frame.
  case own(NodeID)

  // Other rules, by name, for this subject in this period
  case breach(rule: String)
  case severityOf(rule: String)
}

extension Quotient {
  /// A quotient in lowest terms, so that equal ones are the same value.
  package struct Literal: Hashable, Sendable {
    package var numerator: Int128
    package var denominator: Int128
    package init(numerator: Int128, denominator: Int128) {
      self.numerator = numerator
      self.denominator = denominator
    }
  }
}

package enum Comparison: String, Hashable, Sendable, CaseIterable {
  case less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">=", equal = "=", notEqual = "!="
}

package enum Aggregate: String, Hashable, Sendable, CaseIterable {
  case count, share, sum, mean, median, lowest, highest
}

/// `.expected`: members that meet the `where`, or for which it can't be decided. `.known`: those for which the condition
/// could be decided. `.matching`: those for which it is true.
package enum Tally: String, Hashable, Sendable, CaseIterable { case expected, known, matching }

/// Who is counted.
package struct Population: Hashable, Sendable {
  package enum Relation: Hashable, Sendable {
    /// Every member of the member frame that belongs to the outer subject (all of them under `overall` or `anywhere`).
    case all
    /// Organisations whose parent is the subject.
    case children
    /// Organisations of the subject's kind, without itself.
    case peers
    /// Organisations that the subject took over from, by the register: whether or not they are still on it, for their
    /// figures are those of earlier periods.
    case predecessors
    /// Organisations that took over from the subject, in the same way.
    case successors
  }
  /// The frame in which the members and their expressions live. Dimension keys of the outer frame stand in it too (inside
  /// `for each category`, an organisation's figures are those of that category); its attribute keys do not: they choose
  /// the members.
  package var members: Frame
  package var relation: Relation
  /// `anywhere`: not only those of the outer subject.
  package var anywhere: Bool
  /// `in same region`: only members that share this attribute with the subject.
  package var sameAttribute: String?
  /// A truth of the member frame.
  package var condition: NodeID?

  package init(
    members: Frame, relation: Relation, anywhere: Bool = false, sameAttribute: String? = nil, condition: NodeID? = nil
  ) {
    self.members = members
    self.relation = relation
    self.anywhere = anywhere
    self.sameAttribute = sameAttribute
    self.condition = condition
  }
}

/// From when the ledger is looked at, where that is not now.
package enum Vantage: Hashable, Sendable {
  /// When a measure of an organisation and period was first returned: before any restatement of it.
  case first
  /// The end of a day.
  case asOf(Day)
}

/// Which cells of a measure are meant, by their dimension values.
package indirect enum Slice: Hashable, Sendable {
  case everything
  case isValue(dimension: String, value: String)
  case not(Slice)
  case and(Slice, Slice)
  case or(Slice, Slice)
}
