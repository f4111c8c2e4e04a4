package import Finance

/// How a library function comes to its value where no core operation says it: one pure function over the series of its
/// arguments. Evaluation calls it for each subject and period; `Program.kernels` holds the ones a program uses.
package struct SeriesKernel: Sendable {
  /// Which argument a kernel reads, and in which period. Outside the periods of the ledger the answer is unknown
  /// (missing). Reading earlier than the reach allows, or later than the period asked for where it does not allow that, is
  /// a fault of the kernel.
  package typealias Read = (_ argument: Int, _ period: Period) -> Outcome

  /// What beside the period asked for is read.
  package enum Reach: Hashable, Sendable {
    /// So many months before it: a change to a figure touches as many months after it.
    case months(Int)
    /// Any period, earlier or later.
    case anyPeriod
  }

  package var reach: Reach
  /// The value in one period. What does not fit its type is undefined.
  package var evaluate: @Sendable (_ period: Period, _ calendar: FinancialCalendar, _ read: Read) -> Outcome

  package init(
    reach: Reach,
    evaluate: @escaping @Sendable (_ period: Period, _ calendar: FinancialCalendar, _ read: Read) -> Outcome
  ) {
    self.reach = reach
    self.evaluate = evaluate
  }
}

/// What names a kernel: two calls that differ in any of it are worked out differently.
package struct Callee: Hashable, Sendable {
  package var function: String
  /// What is written out in the call behind its expressions: `3 periods`.
  package var written: [String]
  /// By which the arguments' periods follow one another, for a function that counts them.
  package var step: Step?

  package init(_ function: String, written: [String] = [], step: Step? = nil) {
    self.function = function
    self.written = written
    self.step = step
  }
}
