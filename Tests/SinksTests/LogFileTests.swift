import Foundation
import Glibc
import Sinks
import Testing
import TestKit

@Suite(.timeLimit(.minutes(5))) struct LogFileTests {
  private let folder = TemporaryFolder()
  private var path: String { "\(folder.path)/alerts.jsonl" }

  private func sink(_ format: LogFileSettings.Format = .json) -> LogFileSink {
    LogFileSink(LogFileSettings(path: path, format: format))
  }

  private func send(_ sink: LogFileSink, _ id: String, _ sentence: String = "over plan") async -> AttemptOutcome {
    await sink.send(sink.freeze(Message(id: id, [announced(sentence: sentence)])), now: noon)
  }

  private func lines(_ path: String? = nil) throws -> [String] {
    try String(contentsOfFile: path ?? self.path, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false
    )
    .dropLast().map(String.init)
  }

  @Test func everyAnnouncementIsALine() async throws {
    let sink = sink()
    #expect(await send(sink, "msg_1") == .delivered("written and synced"))
    let group = sink.freeze(Message(id: "msg_2", [announced(8), announced(9)]))
    #expect(await sink.send(group, now: noon) == .delivered("written and synced"))
    let objects = try lines().map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
    #expect(objects.map { $0?["id"] as? String } == ["msg_1", "msg_2", "msg_2"])
    var status = stat()
    _ = unsafe stat(path, &status)
    #expect(status.st_mode & 0o137 == 0)
  }

  @Test(arguments: LogFileSettings.Format.allCases) func noValueEndsItsLine(format: LogFileSettings.Format) async throws
  {
    _ = await send(sink(format), "msg_1", hostile)
    let lines = try lines()
    #expect(lines.count == 1)
    #expect(lines[0].unicodeScalars.allSatisfy { $0.value >= 32 && $0 != "\u{202e}" && $0 != "\u{2028}" })
  }

  @Test func manyAtOnceAreAllThereWhole() async throws {
    let sink = sink()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<500 { group.addTask { _ = await send(sink, "msg_\(number)") } }
    }
    let ids = try lines().map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
    #expect(Set(ids.map { $0?["id"] as? String }) == Set((0..<500).map { "msg_\($0)" }))
  }

  @Test func aTornLastLineIsCutAway() async throws {
    for (before, kept) in [("{\"a\":1}\n{\"torn", 1), ("{\"torn", 0), ("", 0), ("{}\n", 1)] {
      try before.write(toFile: path, atomically: true, encoding: .utf8)
      _ = await send(sink(), "msg_1")
      let lines = try lines()
      #expect(lines.count == kept + 1)
      #expect(!lines.joined().contains("torn"))
      #expect(lines.last?.contains("msg_1") == true)
    }
  }

  @Test func aFileThatIsNoLogIsLeftAlone() async throws {
    try String(repeating: "x", count: 4_100_000).write(toFile: path, atomically: true, encoding: .utf8)
    guard case .later = await send(sink(), "msg_1") else {
      Issue.record("written to what is no log")
      return
    }
    #expect(try Data(contentsOf: URL(filePath: path)).count == 4_100_000)
  }

  @Test func afterRotationTheNewFileIsWritten() async throws {
    let sink = sink()
    _ = await send(sink, "msg_1")
    try FileManager.default.moveItem(atPath: path, toPath: "\(path).1")
    _ = await send(sink, "msg_2")
    try FileManager.default.removeItem(atPath: path)
    try Data().write(to: URL(filePath: path))
    _ = await send(sink, "msg_3")
    // As `copytruncate` does it.
    unsafe truncate(path, 0)
    _ = await send(sink, "msg_4")
    #expect(try lines("\(path).1").map { $0.contains("msg_1") } == [true])
    #expect(try lines().map { $0.contains("msg_4") } == [true])
  }

  @Test func whatCannotBeWrittenIsSaidAndWrittenLater() async throws {
    let inner = "\(folder.path)/missing/alerts.jsonl"
    let sink = LogFileSink(LogFileSettings(path: inner))
    guard case .later(let words, after: nil) = await send(sink, "msg_1") else {
      Issue.record("not tried again")
      return
    }
    #expect(words.contains(inner))
    try FileManager.default.createDirectory(atPath: "\(folder.path)/missing", withIntermediateDirectories: false)
    #expect(await send(sink, "msg_1") == .delivered("written and synced"))
  }

  @Test func onlyAPlainFileIsALog() async throws {
    try #require(unsafe mkfifo(path, 0o600) == 0)
    for path in [path, folder.path, "/dev/null"] {
      let sink = LogFileSink(LogFileSettings(path: path))
      guard case .later = await send(sink, "msg_1") else {
        Issue.record("\(path) was taken for a log")
        continue
      }
    }
  }
}
