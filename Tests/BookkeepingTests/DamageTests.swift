import Bookkeeping
import Finance
import Foundation
import Storage
import Testing

/// FAULTS 36: what SQLite's own checks do not see.
@Suite struct DamageTests {
  let ledger: LedgerFixture
  init() throws { ledger = try LedgerFixture() }

  /// Changes one byte of the database file where it holds the bytes, as a bad disk would.
  func flip(_ bytes: [UInt8], at offset: Int) throws {
    let url = URL(fileURLWithPath: ledger.path)
    var file = try Data(contentsOf: url)
    let place = try #require(file.range(of: Data(bytes)))
    file[place.lowerBound + offset] ^= 0x10
    try file.write(to: url)
    // All of it is in the file, and a copy of the page in the log would heal it.
    for suffix in ["-wal", "-shm"] { try FileManager.default.removeItem(atPath: ledger.path + suffix) }
  }

  @Test func aFlippedByteInAnAmountIsFound() throws {
    let amount: Int64 = 0x1122_3344_5566_7788
    try ledger.account(contents([("A", 5, ["plan": amount, "actual": 1])]))
    try ledger.account(contents([("B", 5, ["plan": 3])]))
    try ledger.close()
    // The amounts are stored less the smallest of them, least byte first.
    try flip((0..<8).map { UInt8(truncatingIfNeeded: (amount - 1) >> ($0 * 8)) }, at: 3)
    try ledger.open()
    #expect(try ledger.store.read { try $0.integrityProblems() } == [], "SQLite does not see it")
    let error = #expect(throws: StorageError.self) { try ledger.says() }
    #expect(error?.code == .damaged)
    #expect(error?.message.contains("version 1 (returns, A, 201305) from drop 1") == true)
    #expect(error?.advice.contains("last good copy") == true)
    let findings = try ledger.verify()
    #expect(findings.map(\.kind) == [.version])
    #expect(findings.map(\.id) == [1])
  }

  @Test func aFlippedByteInARecordsTextIsFound() throws {
    try ledger.account(contents([("A", 5, ["plan": 1])], name: "Somewhere-M5.csv"))
    _ = try ledger.store.write { transaction in
      try Record.append("note", payload: Array("acknowledged by ann".utf8), at: ledger.now(), in: transaction)
    }
    try ledger.close()
    try flip(Array("acknowledged by ann".utf8), at: 16)
    try ledger.open()
    #expect(try ledger.store.read { try $0.integrityProblems() } == [])
    #expect(try ledger.verify().map(\.description) == ["Record 2: its text was changed after it was written"])
  }

  @Test func aFlippedByteInAPageIsFound() throws {
    try ledger.account(contents([("A", 5, ["plan": 1])]))
    try ledger.close()
    try flip(Array("version_by_unit".utf8), at: 3)
    let error = #expect(throws: StorageError.self) { try ledger.open() }
    #expect(error?.code == .damaged)
    #expect(error?.advice.contains("last good copy") == true)
  }

  /// A change in SQL, of a figure and its checksum, still disagrees with the record.
  @Test(arguments: [
    ("UPDATE visibility SET until = NULL WHERE version = 1", LedgerFinding.Kind.drop),
    ("UPDATE visibility SET until = 2 WHERE version = 2", .drop),
    ("UPDATE visibility SET since = 2 WHERE version = 1", .visibility),
    ("UPDATE series SET measure = 'plans' WHERE id = 1", .series),
    ("UPDATE drops SET name = 'other.csv' WHERE id = 1", .drop),
    ("UPDATE drops SET outcome = 'held' WHERE id = 1", .drop),
    ("UPDATE version SET organisation = 'C' WHERE id = 2", .version),
    ("UPDATE version SET checksum = zeroblob(32) WHERE id = 2", .drop),
  ])
  func aChangeInSQLIsFound(statement: String, kind: LedgerFinding.Kind) throws {
    try ledger.account(contents([("A", 5, ["plan": 1]), ("B", 5, ["plan": 1])]))
    try ledger.account(contents([("A", 5, ["plan": 2])]))
    #expect(try ledger.verify() == [])
    try ledger.store.write { try $0.execute(statement) }
    #expect(try ledger.verify().map(\.kind).contains(kind))
  }
}
