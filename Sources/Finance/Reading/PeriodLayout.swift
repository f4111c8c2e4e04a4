extension Period {
  /// The form in which the periods of a column, a file's name or a folder are written (see `DatePattern`):
  ///
  /// | layout | reads | as |
  /// |---|---|---|
  /// | `MM YYYY-YY` | `08 2013-14`, `M8 2013-14` | month 8 of 2013-14 |
  /// | `MMM YYYY-YY` | `Nov 2013-14` | that calendar month of 2013-14 |
  /// | `MMM-yy`, `YYYY-MM`, `MMMM yyyy` | `Nov-13`, `2013-11`, `November 2013` | that calendar month |
  /// | `dd/MM/yyyy`, `serial` | `30/11/2013` | the month that contains the day |
  /// | `Q YYYY-YY` | `Q3 2013-14` | the quarter, at its last month |
  /// | `YYYY-YY`, `YY-YY`; `YYYY` where years start in January | `2013-14` | the year, at M12 |
  package struct Layout: Hashable, Sendable {
    private let pattern: DatePattern
    package let step: Step

    package init(_ text: String) throws(LayoutProblem) {
      let pattern = try DatePattern(text)
      self.pattern = pattern
      let hasOneYear = pattern.has(.serial) || (pattern.hasFinancialYear != pattern.hasCalendarYear)
      let hasOneMonth =
        !(pattern.has(.month) && pattern.has(.monthName)) && !(pattern.hasMonth && pattern.has(.quarter))
      guard hasOneYear, hasOneMonth, !pattern.has(.day) || pattern.isWholeDate else {
        throw LayoutProblem(
          pattern: text, reason: "is not the form of a period: it needs a year, and may have a month, quarter or date")
      }
      step = pattern.has(.serial) || pattern.hasMonth ? .month : pattern.has(.quarter) ? .quarter : .year
    }

    /// As it was declared: `MM YYYY-YY`.
    package var text: String { pattern.pattern }

    /// `field` is UTF-8, without the quotes of its file.
    package func read(_ field: Span<UInt8>, in calendar: FinancialCalendar) throws(ReadingProblem) -> Period {
      do throws(ReadingProblem.Kind) {
        return try period(pattern.match(field, else: .notAPeriod), calendar)
      } catch {
        throw ReadingProblem(error, in: field, expected: "a period as \(text), such as \(pattern.example)")
      }
    }

    private func period(
      _ parts: DatePattern.Parts, _ calendar: FinancialCalendar
    ) throws(ReadingProblem.Kind) -> Period {
      if pattern.isWholeDate { return calendar.period(containing: try Day(parts)) }
      if let written = parts.financialYear {
        guard let year = calendar.year(from: written.first, to: written.second) else { throw .yearsDoNotFollow }
        return try period(in: year, parts, calendar)
      }
      guard let year = parts.year, year > 0 else { throw .notAPeriod }
      if let month = parts.month {
        guard (1...12).contains(month) else { throw .notAPeriod }
        return calendar.period(calendarYear: year, month: month)
      }
      // A single number names a financial year only where that is a calendar year.
      guard calendar.followsCalendarYear else { throw .yearsDoNotFollow }
      return try period(in: year, parts, calendar)
    }

    private func period(
      in year: Int, _ parts: DatePattern.Parts, _ calendar: FinancialCalendar
    ) throws(ReadingProblem.Kind) -> Period {
      if let month = parts.month {
        guard (0...13).contains(month) else { throw .notAPeriod }
        guard pattern.has(.monthName) else { return Period(year: year, month: month) }
        return Period(year: year, month: Int(calendar.period(calendarYear: year, month: month).month))
      }
      if let quarter = parts.quarter {
        guard (1...4).contains(quarter) else { throw .notAPeriod }
        return Period(year: year, month: quarter * 3)
      }
      return Period(year: year, month: 12)
    }
  }
}
