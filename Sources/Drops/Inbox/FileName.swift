import Diagnostics

/// What a name in an inbox says before the file is looked at.
enum FileName {
  /// Uploads in progress and bookkeeping of others: rsync and NFS begin with a dot, WinSCP ends in `.filepart`.
  static func isTemporary(_ name: String) -> Bool {
    let lower = name.lowercased()
    return name.hasPrefix(".") || name.hasSuffix("~")
      || [".part", ".tmp", ".filepart"].contains { lower.hasSuffix($0) }
  }

  /// Why no file of this name is read; nil for a sound one.
  static func refusal(_ bytes: [UInt8]) -> String? {
    guard let name = String(validating: bytes, as: UTF8.self) else { return "its name is not UTF-8" }
    if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control || $0 == "\u{2028}" }) {
      return "its name has a line break or another control character"
    }
    if name == "." || name == ".." || name.contains("/") { return "its name is a path" }
    return nil
  }

  /// A name that can be shown and logged whatever its bytes are: `a\x0Ab.csv`.
  static func printable(_ bytes: [UInt8]) -> String {
    if refusal(bytes) == nil { return String(decoding: bytes, as: UTF8.self) }
    return bytes.map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\\")
        ? String(UnicodeScalar(byte)) : "\\x" + (byte < 16 ? "0" : "") + digits
    }.joined()
  }

  /// Natural order: runs of digits compare as numbers, so that `month 2` comes before `month 10`; case comes last.
  static func precedes(_ left: String, _ right: String) -> Bool {
    var (a, b) = (Array(left.lowercased().utf8)[...], Array(right.lowercased().utf8)[...])
    while let first = a.first, let second = b.first {
      if isDigit(first) && isDigit(second) {
        let (runA, runB) = (a.prefix(while: isDigit), b.prefix(while: isDigit))
        let (plainA, plainB) = (runA.drop { $0 == 48 }, runB.drop { $0 == 48 })
        if plainA.count != plainB.count { return plainA.count < plainB.count }
        if !plainA.elementsEqual(plainB) { return plainA.lexicographicallyPrecedes(plainB) }
        a = a.dropFirst(runA.count)
        b = b.dropFirst(runB.count)
      } else if first != second {
        return first < second
      } else {
        a = a.dropFirst()
        b = b.dropFirst()
      }
    }
    return a.isEmpty && b.isEmpty ? left < right : a.isEmpty
  }

  /// `return.csv`, `return (2).csv`, `return (3).csv`, …
  static func numbered(_ name: String, _ number: Int) -> String {
    guard number > 1 else { return name }
    let dot = name.dropFirst().firstIndex(of: ".") ?? name.endIndex
    return "\(name[..<dot]) (\(number))\(name[dot...])"
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
