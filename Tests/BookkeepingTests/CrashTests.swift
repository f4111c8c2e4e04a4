import Bookkeeping
import Finance
import Foundation
import Storage
import TestKit
import Testing

/// FAULTS 33 in the small: a process that accounts drop after drop is killed at no particular moment.
@Suite struct CrashTests {
  static let ledgerVariable = "OUTTURN_TEST_KILLED_LEDGER"

  /// What the killed process runs: this test binary, asked for this test alone. It says each drop once it is durable.
  @Test(.enabled(if: ProcessInfo.processInfo.environment[ledgerVariable] != nil, "only in the process to be killed"))
  func accountUntilKilled() throws {
    let path = try #require(ProcessInfo.processInfo.environment[Self.ledgerVariable])
    let store = try Store(at: path, migrations: Tables.migrations)
    let said = try #require(FileHandle(forWritingAtPath: path + ".said"))
    try said.seekToEnd()
    for number in 0..<100_000 {
      let drop = contents(
        (0..<40).map { ("organisation \($0)", 5, ["plan": Int64(number), "actual": 1]) }, bytes: "\(number)")
      let accounted = try store.write { transaction in
        try Ledger.account(drop, at: Moment(milliseconds: Int64(number)), in: transaction)
      }
      try said.write(contentsOf: Data("\(accounted.drop.id)\n".utf8))
    }
  }

  @Test func nothingThatWasAcknowledgedIsLost() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/ledger.db"
    try Data().write(to: URL(fileURLWithPath: path + ".said"))
    var random = SeededGenerator(seed: 33)
    for _ in 0..<5 {
      let before = try acknowledged(path)
      let child = Process()
      child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      child.arguments = ["--testing-library", "swift-testing", "--filter", "accountUntilKilled"]
      child.environment = ProcessInfo.processInfo.environment.merging([Self.ledgerVariable: path]) { _, new in new }
      child.standardOutput = FileHandle.nullDevice
      child.standardError = FileHandle.nullDevice
      try child.run()
      defer { if child.isRunning { kill(child.processIdentifier, SIGKILL) } }
      let deadline = Date(timeIntervalSinceNow: 30)
      while try acknowledged(path) < before + 5, child.isRunning, Date() < deadline { usleep(1_000) }
      usleep(UInt32.random(in: 0...20_000, using: &random))
      kill(child.processIdentifier, SIGKILL)
      child.waitUntilExit()

      let last = try acknowledged(path)
      #expect(last >= before + 5)
      let store = try Store(at: path, migrations: Tables.migrations)
      try store.read { snapshot in
        #expect(try Ledger.verify(in: snapshot) == [])
        let drops = try Ledger.drops(limit: 2, in: snapshot).map(\.id)
        // One more may be durable that the process had no time to say.
        #expect(drops.first == last || drops.first == last + 1)
        var versions = 0
        try Ledger.visible(in: snapshot) { version in
          #expect(version.drop == drops.first, "a drop is all or nothing")
          versions += 1
        }
        #expect(versions == 40)
      }
    }
  }

  private func acknowledged(_ path: String) throws -> Int64 {
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path + ".said")), as: UTF8.self)
    return text.split(separator: "\n").last.flatMap { Int64($0) } ?? 0
  }
}
