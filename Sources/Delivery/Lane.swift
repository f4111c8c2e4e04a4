import Finance
import Sinks

/// One receiver as the dispatcher sees it: lanes have nothing in common, so that what hangs in one delays no other.
struct Lane {
  /// Messages that are handed over at the same time.
  static let capacity = 8

  /// Nil once the configuration no longer has the receiver; what is on its way still ends.
  var sink: (any Sink)?
  var breaker = Breaker()
  /// On their way.
  private(set) var inFlight = 0
  /// On their way, or arrived and not written down: the store says that they wait, and they must not be taken again.
  private(set) var busy: Set<Int64> = []

  init(sink: (any Sink)?) { self.sink = sink }

  func room(at now: Moment) -> Int {
    sink == nil ? 0 : breaker.room(of: Self.capacity, inFlight: inFlight, at: now)
  }

  mutating func begin(_ number: Int64) {
    inFlight += 1
    busy.insert(number)
  }

  mutating func end(_ attempt: Attempt) {
    inFlight -= 1
    switch attempt.outcome {
    case .delivered, .refused, .gone: breaker.succeeded()
    case .later(_, let wait): breaker.failed(attempt.began, at: attempt.ended, atLeast: wait)
    }
  }

  /// Broken off by ourselves: it never was an attempt.
  mutating func breakOff(_ number: Int64) {
    inFlight -= 1
    busy.remove(number)
  }

  mutating func written(_ number: Int64) { busy.remove(number) }
}
