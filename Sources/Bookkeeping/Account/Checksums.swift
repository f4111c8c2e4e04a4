import Finance
import Hashing
import Storage

/// A row of `version`.
///
/// Its checksum is a whole SHA-256, not a shorter or faster sum: the record carries the hash of a drop's checksums, so
/// that no figure can be changed without breaking the chain, and that takes a hash that nobody can steer.
struct StoredVersion {
  var id: VersionID
  var source: String
  var organisation: String
  var period: Int64
  var measure: String
  var drop: DropID
  var packed: [UInt8]

  /// SHA-256(0x01 ‖ id ‖ drop ‖ period ‖ source ‖ organisation ‖ measure ‖ cells): numbers as 8 bytes, big-endian,
  /// texts with their length before them.
  var expectedChecksum: [UInt8] {
    var hash = SHA256()
    hash.update([0x01])
    hash.update(bigEndian: id)
    hash.update(bigEndian: drop)
    hash.update(bigEndian: period)
    hash.update(measured: source)
    hash.update(measured: organisation)
    hash.update(measured: measure)
    hash.update(packed)
    return hash.finish()
  }
}

extension StoredVersion {
  /// Reads a row of the columns id, source, organisation, period, measure, drop_id, checksum, cells.
  ///
  /// - Throws: `StorageError` `.damaged` where the row is not the one that was written.
  init(_ row: Row) throws(StorageError) {
    self.init(
      id: try row.integer(0), source: try row.text(1), organisation: try row.text(2), period: try row.integer(3),
      measure: try row.text(4), drop: try row.integer(5), packed: try row.bytes(7))
    guard try row.bytes(6) == expectedChecksum else { throw damaged }
  }

  var damaged: StorageError {
    StorageError(
      .damaged,
      "The ledger is damaged: version \(id) (\(source), \(organisation), \(period)) from drop \(drop) is not what was "
        + "written", advice: StorageError.restoreAdvice)
  }
}

/// The hash of all that a drop put into the ledger, which the record of the drop carries:
/// SHA-256(0x03 ‖ the checksums of its new series, by id ‖ those of its versions, by id ‖ those of their lines, where lines
/// are compared ‖ 0x04 ‖ the ids of the versions
/// that it ended, in order, 8 bytes each, big-endian).
struct FiguresHash: ~Copyable {
  private var hash = SHA256()
  private var hasEnded = false

  init() { hash.update([0x03]) }

  mutating func include(_ checksum: [UInt8]) { hash.update(checksum) }

  mutating func include(ended version: VersionID) {
    if !hasEnded { hash.update([0x04]) }
    hasEnded = true
    hash.update(bigEndian: version)
  }

  consuming func finish() -> [UInt8] { hash.finish() }
}

extension SHA256 {
  /// A text and before it its length, so that two texts in a row cannot be cut elsewhere.
  mutating func update(measured text: String) {
    update(bigEndian: UInt32(text.utf8.count))
    update(text)
  }
}
