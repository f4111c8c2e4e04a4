/// A text that a person wrote, by the name they know it by (a path as they gave it), for messages that point into it.
package struct SourceText: Hashable, Sendable {
  package let name: String
  package let bytes: [UInt8]
  /// Where each line begins. A line ends at LF, CR LF or a lone CR, as editors have it.
  private let lineStarts: [Int32]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    var starts: [Int32] = [0]
    for (index, byte) in bytes.enumerated() {
      let endsLine = byte == lineFeed || (byte == carriageReturn && !(bytes[safe: index + 1] == lineFeed))
      if endsLine { starts.append(Int32(index + 1)) }
    }
    lineStarts = starts
  }

  package init(name: String, _ text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }
}

/// A stretch of bytes in one of the texts under examination.
@frozen
package struct Span: Hashable, Sendable {
  /// An index into the list of texts that goes with the diagnostics.
  package var text: Int32
  package var start: Int32
  package var end: Int32
  @inlinable package init(text: Int32, start: Int32, end: Int32) {
    self.text = text
    self.start = start
    self.end = end
  }
}

/// A line and a column as a person counts them: both from 1, columns in characters (a tab is one).
package struct Place: Hashable, Comparable, Sendable {
  package var line: Int
  package var column: Int
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (a: Place, b: Place) -> Bool {
    (a.line, a.column) < (b.line, b.column)
  }
}

extension SourceText {
  package var lineCount: Int { lineStarts.count }

  /// The place of a byte; an offset past the end is the place just after the last character.
  package func place(of offset: Int32) -> Place {
    let offset = max(0, min(Int(offset), bytes.count))
    let line = lineNumber(of: offset)
    // A byte of the byte order mark stands where the first character does.
    let start = lineRange(line).lowerBound
    let before = start..<max(start, offset)
    // Most lines are ASCII; the others are taken apart into the characters that a person sees.
    if bytes[before].allSatisfy({ $0 < 0x80 }) { return Place(line: line, column: before.count + 1) }
    return Place(line: line, column: SourceCharacters(bytes, before).count + 1)
  }

  /// The bytes of a line (counted from 1) without its line end, and without a byte order mark on the first.
  package func lineRange(_ number: Int) -> Range<Int> {
    precondition(number >= 1 && number <= lineStarts.count, "a line that the text has")
    var start = Int(lineStarts[number - 1])
    var end = number < lineStarts.count ? Int(lineStarts[number]) : bytes.count
    if end > start, bytes[end - 1] == lineFeed { end -= 1 }
    if end > start, bytes[end - 1] == carriageReturn { end -= 1 }
    if start == 0, bytes.starts(with: byteOrderMark) { start = byteOrderMark.count }
    return start..<max(start, end)
  }

  /// The line (from 1) that a byte lies on.
  package func lineNumber(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }
}

private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
private let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { index < count ? self[index] : nil }
}
