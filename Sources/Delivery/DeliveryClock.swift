package import Finance

/// Time as delivery sees it, handed in from outside, so that three days of retries can be tested in a second.
package struct DeliveryClock: Sendable {
  /// Wall time: what is recorded, and what due times are in.
  package let now: @Sendable () -> Moment
  /// Waits until then, or until the task is cancelled. Where the wall clock is set meanwhile, it may return early or
  /// late by as much; whoever calls looks at the time again.
  package let sleep: @Sendable (_ until: Moment) async -> Void

  package init(now: @escaping @Sendable () -> Moment, sleep: @escaping @Sendable (_ until: Moment) async -> Void) {
    self.now = now
    self.sleep = sleep
  }
}
