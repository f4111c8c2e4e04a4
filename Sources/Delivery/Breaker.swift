import Finance

/// Keeps a receiver that is down from being asked again and again: after five failures in a row there is a pause, and
/// after it one message tries at a time, each failure making the next pause longer, until one comes through.
///
/// A pure state machine, kept in memory only: after a restart a receiver that is down is asked a few times more.
struct Breaker: Hashable, Sendable {
  static let tolerated = 5
  static let pauses: [Int64] = Schedule.delays.prefix(4).map(\.self)

  private var failures = 0
  /// While it is open: when the next probe may go.
  private(set) var resumes: Moment?

  var isOpen: Bool { resumes != nil }

  /// How many more may be sent now.
  func room(of capacity: Int, inFlight: Int, at now: Moment) -> Int {
    guard let resumes else { return max(0, capacity - inFlight) }
    return inFlight == 0 && now >= resumes ? 1 : 0
  }

  mutating func succeeded() { self = Breaker() }

  /// - Parameters:
  ///   - began: when the failed attempt was begun. What was under way when the breaker opened does not count again.
  ///   - wait: milliseconds that the receiver asked to wait at least.
  mutating func failed(_ began: Moment, at now: Moment, atLeast wait: Int64?) {
    if let resumes, began < resumes { return }
    failures += 1
    guard failures >= Self.tolerated else { return }
    let pause = Self.pauses[min(failures - Self.tolerated, Self.pauses.count - 1)]
    resumes = Moment(milliseconds: now.milliseconds + max(pause, min(wait ?? 0, Schedule.longest)))
  }
}
