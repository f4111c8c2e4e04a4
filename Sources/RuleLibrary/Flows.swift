import Finance
import RuleLanguage

// What `cumulative` and `payback_period` share: flows that follow one another through the years.

extension FunctionCall {
  /// An amount as the flow of single periods.
  func flow(_ index: Int) throws(Misuse) -> NodeID {
    let node = node(index)
    guard node.basis == .yearToDate else { return id(index) }
    return try make(.inMonth(id(index)), node.type, basis: .inPeriod, adverse: node.adverse)
  }
}

/// One flow of a series: that of a month, quarter or year, or of final accounts.
struct Flow {
  var period: Period
  /// Final accounts of a year that is over need not have been made.
  var mayBeAbsent: Bool

  func amount(_ read: SeriesKernel.Read, _ argument: Int) throws(NotKnown) -> Amount {
    let outcome = read(argument, period)
    if mayBeAbsent, case .unknown(.missing) = outcome { return .zero }
    return try outcome.amount()
  }
}

/// The periods of a step from one period through another, each year's final accounts behind its M12.
struct Flows: Sequence, IteratorProtocol {
  private var upcoming: Period
  private let end: Period
  private let step: Step

  init(from start: Period, through end: Period, step: Step) {
    upcoming = start.month == 0 ? start.nextMonth : start
    self.end = end
    self.step = step
  }

  mutating func next() -> Flow? {
    while upcoming <= end {
      let period = upcoming
      upcoming = period.nextInFold
      if period.month == 13 { return Flow(period: period, mayBeAbsent: period != end) }
      if Int(period.month) % step.months == 0 { return Flow(period: period, mayBeAbsent: false) }
    }
    return nil
  }
}
