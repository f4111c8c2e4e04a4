import Diagnostics

/// The lines of one file: declarations at the left margin, their lines under them, an empty line round each rule.
struct FileLayout {
  private let source: SourceText
  private let tokens: [Token]
  private let gaps: [Gap]
  private let items: [FileItem]
  private var lines: [String] = []

  /// - Parameter source: a file that is read without errors.
  init(_ source: SourceText) {
    self.source = source
    tokens = Lexer.tokens(of: source, text: 0, findings: Findings())
    gaps = Gap.between(tokens, in: source.bytes)
    items = FileItem.items(of: tokens)
    layOut()
  }

  var text: String { lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n" }

  private mutating func layOut() {
    let columns = ColumnLayout(source, tokens, gaps)
    let rows = columns.rows(of: items)
    var last: FileItem?
    for item in items {
      comments(before: item.tokens.lowerBound, of: item, behind: last)
      if let row = rows[item.tokens.lowerBound] {
        lines.append(row)
      } else if case .grid(let rows) = item.kind {
        lines += columns.grid(item.tokens, rows: rows, indent: item.indent)
      } else {
        let pieces = PieceReader.pieces(of: tokens[item.tokens], gaps[item.tokens], in: source)
        lines += LineBreaking.lines(of: pieces, indent: item.indent, isWhole: item.kind == .heading)
      }
      if let ending = gaps[item.tokens.upperBound].ending { lines[lines.count - 1] += "  " + ending }
      last = item
    }
    comments(before: tokens.count, of: nil, behind: last)
    while lines.last?.isEmpty == true { lines.removeLast() }
  }

  /// The comments and empty lines before an item, or at the end of the file.
  private mutating func comments(before index: Int, of item: FileItem?, behind last: FileItem?) {
    var gap = gaps[index].lines[...]
    let isLineOfBlock = item?.isLineOfBlock == true
    if let last, last.isInBlock, !isLineOfBlock {
      // What is indented belongs to the block that ends here.
      let margin = gap.firstIndex { if case .comment(_, 0) = $0 { true } else { false } } ?? gap.endIndex
      if let end = gap[..<margin].lastIndex(where: { !$0.isBlank }) {
        for line in gap[...end] { append(line, indent: LineBreaking.step) }
        gap = gap[(end + 1)...]
      }
    }
    if !isLineOfBlock, last?.isInBlock == true || item?.kind == .heading { append(.blank, indent: 0) }
    if isLineOfBlock, last?.kind == .heading { gap = gap.drop(while: \.isBlank) }
    for line in gap { append(line, indent: item?.indent ?? 0) }
  }

  private mutating func append(_ line: Gap.Line, indent: Int) {
    switch line {
    case .blank: if let last = lines.last, !last.isEmpty { lines.append("") }
    case .comment(let text, _): lines.append(String(repeating: " ", count: indent) + text)
    }
  }
}
