import Daemon
import Foundation
import Testing

@Suite struct ServiceNotifierTests {
  @Test(arguments: [true, false]) func `messages arrive as systemd reads them`(isAbstract: Bool) throws {
    let manager = try Manager(isAbstract: isAbstract)
    let notifier = try #require(ServiceNotifier(environment: ["NOTIFY_SOCKET": manager.name]))

    try notifier.ready("2 sources, 14 rules")
    #expect(manager.next() == "READY=1\nSTATUS=2 sources, 14 rules")
    try notifier.status("reading a.csv\nMAINPID=1\r\nREADY=1")
    #expect(manager.next() == "STATUS=reading a.csv MAINPID=1 READY=1")
    try notifier.watchdog()
    #expect(manager.next() == "WATCHDOG=1")
    try notifier.reloading()
    let reloading = manager.next().split(separator: "\n")
    #expect(reloading.first == "RELOADING=1")
    let microseconds = try #require(reloading.dropFirst().first?.split(separator: "=").last.flatMap { Int64($0) })
    let uptime = Int64(ProcessInfo.processInfo.systemUptime * 1_000_000)
    #expect(abs(uptime - microseconds) < 5_000_000)
    try notifier.stopping()
    #expect(manager.next() == "STOPPING=1\nSTATUS=stopping")
  }

  @Test func `a manager that is gone is an error with its cause`() throws {
    let notifier = try #require(ServiceNotifier(environment: ["NOTIFY_SOCKET": "/nonexistent/notify"]))
    let error = #expect(throws: ServiceNotifierError.self) { try notifier.watchdog() }
    #expect(error?.code == "service_manager_unreachable" && error?.cause == "No such file or directory")
  }

  @Test(arguments: ["", "@", "relative", "/" + String(repeating: "x", count: 107)])
  func `what is no socket address is as no manager`(name: String) {
    #expect(ServiceNotifier(environment: ["NOTIFY_SOCKET": name]) == nil)
    #expect(ServiceNotifier(environment: [:]) == nil)
  }

  @Test func `the watchdog is fed twice as often as it must be, by the process that it watches`() {
    func interval(_ more: [String: String]) -> Duration? {
      ServiceNotifier(environment: more.merging(["NOTIFY_SOCKET": "@x"]) { $1 })?.watchdogInterval
    }
    #expect(interval(["WATCHDOG_USEC": "60000000"]) == .seconds(30))
    #expect(interval(["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "\(getpid())"]) == .seconds(30))
    #expect(interval(["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"]) == nil)
    #expect(interval(["WATCHDOG_USEC": "0"]) == nil && interval(["WATCHDOG_USEC": "x"]) == nil && interval([:]) == nil)
  }
}

/// The receiving end: a datagram socket such as systemd has.
private final class Manager {
  let name: String
  private let path: String?
  private let descriptor: Int32

  init(isAbstract: Bool) throws {
    let unique = "outturn-notify-\(UUID().uuidString)"
    path = isAbstract ? nil : "/tmp/\(unique)"
    name = isAbstract ? "@" + unique : "/tmp/\(unique)"
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array((isAbstract ? "\0" + unique : "/tmp/\(unique)").utf8)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
    let bound = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, length) }
    }
    try #require(bound == 0)
    var patience = timeval(tv_sec: 5, tv_usec: 0)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  func next() -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
    return count < 0 ? "nothing came" : String(decoding: buffer[..<count], as: UTF8.self)
  }

  deinit {
    close(descriptor)
    if let path { try? FileManager.default.removeItem(atPath: path) }
  }
}
