import Diagnostics

/// A table's first line where it names the columns, as tables elsewhere have one: here each row names them itself.
///
///     amber  red
///     "PCT" 0.5% 1%
struct HeadingRow {
  private let heading: ArraySlice<Token>
  private var names: [String]
  private let rows: [ArraySlice<Token>]

  /// Nil where the first line is a row.
  init?(_ lines: [ArraySlice<Token>], keyedBy key: String) {
    guard let first = lines.first, HeadingRow.isHeading(first) else { return nil }
    names = first.compactMap { if case .word(let name) = $0.kind { name } else { nil } }
    heading = first
    rows = Array(lines.dropFirst())
    // The column of what the table goes by has no name in a row.
    if names.first?.lowercased() == key { names.removeFirst() }
    guard !names.isEmpty else { return nil }
  }

  /// Nothing but names, and bars or commas between them.
  static func isHeading(_ line: ArraySlice<Token>) -> Bool {
    guard let word = line.first, !word.isWord("otherwise"), word.kind != .broken else { return false }
    return line.allSatisfy { token in
      switch token.kind {
      case .word, .symbol(.bar), .symbol(.comma): true
      default: false
      }
    }
  }

  func report(in source: SourceText, to findings: Findings) -> Reported {
    let span = Span(
      text: heading[heading.startIndex].span.text, start: heading[heading.startIndex].span.start,
      end: heading[heading.index(before: heading.endIndex)].span.end)
    let example = names.map { "\($0) 1%" }.joined(separator: " ")
    findings.add(
      .expectedSomethingElse, "a table has no heading row; each of its rows names the columns", at: span,
      "these are the columns", fix: "\"…\" \(example)", repairs: repair(in: source).map { [$0] } ?? [])
    return Reported()
  }

  /// The heading goes, and each value gets its column's name; nil where a row has other than one value for each.
  private func repair(in source: SourceText) -> Repair? {
    guard let word = heading.first, names.allSatisfy(Parser.isName) else { return nil }
    let line = source.lineRange(source.lineNumber(of: Int(word.span.start)))
    let end = min(line.upperBound + 1, source.bytes.count)
    var edits = [Edit(Span(text: word.span.text, start: Int32(line.lowerBound), end: Int32(end)), "")]
    for row in rows {
      guard let inserted = naming(row) else { return nil }
      edits += inserted
    }
    return Repair("the columns' names in each row", edits)
  }

  private func naming(_ row: ArraySlice<Token>) -> [Edit]? {
    let key = row.first?.isWord("organisation") == true ? 2 : 1
    var edits: [Edit] = []
    var columns = names[...]
    var isBehindMinus = false
    for token in row.dropFirst(key) {
      switch token.kind {
      case .symbol(.bar): edits.append(Edit(token.span, ""))
      case .symbol(.minus) where !isBehindMinus, .money, .percent, .points, .number, .text, .date:
        if !isBehindMinus {
          guard let column = columns.popFirst() else { return nil }
          edits.append(Edit(Span(text: token.span.text, start: token.span.start, end: token.span.start), column + " "))
        }
        isBehindMinus = token.isSymbol(.minus)
      default: return nil
      }
    }
    return columns.isEmpty ? edits : nil
  }
}
