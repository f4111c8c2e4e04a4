import Bookkeeping
import Finance
import Hashing
import Storage
import Testing

@Suite struct RecordTests {
  let ledger: LedgerFixture
  init() throws { ledger = try LedgerFixture() }

  func fill(_ count: Int) throws -> [RecordHead] {
    try (1...count).map { number in
      try ledger.store.write { transaction in
        try Record.append("note", payload: Array("entry \(number)".utf8), at: ledger.now(), in: transaction)
      }
    }
  }

  func verify(_ heads: [RecordHead] = []) throws -> RecordFault? {
    try ledger.store.read { snapshot in try Record.verify(against: heads, in: snapshot) }
  }

  func expect(_ kind: RecordFault.Kind, at sequence: Int64, _ fault: RecordFault?) throws {
    #expect(fault?.kind == kind)
    #expect(fault?.sequence == sequence)
  }

  /// As a person with the file and a tool would: the triggers do not stop him.
  func tamper(_ statements: String...) throws {
    try ledger.store.write { transaction in
      for trigger in ["record_is_not_edited", "record_payload_is_only_purged", "record_is_not_shortened"] {
        try transaction.execute("DROP TRIGGER IF EXISTS \(trigger)")
      }
      for statement in statements { try transaction.execute(statement) }
    }
  }

  /// The layout, byte by byte, so that the chain can be checked with other tools.
  @Test func theFirstHashIsTheDocumentedOne() throws {
    let head = try ledger.store.write { transaction in
      try Record.append("note", payload: [1, 2], at: Moment(milliseconds: 258), in: transaction)
    }
    let bytes =
      [0] + [UInt8](repeating: 0, count: 32) + [0, 0, 0, 0, 0, 0, 0, 1] + [0, 0, 0, 0, 0, 0, 1, 2]
      + Array("note".utf8) + SHA256.digest(of: [1, 2])
    #expect(head == RecordHead(sequence: 1, hash: SHA256.digest(of: bytes)))
    #expect(RecordHead("\(head)") == head)
    #expect(RecordHead("1:00") == nil)
  }

  @Test func aGoodRecordHasNoFault() throws {
    #expect(try verify() == nil)
    let heads = try fill(5)
    #expect(try verify(heads) == nil)
    #expect(try ledger.head() == heads.last)
  }

  @Test(arguments: [
    ("UPDATE record SET payload = CAST('entry X' AS BLOB) WHERE sequence = 3", RecordFault.Kind.payloadEdited, 3),
    ("UPDATE record SET time = time + 1 WHERE sequence = 3", .edited, 3),
    ("UPDATE record SET kind = 'other' WHERE sequence = 1", .edited, 1),
    ("UPDATE record SET payload_hash = zeroblob(32) WHERE sequence = 2", .edited, 2),
    ("UPDATE record SET hash = zeroblob(32) WHERE sequence = 5", .edited, 5),
    ("DELETE FROM record WHERE sequence = 2", .missing, 2),
    ("DELETE FROM record WHERE sequence = 1", .missing, 1),
    ("DELETE FROM record WHERE sequence >= 4", .cutOff, 4),
    ("DELETE FROM record", .cutOff, 1),
    ("UPDATE record SET sequence = -1 WHERE sequence = 3", .missing, -1),
  ])
  func theFirstBadEntryIsNamed(statement: String, kind: RecordFault.Kind, sequence: Int64) throws {
    let head = try #require(try fill(5).last)
    try tamper(statement)
    try expect(kind, at: sequence, verify([head]))
    #expect(try ledger.verify(against: [head]).contains { $0.kind == .record })
  }

  @Test func exchangedEntriesAreFound() throws {
    let head = try #require(try fill(5).last)
    try tamper(
      "UPDATE record SET sequence = 100 WHERE sequence = 2", "UPDATE record SET sequence = 2 WHERE sequence = 4",
      "UPDATE record SET sequence = 4 WHERE sequence = 100")
    try expect(.edited, at: 2, verify([head]))
  }

  /// Whoever rewrites the whole chain after a change is found out by a head that someone else has.
  @Test func aRewrittenChainIsFoundAgainstAnOutsideHead() throws {
    let heads = try fill(5)
    try tamper("DELETE FROM record WHERE sequence >= 3")
    _ = try fill(3)
    #expect(try verify() == nil)
    try expect(.rewritten, at: 5, verify([heads[1], heads[4]]))
    try expect(.rewritten, at: 3, verify(heads))
  }

  @Test func theTablesRefuseToBeEdited() throws {
    _ = try fill(2)
    for statement in [
      "UPDATE record SET kind = 'x' WHERE sequence = 1", "UPDATE record SET payload = x'00' WHERE sequence = 1",
      "DELETE FROM record WHERE sequence = 2",
    ] {
      #expect(throws: StorageError.self) { try ledger.store.write { try $0.execute(statement) } }
    }
    #expect(try verify() == nil)
  }

  /// A clock that was set back does not hide what was known before.
  @Test func timeIsAskedOfTheRecordAndNotOfTheClock() throws {
    for time in [10, 50, 20, 60] as [Int64] {
      _ = try ledger.store.write { transaction in
        try Record.append("note", payload: [], at: Moment(milliseconds: time), in: transaction)
      }
    }
    let known = try [5, 10, 30, 55, 70].map { time in
      try ledger.store.read { try Record.sequence(at: Moment(milliseconds: time), in: $0) }
    }
    #expect(known == [0, 1, 3, 3, 4])
  }

  @Test func aPurgedPayloadLeavesAGoodChain() throws {
    let heads = try fill(3)
    try ledger.store.write { try Record.purge(2, in: $0) }
    #expect(try verify(heads) == nil)
    #expect(try ledger.store.read { try Record.entry(2, in: $0) }?.payload == nil)
  }
}
