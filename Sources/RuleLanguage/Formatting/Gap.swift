import Diagnostics

/// What stands between two tokens beside spaces: comments and empty lines.
struct Gap {
  enum Line: Equatable {
    /// One or more empty lines.
    case blank
    /// A comment on a line of its own, with its `#`, and how far it is indented.
    case comment(String, indent: Int)

    var isBlank: Bool { self == .blank }
  }

  /// The comment that ends the line of the token before it, with its `#`.
  var ending: String?
  var lines: [Line] = []

  var comments: [String] {
    lines.compactMap { if case .comment(let text, _) = $0 { text } else { nil } }
  }
}

extension Gap {
  /// One gap before each token and one behind the last. The text has been read without errors, so that nothing but
  /// comments and white space stands between tokens.
  static func between(_ tokens: [Token], in bytes: [UInt8]) -> [Gap] {
    var start = Screening.startOfText(bytes)
    var gaps: [Gap] = []
    for token in tokens {
      gaps.append(Gap(bytes, start..<Int(token.span.start), isBehindToken: !gaps.isEmpty))
      start = Int(token.span.end)
    }
    gaps.append(Gap(bytes, start..<bytes.count, isBehindToken: !gaps.isEmpty))
    return gaps
  }

  /// - isBehindToken: what comes first ends the line of a token.
  init(_ bytes: [UInt8], _ range: Range<Int>, isBehindToken: Bool) {
    var lineStart = range.lowerBound
    var isOnTokensLine = isBehindToken
    var isLineEmpty = !isBehindToken
    var index = range.lowerBound
    while index < range.upperBound {
      switch bytes[index] {
      case UInt8(ascii: "\n"):
        if isLineEmpty, lines.last?.isBlank != true { lines.append(.blank) }
        index += 1
        (lineStart, isOnTokensLine, isLineEmpty) = (index, false, true)
      case UInt8(ascii: "#"):
        let end = bytes[index..<range.upperBound].firstIndex(of: UInt8(ascii: "\n")) ?? range.upperBound
        let text = Gap.withoutTrailingSpace(bytes[index..<end])
        if isOnTokensLine {
          ending = text
        } else {
          lines.append(.comment(text, indent: index - lineStart))
        }
        isLineEmpty = false
        index = end
      default:
        index += 1
      }
    }
  }

  private static func withoutTrailingSpace(_ bytes: ArraySlice<UInt8>) -> String {
    let spaces: Set<UInt8> = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")]
    let end = bytes.lastIndex { !spaces.contains($0) }.map { $0 + 1 } ?? bytes.startIndex
    return String(decoding: bytes[..<end], as: UTF8.self)
  }
}
