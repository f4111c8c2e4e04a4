import Foundation

/// Tells the service manager how the daemon does, by systemd's notification protocol: datagrams to `$NOTIFY_SOCKET`.
///
/// A path or, with a leading `@`, an abstract name. A message that can't be sent is an error of the world for the log;
/// the daemon goes on.
package struct ServiceNotifier: Sendable {
  private let address: sockaddr_un
  private let addressLength: socklen_t
  /// How often `watchdog()` has to be called so that the manager doesn't restart the daemon: half of what it allows.
  package let watchdogInterval: Duration?

  /// Nil where no service manager listens.
  package init?(environment: [String: String]) {
    guard let name = environment["NOTIFY_SOCKET"], let found = Self.address(of: name) else { return nil }
    (address, addressLength) = found
    watchdogInterval = Self.watchdogInterval(environment)
  }

  /// Started and able to take drops.
  package func ready(_ status: String) throws(ServiceNotifierError) {
    try send("READY=1\nSTATUS=" + status.oneLine)
  }

  /// A reload begins; `ready` ends it.
  package func reloading() throws(ServiceNotifierError) {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    let microseconds = now.tv_sec * 1_000_000 + now.tv_nsec / 1000
    try send("RELOADING=1\nMONOTONIC_USEC=\(microseconds)\nSTATUS=reloading")
  }

  /// What the daemon is doing, in words, as `systemctl status` shows it.
  package func status(_ status: String) throws(ServiceNotifierError) {
    try send("STATUS=" + status.oneLine)
  }

  /// The work loop has moved on.
  package func watchdog() throws(ServiceNotifierError) {
    try send("WATCHDOG=1")
  }

  package func stopping() throws(ServiceNotifierError) {
    try send("STOPPING=1\nSTATUS=stopping")
  }

  private func send(_ message: String) throws(ServiceNotifierError) {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw ServiceNotifierError() }
    defer { close(descriptor) }
    // Without waiting: a manager that does not read must not stop the cycle.
    let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
    let bytes = Array(message.utf8)
    var address = address
    let sent = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bytes.withUnsafeBytes { bytes in
          unsafe sendto(
            descriptor, bytes.baseAddress, bytes.count, flags, address, addressLength)
        }
      }
    }
    guard sent == bytes.count else { throw ServiceNotifierError() }
  }

  /// Nil where the name is neither a whole path nor an abstract name, or too long for a socket.
  private static func address(of name: String) -> (sockaddr_un, socklen_t)? {
    var bytes = Array(name.utf8)
    let isAbstract = bytes.first == UInt8(ascii: "@")
    guard isAbstract || bytes.first == UInt8(ascii: "/"), bytes.count > 1 else { return nil }
    if isAbstract { bytes[0] = 0 }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard bytes.count < room else { return nil }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    // An abstract name ends where the address does; a path ends in a zero.
    let length = MemoryLayout<sa_family_t>.size + bytes.count + (isAbstract ? 0 : 1)
    return (address, socklen_t(length))
  }

  /// `$WATCHDOG_USEC` counts for the process that `$WATCHDOG_PID` names.
  private static func watchdogInterval(_ environment: [String: String]) -> Duration? {
    guard let microseconds = environment["WATCHDOG_USEC"].flatMap({ Int64($0) }), microseconds > 0 else { return nil }
    if let pid = environment["WATCHDOG_PID"], pid != String(getpid()) { return nil }
    return .microseconds(microseconds / 2)
  }
}

/// The service manager could not be told.
package struct ServiceNotifierError: Error, Sendable, CustomStringConvertible {
  package let code = "service_manager_unreachable"
  package let message = "the service manager can't be told how the daemon does"
  package let cause: String

  fileprivate init() { cause = unsafe String(cString: strerror(errno)) }

  package var description: String { "\(message): \(cause)" }
}

extension String {
  /// A line break would begin another message.
  fileprivate var oneLine: String {
    String(map { $0.isNewline ? " " : $0 })
  }
}
