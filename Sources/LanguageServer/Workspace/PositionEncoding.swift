import Diagnostics

/// What the `character` of a position counts. An editor that says nothing counts in UTF-16.
enum PositionEncoding: String {
  case utf8 = "utf-8"
  case utf16 = "utf-16"

  /// The one to use, of those that the editor knows.
  init(offered: [String]?) {
    self = offered?.contains(PositionEncoding.utf8.rawValue) == true ? .utf8 : .utf16
  }
}

extension SourceText {
  /// The byte at a position. One behind the end of its line is the end; one inside a character is its start.
  func offset(of position: Position, _ encoding: PositionEncoding) -> Int {
    guard position.line >= 0 else { return 0 }
    guard position.line < lineCount else { return bytes.count }
    let line = lineRange(position.line + 1)
    var index = line.lowerBound
    var left = position.character
    while index < line.upperBound {
      let width = width(at: index, in: line, encoding)
      guard left >= width.units else { break }
      left -= width.units
      index += width.bytes
    }
    return index
  }

  func position(of offset: Int, _ encoding: PositionEncoding) -> Position {
    let number = lineNumber(of: max(0, min(offset, bytes.count)))
    let line = lineRange(number)
    let end = min(offset, line.upperBound)
    var units = 0
    var index = line.lowerBound
    while index < end {
      let width = width(at: index, in: line, encoding)
      units += width.units
      index += width.bytes
    }
    return Position(line: number - 1, character: units)
  }

  func range(of span: Span, _ encoding: PositionEncoding) -> TextRange {
    TextRange(start: position(of: Int(span.start), encoding), end: position(of: Int(span.end), encoding))
  }

  /// Of the character that starts at a byte: how many bytes it has and how many units it counts.
  private func width(at index: Int, in line: Range<Int>, _ encoding: PositionEncoding) -> (bytes: Int, units: Int) {
    let length =
      switch bytes[index] {
      case 0xC2..<0xE0: 2
      case 0xE0..<0xF0: 3
      case 0xF0..<0xF5: 4
      default: 1
      }
    let count = min(length, line.upperBound - index)
    return (count, encoding == .utf8 ? count : length == 4 ? 2 : 1)
  }
}
