/// Until when figures of a period are to be returned: so many days, or working days, after the end of its month, quarter
/// or year.
package struct Deadline: Hashable, Sendable {
  package var days: Int
  /// Saturdays, Sundays and holidays don't count.
  package var countsWorkingDays: Bool
  /// After the end of what; nil is the month, quarter or year that one figure of the measure speaks of.
  package var end: Step?
  package var holidays: Set<Day>

  package init(days: Int, countsWorkingDays: Bool, end: Step? = nil, holidays: Set<Day> = []) {
    precondition(days >= 0, "a deadline lies after the end of the period")
    self.days = days
    self.countsWorkingDays = countsWorkingDays
    self.end = end
    self.holidays = holidays
  }

  /// The last day on which figures of a period are in time.
  ///
  /// - Parameter step: that of the figures, where the deadline does not name one.
  package func day(of period: Period, _ step: Step, _ calendar: FinancialCalendar) -> Day {
    let last = calendar.lastDay(period.end(of: end ?? step))
    guard countsWorkingDays else { return last.advanced(days: days) }
    var day = last
    var left = days
    while left > 0 {
      day = day.advanced(days: 1)
      if day.weekday <= 5, !holidays.contains(day) { left -= 1 }
    }
    return day
  }

  /// The periods whose deadline is past on a day, oldest first: those that follow one that is known to be past, or the
  /// latest alone.
  package func past(
    on today: Day, after known: Period?, _ step: Step, _ calendar: FinancialCalendar
  ) -> [Period] {
    let step = end ?? step
    var found: [Period] = []
    var period = calendar.period(containing: today).end(of: step)
    while known.map({ period > $0 }) ?? found.isEmpty {
      if day(of: period, step, calendar) < today { found.append(period) }
      period = period.advanced(months: -step.months)
    }
    return found.reversed()
  }
}

extension Deadline {
  /// As a configuration writes it: `15 working days after month end`.
  package var words: String {
    let unit = (countsWorkingDays ? "working " : "") + (days == 1 ? "day" : "days")
    return "\(days) \(unit) after \(end?.rawValue ?? "period") end"
  }
}
