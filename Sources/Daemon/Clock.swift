import Delivery
package import Finance
import Foundation

/// The one place where time is read: below the daemon it is passed in.
package struct Clock: Sendable {
  /// For the record and for schedules.
  package var wall: @Sendable () -> Moment
  /// For waiting: since some fixed point, whatever the wall clock is set to.
  package var monotonic: @Sendable () -> Duration

  package init(wall: @escaping @Sendable () -> Moment, monotonic: @escaping @Sendable () -> Duration) {
    self.wall = wall
    self.monotonic = monotonic
  }

  /// The machine's.
  package static let system = Clock(
    wall: { Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
    monotonic: {
      var now = timespec()
      unsafe clock_gettime(CLOCK_BOOTTIME, &now)
      return .seconds(Int64(now.tv_sec)) + .nanoseconds(Int64(now.tv_nsec))
    })
}

extension WallClock {
  /// The machine's, for delivery's schedule.
  static let system = WallClock(now: Clock.system.wall) { moment in
    let wait = moment.milliseconds - Clock.system.wall().milliseconds
    if wait > 0 { try await Task.sleep(for: .milliseconds(wait)) }
  }
}
