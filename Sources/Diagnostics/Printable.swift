extension StringProtocol {
  /// This text made safe to print on a terminal or a log line: what moves the cursor, changes direction or can't be
  /// seen is written as `\u{…}`, so that a hostile value can neither hide nor forge anything.
  package var printable: String {
    guard unicodeScalars.contains(where: \.isHazardous) else { return String(self) }
    var result = ""
    for scalar in unicodeScalars {
      if scalar.isHazardous {
        result += "\\u{" + hexadecimal(scalar.value, digits: 1) + "}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// How many terminal cells it takes; East Asian wide characters and emoji take two.
  package var terminalWidth: Int {
    reduce(0) { $0 + ($1.isWide ? 2 : 1) }
  }
}

extension Unicode.Scalar {
  /// Control, direction, invisible and line-separating characters. The zero-width joiner is left alone: emoji and
  /// several scripts are written with it.
  package var isHazardous: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0xAD, 0x61C, 0x180E, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F: true
    case 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
    default: false
    }
  }
}

extension Character {
  fileprivate var isWide: Bool {
    guard let scalar = unicodeScalars.first else { return false }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return true
    default:
      return false
    }
  }
}

/// Upper case, padded with zeros to `digits`.
func hexadecimal(_ value: some BinaryInteger, digits: Int) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
