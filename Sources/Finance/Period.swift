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
package enum Step: String, Hashable, Sendable, CaseIterable { case month, quarter, year }
