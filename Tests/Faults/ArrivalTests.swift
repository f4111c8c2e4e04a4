import Foundation
import Hashing
import TestKit
import Testing

/// How files arrive, and what can happen to them while they do.
@Suite(.enabled(if: Program.isBuilt, "the daemon is not built"), .timeLimit(.minutes(10))) struct ArrivalTests {
  static let text = Site.month("2024-25 M1", ["N": 1_060_000, "S": 1_010_000])

  /// FAULTS 14.
  @Test func `a file that grows byte by byte is not read before it is still`() async throws {
    // Long beside what may come between two bytes on a busy machine.
    let site = try Site(ready: "unchanged_for: 20s")
    let daemon = try await site.serving()
    let file = try Self.begin("M1.csv", in: site)
    for byte in Self.text.utf8 {
      try file.write(contentsOf: [byte])
      try await Task.sleep(for: .milliseconds(300))
    }
    #expect(site.files(in: ".").contains("M1.csv"), "read while it grew")
    try file.close()
    try await site.until("it is taken in") { site.files(in: "accepted") == ["M1.csv"] }
    #expect(site.contents("accepted/M1.csv") == Self.text)
    try await site.stop(daemon)
  }

  /// FAULTS 15.
  @Test func `an upload that is broken off and resumed is read once and whole`() async throws {
    let site = try Site(ready: "checksum: .sha256")
    let daemon = try await site.serving()
    let bytes = Array(Self.text.utf8)
    let file = try Self.begin("M1.csv", in: site)
    try file.write(contentsOf: bytes[..<60])
    try site.write("\(hexadecimal(SHA256.digest(of: Self.text)))  M1.csv\n", to: "inbox/M1.csv.sha256")
    try await Task.sleep(for: .seconds(1))
    #expect(site.files(in: "accepted") == [] && site.files(in: "rejected") == [])
    try file.write(contentsOf: bytes[60...])
    try file.close()
    try await site.until("it is taken in") { site.files(in: "accepted") == ["M1.csv"] }
    try await site.stop(daemon)
    #expect(try site.cells().split(separator: "\r\n").count == 5)
    #expect(try await site.run("drops", "--format", "json").said.matches(of: /"outcome"/).count == 1)
    try await site.expectNothingLost()
  }

  /// FAULTS 16.
  @Test func `a file that arrives by link and unlink is found`() async throws {
    let site = try Site()
    let daemon = try await site.serving()
    try site.write(Self.text, to: "arriving/M1.csv")
    #expect(unsafe link("\(site.folder.path)/arriving/M1.csv", "\(site.inbox)/M1.csv") == 0)
    #expect(unsafe unlink("\(site.folder.path)/arriving/M1.csv") == 0)
    try await site.until("it is taken in") { site.files(in: "accepted") == ["M1.csv"] }
    try await site.stop(daemon)
  }

  enum Harm: CaseIterable { case truncated, replaced, deleted, rewritten }

  /// FAULTS 23: whatever is done to a file while it is read, the daemon lives, and what it took in was a whole file.
  @Test(arguments: Harm.allCases) func `a file that is harmed while it is read`(harm: Harm) async throws {
    let site = try Site()
    // Long enough for the harm to come while it is read.
    let text =
      Site.heading
      + (1900..<2000).flatMap { year in
        (1...12).flatMap { month in
          ["N", "S", "E", "W"].map { "\($0),\(year)-\(String(year + 1).suffix(2)) M\(month),1000000,1000000\n" }
        }
      }.joined()
    let daemon = try await site.serving()
    for round in 0..<5 {
      let name = "M\(round).csv"
      let bytes = Array((text + "N,2010-11 M\(round + 1),1000000,1000000\n").utf8)
      let file = try Self.begin(name, in: site)
      try file.write(contentsOf: bytes)
      try await Task.sleep(for: .milliseconds(2 * round))
      switch harm {
      case .truncated: try file.truncate(atOffset: UInt64(bytes.count / 2))
      case .replaced: try site.drop(text, as: name)
      case .deleted: _ = unsafe unlink("\(site.inbox)/\(name)")
      case .rewritten:
        try file.seek(toOffset: 0)
        try file.write(contentsOf: bytes)
      }
      try file.close()
    }
    try site.drop(Self.text, as: "last.csv")
    try await site.until("the last file is taken in") { site.files(in: "accepted").contains("last.csv") }
    try await site.stop(daemon)
    try await site.serveOnce()
    #expect(site.files(in: ".").filter { $0.hasSuffix(".csv") } == [])
    try await site.expectNothingLost()
  }

  @Test func `an inbox that keeps its files is not read again after a restart, but a changed file is`() async throws {
    let site = try Site(source: "keep: true")
    try site.drop(Self.text, as: "M1.csv")
    try await site.serveOnce()
    try await site.serveOnce()
    func count() async throws -> Int {
      try await site.run("drops", "--format", "json").said.matches(of: /"outcome"/).count
    }
    #expect(try await count() == 1)
    #expect(site.files(in: ".").contains("M1.csv"))
    try site.drop(Site.month("2024-25 M1", ["N": 1_000_000, "S": 1_010_000]), as: "M1.csv")
    try await site.serveOnce()
    #expect(try await count() == 2)
    #expect(try site.receiver.alerts().map(\.state) == ["opened", "withdrawn"])
  }

  /// A new file in the inbox, under the eyes of the daemon. It is made and opened in one step: between two the daemon may
  /// have taken it.
  private static func begin(_ name: String, in site: Site) throws -> FileHandle {
    let descriptor = unsafe open("\(site.inbox)/\(name)", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    try #require(descriptor >= 0)
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }
}
