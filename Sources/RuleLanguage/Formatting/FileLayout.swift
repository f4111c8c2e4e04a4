import Diagnostics

/// The lines of one file: declarations at the left margin, their lines under them, an empty line round each rule.
struct FileLayout {
  private let source: SourceText
  private let tokens: [Token]
  private let gaps: [Gap]
  private var lines: [String] = []

  /// - Parameter source: a file that is read without errors.
  init(_ source: SourceText) {
    self.source = source
    tokens = Lexer.tokens(of: source, text: 0, findings: Findings())
    gaps = Gap.between(tokens, in: source.bytes)
    layOut(FileItem.items(of: tokens))
  }

  var text: String { lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n" }

  private mutating func layOut(_ items: [FileItem]) {
    let columns = ColumnLayout(source, tokens, gaps)
    let rows = columns.rows(of: items)
    let (placed, atEnd) = Placement.place(items, gaps)
    var last: FileItem?
    for place in placed {
      let item = place.item
      if Placement.isSetApart(item, behind: last) { lines.append("") }
      append(place.above, indent: item.indent)
      if let row = rows[item.tokens.lowerBound] {
        lines.append(row)
      } else if case .grid(let rows) = item.kind {
        lines += columns.grid(item.tokens, rows: rows, indent: item.indent)
      } else {
        let pieces = PieceReader.pieces(of: tokens[item.tokens], gaps[item.tokens], in: source)
        lines += LineBreaking.lines(of: pieces, indent: item.indent, isWhole: item.kind == .heading)
      }
      if let ending = place.ending { lines[lines.count - 1] += "  " + ending }
      append(place.closing, indent: LineBreaking.step)
      last = item
    }
    if !atEnd.isEmpty, Placement.isSetApart(nil, behind: last) { lines.append("") }
    append(atEnd, indent: 0)
  }

  private mutating func append(_ comments: [String], indent: Int) {
    lines += comments.map { $0.isEmpty ? "" : String(repeating: " ", count: indent) + $0 }
  }
}
