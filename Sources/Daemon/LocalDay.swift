import Finance
import Foundation

extension Moment {
  /// The day that it is where the configuration is at home: what a deadline is held against, and lateness counted from.
  func day(in timeZone: TimeZone) -> Day {
    let offset = timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(milliseconds / 1000)))
    return Moment(milliseconds: milliseconds + Int64(offset) * 1000).day
  }
}
