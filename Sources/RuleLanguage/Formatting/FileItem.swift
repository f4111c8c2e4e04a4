/// A declaration of one line, the heading of one that has lines of its own, or one of those lines with what continues it.
struct FileItem {
  enum Kind: Equatable {
    case declaration
    case heading
    case clause
    /// Of a table.
    case row
    /// `given` or `drop` of a test, by where each of its rows starts.
    case grid(rows: [Int])
  }

  var tokens: Range<Int>
  var kind: Kind

  var isLineOfBlock: Bool { kind != .declaration && kind != .heading }
  var isInBlock: Bool { kind != .declaration }
  var indent: Int { isLineOfBlock ? LineBreaking.step : 0 }

  /// Declarations with lines of their own under them.
  private static let blocks = ["rule", "table", "test"]

  static func items(of tokens: [Token]) -> [FileItem] {
    var items: [FileItem] = []
    let starts = tokens.indices.filter { tokens[$0].indent == 0 }
    for (start, end) in zip(starts, starts.dropFirst() + [tokens.count]) {
      let all = (start + 1..<end).filter { tokens[$0].indent != nil }
      guard blocks.contains(where: { tokens[start].isWord($0) }), let first = all.first else {
        items.append(FileItem(tokens: start..<end, kind: .declaration))
        continue
      }
      items.append(FileItem(tokens: start..<first, kind: .heading))
      let indent = tokens[first].indent ?? 0
      let lines = all.filter { (tokens[$0].indent ?? 0) <= indent }
      for (line, next) in zip(lines, lines.dropFirst() + [end]) {
        let kind: Kind =
          if tokens[start].isWord("table") {
            .row
          } else if tokens[start].isWord("test"), !tokens[line].isWord("expect") {
            .grid(rows: all.filter { line < $0 && $0 < next })
          } else {
            .clause
          }
        items.append(FileItem(tokens: line..<next, kind: kind))
      }
    }
    return items
  }
}
