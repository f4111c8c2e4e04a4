import Delivery
import Finance
import Foundation
import Receiving
import Sinks
import Storage
import Synchronization
import TestKit
import Testing
import Transfers

/// FAULTS 9, and what else may come between a message and its receiver on our side.
@Suite(.timeLimit(.minutes(5))) struct CrashTests {
  /// What is on disk when the receiver has the message, and its answer is not written down, is what a killed process
  /// leaves.
  @Test func killedBetweenTheAnswerAndTheCommitSendsOneDuplicateWithTheSameID() async throws {
    let folder = TemporaryFolder(), after = TemporaryFolder()
    let listener = try Listener { number, _ in
      if number == 0 {
        for name in ["ledger.db", "ledger.db-wal"] {
          try? FileManager.default.copyItem(atPath: "\(folder.path)/\(name)", toPath: "\(after.path)/\(name)")
        }
      }
      return .init()
    }
    let transfers = try Transfers()
    let sinks = ["finance": Office.webhook(listener.url, over: transfers)]
    let office = try Office(sinks, folder: folder, transfers: transfers)
    try office.announce(["overspend"])
    try await office.settle()
    #expect(try office.message.state == .delivered)

    let restarted = try Office(sinks, folder: after, transfers: transfers)
    #expect(try restarted.message.state == .waiting)
    restarted.dispatcher.wake()
    try await eventually { try restarted.count(.delivered) == 1 }
    #expect(listener.requests.count == 2)
    #expect(Set(listener.ids).count == 1)
    #expect(listener.requests[0].body == listener.requests[1].body)
  }

  @Test func noticesThatNobodyWasWokenForAreFoundAtTheNextStart() async throws {
    let listener = try Listener { _, _ in .init() }
    let folder = TemporaryFolder()
    let transfers = try Transfers()
    let first = try Office([:], folder: folder, transfers: transfers)
    try first.announce(["overspend", "underspend"])
    try await first.settle()
    #expect(try first.messages.isEmpty)
    #expect(try await first.dispatcher.drain(until: first.clock.now).first?.pending == 2)
    await first.dispatcher.replace(sinks: ["finance": Office.webhook(listener.url, over: transfers)])
    try await eventually { try first.count(.delivered) == 2 }
    #expect(try await first.dispatcher.drain(until: first.clock.now).isEmpty)
  }

  @Test func whatCannotBeWrittenDownIsWrittenLaterAndNotSentAgain() async throws {
    let isLocked = Mutex(false)
    let folder = TemporaryFolder()
    let foreign = ForeignWriter(folder.path + "/ledger.db")
    let listener = try Listener { number, _ in
      if number == 0 { isLocked.withLock { $0 = foreign.lock() } }
      return .init()
    }
    let transfers = try Transfers()
    let office = try Office(
      ["finance": Office.webhook(listener.url, over: transfers)], folder: folder, transfers: transfers)
    try office.announce(["overspend"])
    try await eventually { !office.troubles.isEmpty }
    #expect(isLocked.withLock { $0 })
    foreign.unlock()
    try office.announce(["underspend"])
    office.clock.move(milliseconds: 5000)
    try await eventually { try office.count(.delivered) == 2 }
    #expect(listener.requests.count == 2)
  }

  @Test func aRunWaitsUntilAllIsDeliveredAndSaysWhatIsNot() async throws {
    let isUp = Mutex(false)
    let listener = try Listener { _, _ in .init(status: isUp.withLock(\.self) ? 200 : 503) }
    let office = try Office(["finance": listener])
    try office.announce(["overspend", "underspend"])
    let end = Moment(milliseconds: Office.start.milliseconds + 60_000)
    async let left = office.dispatcher.drain(until: end)
    try await eventually { try office.attemptCount == 2 }
    office.clock.move(to: end)
    let finance = try #require(try await left.first)
    #expect(finance.receiver == "finance")
    #expect(finance.lastWords == "answered 503")
    #expect(finance.pending == 2)
    #expect(finance.next != nil)

    try await office.settle()
    isUp.withLock { $0 = true }
    async let nothing = office.dispatcher.drain(until: Moment(milliseconds: end.milliseconds + Moment.millisecondsADay))
    office.clock.move(milliseconds: 3_600_000)
    #expect(try await nothing.isEmpty)
  }

  @Test func logFilesGetTheSameMessages() async throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/alerts.jsonl"
    let office = try Office(
      ["log": LogFileSink(LogFileSettings(path: path))], folder: folder, transfers: try Transfers())
    try office.announce((0..<100).map { "alert \($0)" }, to: ["log", "log"])
    #expect(try await office.dispatcher.drain(until: Moment(milliseconds: Office.start.milliseconds + 1)).isEmpty)
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 100)
    #expect(try office.messages.allSatisfy { message in lines.contains { $0.contains(message.id) } })
  }
}
