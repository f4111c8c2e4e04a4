import Delivery
import Finance
import Synchronization

/// Time that stands still until a test moves it.
final class VirtualClock: Sendable {
  private struct State {
    var now: Moment
    var sleepers: [Int: (until: Moment, continuation: CheckedContinuation<Void, any Error>)] = [:]
    var count = 0
  }
  private let state: Mutex<State>

  init(_ now: Moment) { state = Mutex(State(now: now)) }

  var now: Moment { state.withLock(\.now) }

  /// Wakes everybody who slept until then. Backwards it wakes nobody.
  func move(to time: Moment) {
    let woken = state.withLock { state in
      state.now = time
      let due = state.sleepers.filter { $0.value.until <= time }
      for number in due.keys { state.sleepers[number] = nil }
      return due.values.map(\.continuation)
    }
    for continuation in woken { continuation.resume() }
  }

  func move(milliseconds: Int64) { move(to: Moment(milliseconds: now.milliseconds + milliseconds)) }

  var clock: WallClock { WallClock(now: { self.now }, sleep: { try await self.sleep(until: $0) }) }

  private func sleep(until time: Moment) async throws {
    let number = state.withLock { state in
      state.count += 1
      return state.count
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isPast = state.withLock { state in
          guard time > state.now else { return true }
          state.sleepers[number] = (time, continuation)
          return false
        }
        if isPast { continuation.resume() } else if Task.isCancelled { cancel(number) }
      }
    } onCancel: {
      cancel(number)
    }
  }

  private func cancel(_ number: Int) {
    let sleeper = state.withLock { $0.sleepers.removeValue(forKey: number) }
    sleeper?.continuation.resume(throwing: CancellationError())
  }
}
