import Foundation
import Synchronization

/// Rings when something stirs in an inbox, so that a drop is seen before its inbox is due to be looked at.
///
/// It only wakes: what there is, a full look finds out. Where the system can't watch (too many folders, a network file
/// system), nothing is missed and the intervals do.
final class InboxBell: Sendable {
  private let descriptor: Int32
  private let isStopped = Atomic<Bool>(false)

  /// Nil where the system gives no notifications.
  init?(_ folders: [String], ring: @escaping @Sendable () -> Void) {
    descriptor = inotify_init1(Int32(O_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    let stirs = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ATTRIB)
    for folder in folders { _ = unsafe inotify_add_watch(descriptor, folder, stirs) }
    let thread = Thread { [self] in
      var events = [UInt8](repeating: 0, count: 64 * 1024)
      while unsafe read(descriptor, &events, events.count) > 0, !isStopped.load(ordering: .acquiring) { ring() }
    }
    thread.name = "bell"
    thread.start()
  }

  /// The thread ends with its next event, or with the process.
  func stop() { isStopped.store(true, ordering: .releasing) }
}
