import Foundation
import TestKit
import Testing

/// FAULTS 34 and 35: the ledger's disk is full while returns arrive. The disk is a small file system in memory, which only
/// root can mount.
@Suite(
  .enabled(if: Program.isBuilt && geteuid() == 0, "the daemon is not built, or this is not root"),
  .timeLimit(.minutes(10)))
struct FullDiskTests {
  @Test func `a full disk is said and recovered from, and nothing was acknowledged that was not written`() async throws
  {
    let disk = TemporaryFolder()
    guard unsafe mount("tmpfs", disk.path, "tmpfs", 0, "size=4m") == 0 else {
      // A container may have root without the right to mount.
      try Test.cancel("no file system can be mounted here")
    }
    defer { unsafe umount2(disk.path, Int32(MNT_DETACH)) }
    let months = (1...12).map { Site.month("2024-25 M\($0)", ["N": 1_000_000 + $0 % 3 * 30_000, "S": 1_000_000]) }
    let peaceful = try Site()
    for (number, text) in months.enumerated() { try peaceful.drop(text, as: "M\(number + 1).csv") }
    try await peaceful.serveOnce()

    let site = try Site(ledger: disk.path)
    let daemon = try await site.serving()
    try site.drop(months[0], as: "M1.csv")
    try site.drop(months[1], as: "M2.csv")
    try await site.until("two are taken in") { site.files(in: "accepted").count == 2 }
    try await site.until("both are told") { try site.receiver.alerts().count == 2 }

    // Several files lie there at one look; the first finds the disk full, and the others must not be forgotten over it.
    daemon.signal(SIGSTOP)
    Self.fill(disk.path + "/ballast")
    for number in 3...6 { try site.drop(months[number - 1], as: "M\(number).csv") }
    daemon.signal(SIGCONT)
    try await site.until("it says so") { Self.saysTheDiskIsFull(site.said) }
    try FileManager.default.removeItem(atPath: disk.path + "/ballast")
    try await site.until("it recovers without being told to") { site.files(in: "accepted").count == 6 }

    let said = site.said.count
    Self.fill(disk.path + "/ballast")
    for (number, text) in months.enumerated().dropFirst(6) { try site.drop(text, as: "M\(number + 1).csv") }
    try await site.until("it says so again") { Self.saysTheDiskIsFull(site.said.dropFirst(said)) }
    try await Task.sleep(for: .seconds(1))
    #expect(daemon.end == nil, "it goes on\n\(site.said)")
    // What has a place in accepted/ or at a receiver is written down: the record says so, whatever comes now.
    daemon.killNow()
    try FileManager.default.removeItem(atPath: disk.path + "/ballast")
    let told = try site.receiver.alerts().map(\.head)
    #expect(Set(told).isSubset(of: try site.announced()))
    #expect(try site.cells().split(separator: "\r\n").count - 1 >= 4 * site.files(in: "accepted").count)

    let next = try await site.serving()
    Self.fill(disk.path + "/ballast")
    try await Task.sleep(for: .seconds(1))
    try FileManager.default.removeItem(atPath: disk.path + "/ballast")
    try await site.until("it recovers after a restart too") { site.files(in: "accepted").count == 12 }
    try await site.stop(next)
    try await site.serveOnce()
    #expect(try site.receiver.alerts().map(\.summary) == peaceful.receiver.alerts().map(\.summary))
    try site.expectSameAnnouncements(as: peaceful)
    try await site.expectNothingLost()
  }

  private static func saysTheDiskIsFull(_ said: some StringProtocol) -> Bool {
    said.contains("There is no space left") || said.contains("No space left")
  }

  /// Takes every byte that there is.
  private static func fill(_ path: String) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    for size in [65_536, 4096, 1] {
      let bytes = [UInt8](repeating: 7, count: size)
      while unsafe Foundation.write(descriptor, bytes, size) == size {}
    }
  }
}
