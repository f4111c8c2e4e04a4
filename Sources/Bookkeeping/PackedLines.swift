import Finance

/// Lines and repetitions as bytes: one after the other, each of the same length, numbers little-endian.
enum PackedLines {
  /// A fingerprint (8 bytes) and a row (4).
  private static let lineSize = 12

  static func pack(_ lines: [ComparedLines.Line]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(lines.count * lineSize)
    for line in lines {
      bytes.append(littleEndian: line.fingerprint)
      bytes.append(littleEndian: line.row)
    }
    return bytes
  }

  /// nil for bytes that `pack` does not make.
  static func unpack(_ bytes: [UInt8]) -> [ComparedLines.Line]? {
    guard bytes.count.isMultiple(of: lineSize) else { return nil }
    return stride(from: 0, to: bytes.count, by: lineSize).map { at in
      ComparedLines.Line(
        fingerprint: bytes.number(at: at, as: UInt64.self), row: bytes.number(at: at + 8, as: UInt32.self))
    }
  }
}

/// A series (4 bytes), a row (4), an amount (8), the earlier version (8, 0 for the drop itself) and its row (4).
enum PackedRepetitions {
  private static let size = 28

  static func pack(_ repetitions: [Repetition]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(repetitions.count * size)
    for repetition in repetitions {
      bytes.append(littleEndian: repetition.series)
      bytes.append(littleEndian: repetition.row)
      bytes.append(littleEndian: repetition.value)
      bytes.append(littleEndian: repetition.earlierVersion ?? 0)
      bytes.append(littleEndian: repetition.earlierRow)
    }
    return bytes
  }

  /// nil for bytes that `pack` does not make.
  static func unpack(_ bytes: [UInt8]) -> [Repetition]? {
    guard bytes.count.isMultiple(of: size) else { return nil }
    return stride(from: 0, to: bytes.count, by: size).map { at in
      let earlier = bytes.number(at: at + 16, as: Int64.self)
      return Repetition(
        series: bytes.number(at: at, as: UInt32.self), row: bytes.number(at: at + 4, as: UInt32.self),
        value: bytes.number(at: at + 8, as: Int64.self), earlierVersion: earlier == 0 ? nil : earlier,
        earlierRow: bytes.number(at: at + 24, as: UInt32.self))
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append<Number: FixedWidthInteger>(littleEndian number: Number) {
    for shift in stride(from: 0, to: Number.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> Number(shift)))
    }
  }

  fileprivate func number<Number: FixedWidthInteger>(at place: Int, as type: Number.Type) -> Number {
    var number: Number = 0
    for index in (0..<Number.bitWidth / 8).reversed() {
      number = number << 8 | Number(truncatingIfNeeded: self[place + index])
    }
    return number
  }
}
