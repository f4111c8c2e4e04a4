/// A moment of wall time, in whole milliseconds since 1970-01-01T00:00:00Z.
@frozen
package struct Moment: Hashable, Comparable, Sendable {
  package var milliseconds: Int64
  @inlinable package init(milliseconds: Int64) { self.milliseconds = milliseconds }
  @inlinable package static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }

  package static let millisecondsADay: Int64 = 86_400_000

  /// The first moment of a day in UTC.
  package init(startOf day: Day) { milliseconds = Int64(day.daysSince1970) * Self.millisecondsADay }

  /// The day in UTC.
  package var day: Day {
    let (days, remainder) = milliseconds.quotientAndRemainder(dividingBy: Self.millisecondsADay)
    return Day(daysSince1970: Int32(remainder < 0 ? days - 1 : days))
  }
}

extension Moment: CustomStringConvertible {
  /// `2014-03-31T09:05:00.250Z`
  package var description: String {
    let time = Int(milliseconds - Moment(startOf: day).milliseconds)
    let hour = Decimals.padded(time / 3_600_000, to: 2)
    let minute = Decimals.padded(time / 60_000 % 60, to: 2)
    let second = Decimals.padded(time / 1_000 % 60, to: 2)
    return "\(day)T\(hour):\(minute):\(second).\(Decimals.padded(time % 1_000, to: 3))Z"
  }
}
