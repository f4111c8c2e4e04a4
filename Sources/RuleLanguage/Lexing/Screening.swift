import Diagnostics

/// What a rule file may not hold, whatever it means: bytes that are not UTF-8, tabs, and characters that hide from a
/// reader or turn the text round.
enum Screening {
  /// Larger than any policy that a person reads.
  static let largestFile = 1 << 20
  static let longestLine = 2_000

  /// Reports characters that hide once a line; tabs and bytes that are not UTF-8, of which a file of the wrong kind is
  /// full, once.
  static func screen(_ bytes: [UInt8], text: Int32, into findings: Findings, allowsTabs: Bool = false) {
    var index = startOfText(bytes)
    var reported = (tab: false, hidden: false, encoding: false)
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\n"):
        reported.hidden = false
        index += 1
      case UInt8(ascii: "\t"):
        if !reported.tab, !allowsTabs {
          let end = bytes[index...].firstIndex { $0 != UInt8(ascii: "\t") } ?? bytes.count
          let lines = bytes[index...].split(separator: UInt8(ascii: "\n")).count { $0.contains(UInt8(ascii: "\t")) }
          findings.add(
            .tab, "a tab has no fixed width; lines are indented with spaces",
            at: Span(text: text, start: Int32(index), end: Int32(end)),
            lines > 1 ? "here, and on \(lines - 1) more \(lines == 2 ? "line" : "lines")" : "",
            repairs: [Repair("two spaces", spaces(forTabsIn: bytes, from: index, text: text))])
          reported.tab = true
        }
        index += 1
      case 0x20..<0x7F:
        index += 1
      case UInt8(ascii: "\r") where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n"):
        index += 1
      default:
        let (scalar, length) = scalar(in: bytes, at: index)
        let span = Span(text: text, start: Int32(index), end: Int32(index + length))
        if let scalar {
          if isHidden(scalar), !reported.hidden {
            findings.add(
              .hiddenCharacter, "a character that cannot be seen, or that turns the reading direction, is not allowed",
              at: span, "U+" + hexadecimal(scalar.value, digits: 4),
              repairs: [Repair("delete it", [Edit(span, "")])])
            reported.hidden = true
          }
        } else if !reported.encoding {
          findings.add(
            .notUTF8, "the text is not UTF-8", at: span, "byte " + hexadecimal(UInt32(byte), digits: 2),
            fix: "save the file as UTF-8")
          reported.encoding = true
        }
        index += length
      }
    }
  }

  /// Two spaces for each tab.
  private static func spaces(forTabsIn bytes: [UInt8], from start: Int, text: Int32) -> [Edit] {
    bytes[start...].indices.lazy.filter { bytes[$0] == UInt8(ascii: "\t") }.prefix(mostTabs).map { index in
      Edit(Span(text: text, start: Int32(index), end: Int32(index + 1)), "  ")
    }
  }

  /// Of a file that is mended at once.
  private static let mostTabs = 20_000

  /// Behind a byte order mark, which some editors write.
  static func startOfText(_ bytes: [UInt8]) -> Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  /// The character that starts here and its length in bytes; for a byte that starts none, nil and 1.
  static func scalar(in bytes: [UInt8], at index: Int) -> (Unicode.Scalar?, length: Int) {
    let length =
      switch bytes[index] {
      case 0..<0x80: 1
      case 0xC2..<0xE0: 2
      case 0xE0..<0xF0: 3
      case 0xF0..<0xF5: 4
      default: 0
      }
    guard length > 0, index + length <= bytes.count,
      let text = String(validating: bytes[index..<index + length], as: UTF8.self)
    else { return (nil, 1) }
    return (text.unicodeScalars.first, length)
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    // Controls, marks of reading direction, separators of lines, private use and what is not assigned.
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: true
    default: false
    }
  }

  private static func hexadecimal(_ value: UInt32, digits count: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
  }
}
