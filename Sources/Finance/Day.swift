/// A calendar day, as days since 1970-01-01 in the proleptic Gregorian calendar.
@frozen
package struct Day: Hashable, Comparable, Sendable {
  package var daysSince1970: Int32
  @inlinable package init(daysSince1970: Int32) { self.daysSince1970 = daysSince1970 }
  @inlinable package static func < (left: Day, right: Day) -> Bool { left.daysSince1970 < right.daysSince1970 }
}
