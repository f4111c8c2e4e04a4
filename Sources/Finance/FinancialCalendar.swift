/// Which calendar month a financial year starts in, and the translations that hang on it.
package struct FinancialCalendar: Hashable, Sendable {
  /// 1 (January) to 12.
  package let firstMonth: Int
  package init(firstMonth: Int) {
    precondition((1...12).contains(firstMonth), "a year starts in a month from 1 to 12")
    self.firstMonth = firstMonth
  }

  /// A financial year is then a calendar year, and is written `2025` rather than `2025-26`.
  package var followsCalendarYear: Bool { firstMonth == 1 }
}

// MARK: - Days and periods

extension FinancialCalendar {
  /// The period that a calendar month is.
  package func period(calendarYear: Int, month: Int) -> Period {
    precondition((1...12).contains(month), "a calendar month is 1 to 12")
    return month >= firstMonth
      ? Period(year: calendarYear, month: month - firstMonth + 1)
      : Period(year: calendarYear - 1, month: month - firstMonth + 13)
  }

  package func period(containing day: Day) -> Period {
    let civil = day.civil
    return period(calendarYear: civil.year, month: civil.month)
  }

  /// The calendar month that a period is. M0 counts as the first, M13 as the last of its year.
  package func calendarMonth(of period: Period) -> (year: Int, month: Int) {
    let index = firstMonth - 1 + min(max(Int(period.month), 1), 12) - 1
    return (Int(period.year) + index / 12, index % 12 + 1)
  }

  /// The days that a figure of this step speaks of. The opening position is the year's first day; final accounts (M13)
  /// speak of the whole year.
  package func days(of period: Period, _ step: Step = .month) -> ClosedRange<Day> {
    let first = Period(year: Int(period.year), month: 1)
    switch (period.month, step) {
    case (0, _): return firstDay(first)...firstDay(first)
    case (13, _): return firstDay(first)...lastDay(period)
    default:
      let last = period.end(of: step)
      return firstDay(last.advanced(months: 1 - step.months))...lastDay(last)
    }
  }

  /// The first day of the period's month; of the year's last month for M13.
  package func firstDay(_ period: Period) -> Day {
    let month = calendarMonth(of: period)
    return Day(unchecked: month.year, month.month, 1)
  }

  /// The last day of the period's month; of the year for M13. The opening position ends on the year's first day.
  package func lastDay(_ period: Period) -> Day {
    if period.month == 0 { return firstDay(period) }
    let month = calendarMonth(of: period)
    return Day(unchecked: month.year, month.month, Day.length(ofMonth: month.month, year: month.year))
  }
}
