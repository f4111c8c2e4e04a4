/// How the bytes of a drop stand for characters, as its source declares it.
package enum TextEncoding: String, Hashable, Sendable, CaseIterable {
  /// By the byte order mark; without one UTF-8 if the whole file is, else Windows-1252 if the whole file is.
  case auto
  case utf8 = "utf-8"
  /// With its byte order mark; without one, little-endian.
  case utf16 = "utf-16"
  case windows1252 = "windows-1252"
}

/// Windows-1252's characters from 0x80 to 0x9F; from 0xA0 on they are those of Latin-1.
enum Windows1252 {
  /// Zero where the code has no character.
  private static let upper: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
    0x0178,
  ]

  static func scalar(_ byte: UInt8) -> Unicode.Scalar? {
    guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
    let value = upper[Int(byte - 0x80)]
    return value == 0 ? nil : Unicode.Scalar(value)
  }
}
