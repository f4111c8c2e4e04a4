import Finance
import Synchronization

/// Wakes the one who waits for it. Rung while nobody waits, it wakes the next at once.
final class Bell: Sendable {
  private struct State {
    var isRung = false
    var waiting: CheckedContinuation<Void, Never>?
  }
  private let state = Mutex(State())

  func ring() {
    let waiting = state.withLock { state in
      defer { state.waiting = nil }
      state.isRung = state.waiting == nil
      return state.waiting
    }
    waiting?.resume()
  }

  /// Returns when it rings, or at that time.
  func wait(until time: Moment?, _ clock: DeliveryClock) async {
    let timer = time.map { time in
      Task {
        await clock.sleep(time)
        if !Task.isCancelled { ring() }
      }
    }
    await withCheckedContinuation { continuation in
      let isRung = state.withLock { state in
        defer { state.isRung = false }
        if !state.isRung { state.waiting = continuation }
        return state.isRung
      }
      if isRung { continuation.resume() }
    }
    timer?.cancel()
  }
}
