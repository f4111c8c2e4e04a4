import Diagnostics

// What a text stands for: a value of what it is compared with, a name, a cell.

extension Surroundings {
  /// Inside a text that a clause or a row has opened.
  mutating func readText(_ tokens: ArraySlice<Token>, of bytes: [UInt8], at quote: Int) {
    guard let heading = tokens.lastIndex(where: { $0.indent == 0 }), case .word(let word) = tokens[heading].kind else {
      return
    }
    let declaration = tokens[heading...]
    switch word {
    case "table":
      // A row starts with a value of what the table goes by, or with `organisation` and a name.
      let line = (bytes[..<quote].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
      if declaration.last?.isWord("organisation") == true { return expected = .organisationName(isQuoted: true) }
      guard bytes[line..<quote].allSatisfy({ $0 == UInt8(ascii: " ") }), declaration.count > 3,
        case .word(let key) = declaration[heading + 3].kind
      else { return }
      expected = .text(of: key, isQuoted: true)
    case "test":
      if let line = declaration.lastIndex(where: { $0.indent != nil }), declaration[line].isWord("expect"),
        declaration[line...].count == 1 || declaration.last?.isWord("and") == true
      {
        return expected = .testSubject(isQuoted: true)
      }
      readCellText(declaration, of: bytes, at: quote)
    case "rule", "let": readComparedText(declaration)
    default: break
    }
  }

  mutating func readComparedText(_ tokens: ArraySlice<Token>) {
    // A text in a list is compared with what stands before `in`.
    var inside = tokens
    if let list = tokens.indices.last(where: {
      tokens[$0].isSymbol(.open) && $0 > tokens.startIndex && tokens[$0 - 1].isWord("in")
    }),
      !tokens[list...].contains(where: { $0.isSymbol(.close) })
    {
      let negated = list > tokens.startIndex + 1 && tokens[list - 2].isWord("not")
      guard case .word(let name) = tokens[..<(list - (negated ? 2 : 1))].last?.kind else { return }
      return expected = .text(of: name, isQuoted: true)
    }
    if let open = inside.lastIndex(where: {
      $0.isSymbol(.open) || $0.isSymbol(.openBracket) || $0.isWord("where") || $0.isWord("when")
    }) {
      inside = inside[(open + 1)...]
    }
    if let name = comparedName(inside) { expected = .text(of: name, isQuoted: true) }
  }

  private mutating func readCellText(_ test: ArraySlice<Token>, of bytes: [UInt8], at quote: Int) {
    guard let start = test.lastIndex(where: { $0.isWord("given") || $0.isWord("drop") }) else { return }
    let grid = test[start...]
    let rows = grid.indices.dropFirst().filter { grid[$0].indent != nil }
    let line = (bytes[..<quote].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let heading = grid[grid.startIndex..<(rows.first ?? grid.endIndex)].dropFirst(
      grid.first?.isWord("drop") == true ? 2 : 1)
    let row = grid.filter { Int($0.span.start) >= line }
    let columns = heading.split { $0.isSymbol(.bar) }
    let column = row.count { $0.isSymbol(.bar) }
    guard columns.indices.contains(column), case .word(let name) = columns[column].first?.kind else { return }
    expected = name == "organisation" ? .organisationName(isQuoted: true) : .text(of: name, isQuoted: true)
  }
}
