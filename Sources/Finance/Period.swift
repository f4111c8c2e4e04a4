/// A month of a financial year: M1 to M12, M0 (the opening position) or M13 (final accounts).
///
/// A quarter's figure stands at its last month, a year's at M12. Periods order as they follow each other:
/// M0 < M1 … M12 < M13 < the next year's M0.
@frozen
package struct Period: Hashable, Comparable, Sendable {
  /// The calendar year in which the financial year starts: 2013 for 2013-14.
  package var year: Int32
  /// 0 to 13.
  package var month: Int8

  @inlinable package init(year: Int, month: Int) {
    precondition((0...13).contains(month), "a financial month is 0 to 13")
    self.year = Int32(year)
    self.month = Int8(month)
  }

  /// Periods as consecutive whole numbers, fourteen a year, for dense columns.
  @inlinable package var ordinal: Int { Int(year) * 14 + Int(month) }
  @inlinable package init(ordinal: Int) { self.init(year: ordinal / 14, month: ordinal % 14) }

  @inlinable package static func < (left: Period, right: Period) -> Bool { left.ordinal < right.ordinal }
}

/// How long the time is that one figure of a measure speaks of.
package enum Step: String, Hashable, Sendable, CaseIterable {
  case month, quarter, year

  @inlinable package var months: Int {
    switch self {
    case .month: 1
    case .quarter: 3
    case .year: 12
    }
  }
}

// MARK: - From one period to another

extension Period {
  /// M1 to M12: neither the opening position nor final accounts.
  @inlinable package var isMonth: Bool { (1...12).contains(month) }

  /// 1 to 4; the opening position has none, and final accounts belong to the fourth.
  @inlinable package var quarter: Int? { month == 0 ? nil : min((Int(month) + 2) / 3, 4) }

  /// Where a figure of this step stands that includes this month: the quarter's last month, the year's M12. The opening
  /// position and final accounts stand by themselves.
  @inlinable package func end(of step: Step) -> Period {
    guard isMonth else { return self }
    return Period(year: Int(year), month: (Int(month) + step.months - 1) / step.months * step.months)
  }

  /// So many months later (earlier when negative), through M12 to the next year's M1: a time that passes over M0 and
  /// M13. From M0 the first month on is M1, from M13 the first month back is M12; no steps lead to the period itself.
  @inlinable package func advanced(months count: Int) -> Period {
    if count == 0 { return self }
    var index = Int(year) * 12 + Int(month) - 1
    if month == 0 && count > 0 { index = Int(year) * 12 - 1 }
    if month == 0 && count < 0 { index = Int(year) * 12 }
    if month == 13 && count > 0 { index = Int(year) * 12 + 11 }
    index += count
    let years = index >= 0 ? index / 12 : (index - 11) / 12
    return Period(year: years, month: index - years * 12 + 1)
  }

  /// So many months, quarters or years later (earlier when negative). By years, M0 and M13 go to their like.
  @inlinable package func advanced(by count: Int, _ step: Step) -> Period {
    step == .year ? Period(year: Int(year) + count, month: Int(month)) : advanced(months: count * step.months)
  }

  @inlinable package var nextMonth: Period { advanced(months: 1) }
  @inlinable package var previousMonth: Period { advanced(months: -1) }
  @inlinable package var sameMonthLastYear: Period { advanced(by: -1, .year) }

  /// In the order of folding: M12, then M13, then the next year's M1. M0 is not folded.
  @inlinable package var nextInFold: Period {
    month == 12 ? Period(year: Int(year), month: 13) : nextMonth
  }

  @inlinable package var previousInFold: Period {
    month == 1 ? Period(year: Int(year) - 1, month: 13) : previousMonth
  }
}
