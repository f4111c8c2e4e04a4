import Finance

/// Keeps a receiver that does not answer from eating up every message's attempts: after a few failures in a row one
/// message at a time goes to see whether it is back, and the rest wait unspent.
struct Breaker {
  private var failures = 0
  private(set) var closedUntil: Moment?

  private static let patience = 5
  /// Milliseconds between probes, the first after the patience is gone.
  private static let pauses: [Int64] = [5_000, 30_000, 120_000, 600_000]

  /// How many messages may be on their way at a time.
  func room(now: Moment, most: Int) -> Int {
    guard let closedUntil else { return most }
    return closedUntil <= now ? 1 : 0
  }

  /// True where that ends a time of failure.
  mutating func succeeded() -> Bool {
    defer { self = Breaker() }
    return closedUntil != nil
  }

  /// - Parameter asked: milliseconds that the receiver asked to wait at least.
  mutating func failed(now: Moment, asked: Int64?) {
    failures += 1
    let pause = failures < Self.patience ? nil : Self.pauses[min(failures - Self.patience, Self.pauses.count - 1)]
    guard let longest = [pause, asked].compactMap(\.self).max() else { return }
    let until = Moment(milliseconds: now.milliseconds + longest)
    closedUntil = max(until, closedUntil ?? until)
  }
}
