import Finance
import Hashing
import Storage

/// A row of `compared_lines`.
struct StoredLines {
  var version: VersionID
  var lines: [UInt8]
  var repetitions: [UInt8]

  /// SHA-256(0x05 ‖ version ‖ the length of the lines ‖ lines ‖ repetitions): numbers as 8 bytes, big-endian.
  var expectedChecksum: [UInt8] {
    var hash = SHA256()
    hash.update([0x05])
    hash.update(bigEndian: version)
    hash.update(bigEndian: Int64(lines.count))
    hash.update(lines)
    hash.update(repetitions)
    return hash.finish()
  }
}

extension StoredLines {
  /// - Parameter series: the ledger's numbers of the drop's series.
  init(_ compared: ComparedLines, of version: VersionID, series: [SeriesID]) {
    self.init(
      version: version, lines: PackedLines.pack(compared.lines),
      repetitions: PackedRepetitions.pack(
        compared.repetitions.map { repetition in
          var stored = repetition
          stored.series = series[Int(repetition.series)]
          return stored
        }))
  }

  /// Reads a row of the columns version, checksum, lines, repetitions.
  ///
  /// - Throws: `StorageError` `.damaged` where the row is not the one that was written.
  init(_ row: Row) throws(StorageError) {
    self.init(version: try row.integer(0), lines: try row.bytes(2), repetitions: try row.bytes(3))
    guard try row.bytes(1) == expectedChecksum else { throw damaged }
  }

  /// - Throws: `StorageError` `.damaged`.
  func unpacked() throws(StorageError) -> ComparedLines {
    guard let lines = PackedLines.unpack(lines), let repetitions = PackedRepetitions.unpack(repetitions) else {
      throw damaged
    }
    return ComparedLines(lines: lines, repetitions: repetitions)
  }

  private var damaged: StorageError {
    StorageError(
      .damaged, "The ledger is damaged: the lines of version \(version) are not what was written",
      advice: StorageError.restoreAdvice)
  }
}
