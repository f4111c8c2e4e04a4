import Drops
import Foundation
import Glibc
import TestKit
import Testing

/// On a clock of the test's own: a file is written by hand and looked at second by second.
@Suite struct ReadinessTests {
  let folder = TemporaryFolder()

  private func inbox(_ settings: String = "") throws -> Inbox {
    let source = try DropWorkbench.source(
      """
      inbox: \(folder.path)
      columns: { organisation: Org, period: 2013-14, measures: { plan: Plan } }
      \(settings)
      """)
    let inbox = Inbox(source)
    try inbox.prepare()
    return inbox
  }

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder.path)/\(name)"))
  }

  private func append(_ name: String, _ text: String) throws {
    let handle = try #require(FileHandle(forWritingAtPath: "\(folder.path)/\(name)"))
    handle.seekToEndOfFile()
    handle.write(Data(text.utf8))
    try handle.close()
  }

  /// FAULTS 14, 15: one byte a second, a pause in the upload that is shorter than the window, then the rest.
  @Test func aGrowingFileIsNotWhole() throws {
    let inbox = try inbox()
    var readiness = Readiness(inbox.source.ready)
    try write("a.csv", "x")
    for second in 0..<30 {
      #expect(readiness.whole(in: try inbox.look().files, at: .seconds(second)).isEmpty)
      if second < 20 || second == 29 { try append("a.csv", "y") }
    }
    for second in 30..<40 { #expect(readiness.whole(in: try inbox.look().files, at: .seconds(second)).isEmpty) }
    #expect(readiness.next == .seconds(40))
    #expect(readiness.whole(in: try inbox.look().files, at: .seconds(40)).map(\.path) == ["a.csv"])
    #expect(readiness.whole(in: try inbox.look().files, at: .seconds(50)).isEmpty, "it is offered once")
    #expect(readiness.next == nil)
  }

  @Test func aReplacedFileWaitsAnew() throws {
    let inbox = try inbox()
    var readiness = Readiness(inbox.source.ready)
    try write("a.csv", "one")
    _ = readiness.whole(in: try inbox.look().files, at: .seconds(0))
    // The same name and size, another file.
    try write("b.tmp", "two")
    #expect(unsafe rename("\(folder.path)/b.tmp", "\(folder.path)/a.csv") == 0)
    #expect(readiness.whole(in: try inbox.look().files, at: .seconds(10)).isEmpty)
    #expect(readiness.whole(in: try inbox.look().files, at: .seconds(20)).count == 1)
  }

  @Test func aFileThatCouldNotBeReadIsTriedAgain() throws {
    let inbox = try inbox()
    var readiness = Readiness(inbox.source.ready)
    try write("a.csv", "one")
    _ = readiness.whole(in: try inbox.look().files, at: .seconds(0))
    let whole = readiness.whole(in: try inbox.look().files, at: .seconds(10))
    readiness.retry(try #require(whole.first), at: .seconds(10))
    #expect(readiness.whole(in: try inbox.look().files, at: .seconds(19)).isEmpty)
    #expect(readiness.whole(in: try inbox.look().files, at: .seconds(20)).count == 1)
  }

  @Test func aMarkerSaysThatAFileIsWhole() throws {
    let inbox = try inbox("ready: { marker: .done }")
    var readiness = Readiness(inbox.source.ready)
    try write("a.csv", "one")
    #expect(readiness.whole(in: try inbox.look().files, at: .seconds(1_000)).isEmpty)
    try write("a.csv.done", "")
    let whole = readiness.whole(in: try inbox.look().files, at: .seconds(1_001))
    #expect(whole.map(\.path) == ["a.csv"])
    let taken = try inbox.take(whole[0], id: "1")
    defer { taken.close() }
    try inbox.settle(taken, as: .accepted)
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/a.csv.done"))
  }

  @Test func aChecksumHasToMatch() throws {
    let inbox = try inbox("ready: { checksum: .sha256 }")
    try write("a.csv", "abc")
    try write("a.csv.sha256", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD  a.csv\n")
    let file = try #require(try inbox.look().files.first)
    let taken = try inbox.take(file, id: "1")
    defer { taken.close() }
    let digest = try #require(taken.expected)
    try taken.verify(digest)
    #expect(throws: InboxFailure.self) { try taken.verify(Array(digest.reversed())) }
  }

  @Test func aKeptFileIsRememberedUntilItChanges() throws {
    let inbox = try inbox("keep: true")
    var readiness = Readiness(.unchanged(for: .zero))
    try write("a.csv", "one")
    let file = try #require(readiness.whole(in: try inbox.look().files, at: .zero).first)
    let taken = try inbox.take(file, id: "1")
    taken.close()
    #expect(try inbox.settle(taken, as: .accepted) == nil)
    readiness.remember(file)
    #expect(readiness.whole(in: try inbox.look().files, at: .seconds(1)).isEmpty)
    var restarted = Readiness(.unchanged(for: .zero), remembered: [file.remembered])
    #expect(restarted.whole(in: try inbox.look().files, at: .zero).isEmpty)
    try append("a.csv", "two")
    #expect(restarted.whole(in: try inbox.look().files, at: .seconds(2)).count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.csv"])
  }
}
