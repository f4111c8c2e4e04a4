import Diagnostics

/// What stands in columns: the rows of tables, and the grids of tests.
struct ColumnLayout {
  private let source: SourceText
  private let tokens: [Token]
  private let gaps: [Gap]

  init(_ source: SourceText, _ tokens: [Token], _ gaps: [Gap]) {
    self.source = source
    self.tokens = tokens
    self.gaps = gaps
  }

  private func text(_ range: Range<Int>) -> String { PieceReader.line(of: tokens[range], in: source) }

  // MARK: Tables

  /// A row of a table taken apart: `"PCT"`, then `amber 0.5%` by its column.
  private struct Row {
    var start: Int
    var key: String
    var cells: [(column: String, text: String)]
  }

  /// The lines of all rows of tables, by where each starts. A row with a comment inside is not among them.
  func rows(of items: [FileItem]) -> [Int: String] {
    var lines: [Int: String] = [:]
    for table in items.split(whereSeparator: { $0.kind != .row }) {
      let rows = table.filter { isWhole($0.tokens) }.map { row($0.tokens) }
      var order: [String] = []
      for column in rows.flatMap(\.cells).map(\.column) where !order.contains(column) { order.append(column) }
      let keyWidth = rows.map(\.key.terminalWidth).max() ?? 0
      let widths = order.map { column in
        rows.flatMap(\.cells).filter { $0.column == column }.map(\.text.terminalWidth).max() ?? 0
      }
      for row in rows { lines[row.start] = line(row, keyWidth, order, widths) }
    }
    return lines
  }

  private func isWhole(_ range: Range<Int>) -> Bool {
    gaps[range].dropFirst().allSatisfy { $0.ending == nil && $0.comments.isEmpty }
  }

  private func row(_ range: Range<Int>) -> Row {
    var start = range.lowerBound + (tokens[range.lowerBound].isWord("organisation") ? 2 : 1)
    let key = text(range.lowerBound..<start)
    var cells: [(String, String)] = []
    while start < range.upperBound {
      // The column's name, a value that may be a word, and what else there is of the value.
      var end = min(start + 2, range.upperBound)
      while end < range.upperBound, !tokens[end].isAnyWord { end += 1 }
      let column = text(start..<start + 1)
      cells.append((column, column + " " + text(start + 1..<end)))
      start = end
    }
    return Row(start: range.lowerBound, key: key, cells: cells)
  }

  private func line(_ row: Row, _ keyWidth: Int, _ order: [String], _ widths: [Int]) -> String {
    var line = String(repeating: " ", count: LineBreaking.step) + padded(row.key, to: keyWidth)
    var column = 0
    for cell in row.cells {
      // A column that comes earlier than the one before it stands where there is room.
      while column < order.count, order[column...].contains(cell.column), order[column] != cell.column {
        line += String(repeating: " ", count: widths[column] + 2)
        column += 1
      }
      line += "  " + padded(cell.text, to: column < order.count ? widths[column] : 0)
      column += 1
    }
    return trimmed(line)
  }

  // MARK: Grids

  /// The lines of a grid, its columns under its heading, with the comments between them.
  ///
  /// - Parameter rows: where each row starts.
  func grid(_ range: Range<Int>, rows: [Int], indent: Int) -> [String] {
    let isDrop = tokens[range.lowerBound].isWord("drop")
    let first = min(range.lowerBound + (isDrop ? 2 : 1), range.upperBound)
    let start = String(repeating: " ", count: indent) + text(range.lowerBound..<first) + " "
    let margin = String(repeating: " ", count: start.terminalWidth)
    let starts = [first] + rows
    let cells = zip(starts, rows + [range.upperBound]).map { self.cells($0..<$1) }
    let widths = (0..<(cells.map(\.count).max() ?? 0)).map { column in
      cells.map { column < $0.count ? $0[column].terminalWidth : 0 }.max() ?? 0
    }
    var lines: [String] = []
    for (number, row) in cells.enumerated() {
      if number > 0 {
        let gap = gaps[starts[number]]
        if let ending = gap.ending { lines[lines.count - 1] += "  " + ending }
        for line in gap.lines {
          if case .comment(let text, _) = line { lines.append(margin + text) } else { lines.append("") }
        }
      }
      let line = zip(row, widths).map(padded).joined(separator: " | ")
      lines.append(trimmed((number == 0 ? start : margin) + line))
    }
    return lines
  }

  private func cells(_ range: Range<Int>) -> [String] {
    var cells: [String] = []
    var start = range.lowerBound
    for index in range where tokens[index].isSymbol(.bar) {
      cells.append(text(start..<index))
      start = index + 1
    }
    return cells + [text(start..<range.upperBound)]
  }

  // MARK: Widths

  private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.terminalWidth))
  }

  private func trimmed(_ line: String) -> String {
    line.last == " " ? String(line[...(line.lastIndex { $0 != " " } ?? line.startIndex)]) : line
  }
}

extension Token {
  fileprivate var isAnyWord: Bool { if case .word = kind { true } else { false } }
}
