import Foundation
import Testing

private let tracer = "/usr/bin/strace"

/// FAULTS 35: the disk takes no sync from some moment on. `strace` makes every later one of a thread fail, as a dying disk
/// would.
@Suite(
  .enabled(
    if: Program.isBuilt && FileManager.default.isExecutableFile(atPath: tracer),
    "the daemon is not built, or there is no strace"),
  .timeLimit(.minutes(5)))
struct SyncErrorTests {
  @Test(arguments: [1, 2, 4, 6, 8, 11])
  func `what could not be synced is not acknowledged, and nothing is lost`(_ first: Int) async throws {
    let months = (1...4).map { Site.month("2024-25 M\($0)", ["N": 1_000_000 + $0 % 3 * 30_000, "S": 1_000_000]) }
    let peaceful = try Site()
    for (number, text) in months.enumerated() { try peaceful.drop(text, as: "M\(number + 1).csv") }
    try await peaceful.serveOnce()

    let site = try Site()
    for (number, text) in months.enumerated() { try site.drop(text, as: "M\(number + 1).csv") }
    let outcome = try await site.run(
      "serve", "--once",
      under: [
        tracer, "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e",
        "inject=fsync,fdatasync:error=EIO:when=\(first)+",
      ])
    #expect(outcome.end != .status(0), "\(outcome.said)")
    let told = try site.receiver.alerts().map(\.head)
    if !told.isEmpty { #expect(Set(told).isSubset(of: try site.announced())) }

    try await site.serveOnce()
    #expect(site.files(in: "accepted").count == 4)
    try site.expectSameAnnouncements(as: peaceful)
    try await site.expectNothingLost()
  }
}
