/// Which calendar month a financial year starts in, and the translations that hang on it.
package struct FinancialCalendar: Hashable, Sendable {
  /// 1 (January) to 12.
  package let firstMonth: Int
  package init(firstMonth: Int) {
    precondition((1...12).contains(firstMonth), "a year starts in a month from 1 to 12")
    self.firstMonth = firstMonth
  }
}
