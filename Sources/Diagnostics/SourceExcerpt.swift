/// One line of source as shown above its underlines, clipped around what matters when it is very long.
struct SourceExcerpt {
  let shown: String
  private let pieces: [SourceCharacters.Piece]
  /// Cells taken by the mark of a clipped beginning.
  private let lead: Int

  /// - Parameters:
  ///   - line: counted from 1.
  ///   - focus: the byte that must stay in sight.
  ///   - width: the most terminal cells to take.
  ///   - confidential: stretches of this text that are not to be shown.
  init(of text: SourceText, line: Int, focus: Int, width: Int, confidential: [Span] = []) {
    let range = text.lineRange(line)
    let focus = min(max(focus, range.lowerBound), range.upperBound)
    // A line may be a quarter of a megabyte: take apart only what could be shown (a character has at least one cell;
    // those of more than eight bytes are rare enough to be clipped early).
    let near = text.scalarStart(max(range.lowerBound, focus - 8 * width), in: range)
    let far = text.scalarStart(min(range.upperBound, focus + 8 * width), in: range)
    var pieces = SourceCharacters(text.bytes, near..<far).pieces[...]
    for span in confidential { pieces.conceal(span) }
    let lastByte = range.upperBound
    var clippedStart = near > range.lowerBound

    if far < lastByte || clippedStart || pieces.cells > width {
      // A third of the width before the focus, the rest behind it.
      var before = pieces.prefix { $0.bytes.upperBound <= focus }.cells
      while before > width / 3, let first = pieces.first, first.bytes.upperBound <= focus {
        before -= first.width
        pieces.removeFirst()
        clippedStart = true
      }
      var cells = 0
      pieces = pieces.prefix { piece in
        cells += piece.width
        return cells <= width
      }
    }
    let clippedEnd = (pieces.last?.bytes.upperBound ?? near) < lastByte

    self.pieces = Array(pieces)
    lead = clippedStart ? 1 : 0
    shown = (clippedStart ? "…" : "") + pieces.map(\.shown).joined() + (clippedEnd ? "…" : "")
  }

  /// Where a span's underline goes, in cells from the excerpt's start: at least one cell wide, within what is shown.
  func underline(_ span: Span) -> (indent: Int, width: Int) {
    let indent = lead + pieces.prefix { $0.bytes.upperBound <= span.start }.cells
    let end = lead + pieces.prefix { $0.bytes.lowerBound < span.end }.cells
    return (indent, max(1, end - indent))
  }
}

extension Sequence<SourceCharacters.Piece> {
  fileprivate var cells: Int { reduce(0) { $0 + $1.width } }
}

extension ArraySlice<SourceCharacters.Piece> {
  /// Shows what lies in `span` as one word that says neither its letters nor their number.
  fileprivate mutating func conceal(_ span: Span) {
    var word = "‹secret›"
    for index in indices where self[index].bytes.upperBound > span.start && self[index].bytes.lowerBound < span.end {
      self[index].shown = word
      self[index].width = word.count
      word = ""
    }
  }
}

extension SourceText {
  /// The start of the UTF-8 character that `offset` lies in, as far as three bytes back.
  fileprivate func scalarStart(_ offset: Int, in range: Range<Int>) -> Int {
    var start = offset
    while start > range.lowerBound, start > offset - 3, start < range.upperBound, bytes[start] & 0xC0 == 0x80 {
      start -= 1
    }
    return start
  }
}
