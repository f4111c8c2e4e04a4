package import Finance
import Synchronization
import Transfers

/// A receiver that is a file. What arrives while a write is under way is written and synced together, next.
package final class LogFileSink: Sink {
  private typealias Waiting = (lines: [UInt8], continuation: CheckedContinuation<AttemptOutcome, Never>)

  private struct Queue {
    var waiting: [Waiting] = []
    var isWriting = false
  }

  private let format: LogFileSettings.Format
  private let queue = Mutex(Queue())
  private let file: Mutex<LogFile>

  package init(_ settings: LogFileSettings) {
    format = settings.format
    file = Mutex(LogFile(path: settings.path))
  }

  package func freeze(_ message: Message) -> FrozenMessage {
    FrozenMessage(id: message.id, body: format.lines(message))
  }

  package func send(_ message: FrozenMessage, now: Moment) async -> AttemptOutcome {
    await withCheckedContinuation { continuation in
      let isFirst = queue.withLock { queue in
        queue.waiting.append((message.body, continuation))
        defer { queue.isWriting = true }
        return !queue.isWriting
      }
      if isFirst, !OwnThread.start({ self.writeAll() }) { writeAll() }
    }
  }

  /// Runs on a thread of its own, as a disk may take its time, until nothing waits.
  private func writeAll() {
    while true {
      let group = queue.withLock { queue in
        let group = queue.waiting
        queue.waiting = []
        queue.isWriting = !group.isEmpty
        return group
      }
      guard !group.isEmpty else { return }
      let outcome = write(group.flatMap(\.lines))
      for waiting in group { waiting.continuation.resume(returning: outcome) }
    }
  }

  private func write(_ lines: [UInt8]) -> AttemptOutcome {
    file.withLock { file in
      do throws(LogFileError) {
        try file.append(lines)
        return .delivered("written and synced")
      } catch {
        return .later(error.words, after: nil)
      }
    }
  }
}
