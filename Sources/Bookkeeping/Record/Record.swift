package import Finance
import Foundation
import Hashing
package import Storage

/// The record: one append-only, hash-chained table of everything that mattered.
///
/// Each entry's hash covers the one before it:
///
///     h(0) = 32 zero bytes
///     h(n) = SHA-256( 0x00 ‖ h(n-1) ‖ sequence ‖ time ‖ kind ‖ SHA-256(payload) )
///
/// | part | bytes |
/// |---|---|
/// | 0x00 | 1 |
/// | h(n-1) | 32 |
/// | sequence: from 1, without gaps | 8, big-endian, two's complement |
/// | time: milliseconds since 1970 | 8, big-endian, two's complement |
/// | kind | UTF-8, as many as it has; all around it has fixed lengths, so no two entries give the same bytes |
/// | SHA-256 of the payload's bytes as stored | 32 |
///
/// A payload that retention has purged leaves its hash, so the chain still verifies.
package enum Record {
  /// Adds an entry. The previous hash is read in the same transaction, so entries of two writers cannot fork the chain.
  @discardableResult
  package static func append(_ kind: String, payload: [UInt8], at time: Moment, in transaction: Transaction) throws
    -> RecordHead
  {
    let previous = try head(in: transaction)
    let payloadHash = SHA256.digest(of: payload)
    let entry = RecordEntry(
      sequence: previous.sequence + 1, time: time, kind: kind, payload: payload, payloadHash: payloadHash, hash: [])
    let hash = entry.expectedHash(after: previous.hash)
    try transaction.execute(
      Statements.appendRecord, entry.sequence, time.milliseconds, kind, payload, payloadHash, hash)
    return RecordHead(sequence: entry.sequence, hash: hash)
  }

  /// Adds an entry whose payload is a JSON object, keys sorted.
  @discardableResult
  package static func append(_ kind: String, _ payload: some Encodable, at time: Moment, in transaction: Transaction)
    throws -> RecordHead
  {
    try append(kind, payload: JSONText.bytes(payload), at: time, in: transaction)
  }

  /// The last entry's sequence and hash; (0, zeros) before the first.
  package static func head(in reading: some Reading) throws -> RecordHead {
    try reading.first(Statements.recordHead) { row in
      RecordHead(sequence: try row.integer(0), hash: try row.bytes(1))
    } ?? .beforeTheFirst
  }

  package static func entry(_ sequence: RecordSequence, in reading: some Reading) throws -> RecordEntry? {
    try reading.first(Statements.recordEntry, sequence, as: RecordEntry.init)
  }

  /// Every entry from the sequence on, oldest first.
  package static func forEach(
    from sequence: RecordSequence = 1, in reading: some Reading, _ body: (RecordEntry) throws -> Void
  ) throws {
    try reading.forEach(Statements.recordFrom, sequence) { row in try body(RecordEntry(row)) }
  }

  /// Removes the payload of an entry for good; that it was there, and its hash, remain.
  package static func purge(_ sequence: RecordSequence, in transaction: Transaction) throws {
    try transaction.execute(Statements.purgePayload, sequence)
  }

  /// What was known at a moment of wall time, as the ledger's own time; 0 where nothing was.
  package static func sequence(at time: Moment, in reading: some Reading) throws -> RecordSequence {
    try reading.first(Statements.sequenceAt, time.milliseconds) { row in try row.integer(0) } ?? 0
  }
}

/// Where the chain stands. Given to the outside with every message, it shows later whether the record was rewritten.
package struct RecordHead: Hashable, Sendable, CustomStringConvertible {
  package var sequence: RecordSequence
  /// 32 bytes.
  package var hash: [UInt8]

  package init(sequence: RecordSequence, hash: [UInt8]) {
    self.sequence = sequence
    self.hash = hash
  }

  static let beforeTheFirst = RecordHead(sequence: 0, hash: [UInt8](repeating: 0, count: SHA256.byteCount))

  /// `1204:9f86d0…`, as `audit verify --head` takes it.
  package var description: String { "\(sequence):\(hexadecimal(hash))" }

  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let sequence = RecordSequence(parts[0]), sequence >= 0,
      let hash = bytes(hexadecimal: parts[1]), hash.count == SHA256.byteCount
    else { return nil }
    self.init(sequence: sequence, hash: hash)
  }
}

package struct RecordEntry: Hashable, Sendable {
  package var sequence: RecordSequence
  package var time: Moment
  package var kind: String
  /// nil once purged.
  package var payload: [UInt8]?
  package var payloadHash: [UInt8]
  package var hash: [UInt8]

  func expectedHash(after previous: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update([0x00])
    hash.update(previous)
    hash.update(bigEndian: sequence)
    hash.update(bigEndian: time.milliseconds)
    hash.update(kind)
    hash.update(payloadHash)
    return hash.finish()
  }
}

extension RecordEntry {
  init(_ row: Row) throws {
    self.init(
      sequence: try row.integer(0), time: Moment(milliseconds: try row.integer(1)), kind: try row.text(2),
      payload: try row.bytesOrNil(3), payloadHash: try row.bytes(4), hash: try row.bytes(5))
  }
}
