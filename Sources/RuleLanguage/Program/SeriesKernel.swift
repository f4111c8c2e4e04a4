package import Finance

/// How a library function comes to its value where no core operation says it: one pure function over the series of its
/// arguments. Evaluation calls it for each subject and period; `Program.kernels` holds the ones a program uses, by name.
package struct SeriesKernel: Sendable {
  /// Which argument a kernel reads, and in which period. Outside the periods of the ledger the answer is unknown
  /// (missing). Reading earlier than `reach` periods before, or later than the period asked for, is a fault of the kernel.
  package typealias Read = (_ argument: Int, _ period: Period) -> Outcome

  /// How many months before the period asked for are read: a change to a figure touches as many months after it.
  package var reach: Int
  /// The value in one period. What does not fit its type is undefined.
  package var evaluate: @Sendable (_ period: Period, _ calendar: FinancialCalendar, _ read: Read) -> Outcome

  package init(
    reach: Int,
    evaluate: @escaping @Sendable (_ period: Period, _ calendar: FinancialCalendar, _ read: Read) -> Outcome
  ) {
    self.reach = reach
    self.evaluate = evaluate
  }
}
