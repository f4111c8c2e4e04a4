import Foundation
import Logging

/// What the daemon tells the service manager, if one listens; that nobody could be told is worth a line in the log and
/// nothing more.
struct ServiceStatus: Sendable {
  private let notifier: ServiceNotifier?
  private let log: Logger

  init(_ notifier: ServiceNotifier?, log: Logger) {
    self.notifier = notifier
    self.log = log
  }

  /// How long the work loop may sleep: the watchdog is fed by its progress alone.
  var longestSilence: TimeInterval { notifier?.watchdogInterval?.seconds ?? 3600 }

  func ready(_ status: String) { tell { notifier throws(ServiceNotifierError) in try notifier.ready(status) } }
  func reloading() { tell { notifier throws(ServiceNotifierError) in try notifier.reloading() } }
  func say(_ status: String) { tell { notifier throws(ServiceNotifierError) in try notifier.status(status) } }
  func progress() { tell { notifier throws(ServiceNotifierError) in try notifier.watchdog() } }
  func stopping() { tell { notifier throws(ServiceNotifierError) in try notifier.stopping() } }

  private func tell(_ message: (ServiceNotifier) throws(ServiceNotifierError) -> Void) {
    guard let notifier else { return }
    do {
      try message(notifier)
    } catch {
      log.warning("\(error)")
    }
  }
}
