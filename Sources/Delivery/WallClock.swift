package import Finance

/// The time by which messages are due, handed in, so that days of a schedule can be run through in a moment.
package struct WallClock: Sendable {
  package var now: @Sendable () -> Moment
  /// Returns at about that time, or throws when the task is cancelled. Whoever sleeps looks at the time again: somebody
  /// may have set the clock.
  package var sleep: @Sendable (_ until: Moment) async throws -> Void

  package init(now: @escaping @Sendable () -> Moment, sleep: @escaping @Sendable (_ until: Moment) async throws -> Void)
  {
    self.now = now
    self.sleep = sleep
  }
}
