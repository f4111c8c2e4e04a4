import Diagnostics
import Finance

// Which declaration a place is in, and which of its lines.

extension Surroundings {
  mutating func read(_ tokens: ArraySlice<Token>, at start: Int, of bytes: [UInt8]) {
    let line = (bytes[..<start].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    if start == line { return expected = .declaration }
    guard let heading = tokens.lastIndex(where: { $0.indent == 0 }), case .word(let word) = tokens[heading].kind else {
      return
    }
    let declaration = tokens[heading...]
    switch word {
    case "currency": expected = declaration.count == 1 ? .words(["GBP", "EUR", "USD", "UAH"]) : .nothing
    case "year":
      let words = [["starts"], ["in"], Words.months]
      expected = declaration.count <= 3 ? .words(words[declaration.count - 1]) : .nothing
    case "measure": readMeasure(declaration.dropFirst())
    case "let": readLet(declaration)
    case "rule", "table", "test":
      let isFirst = bytes[line..<start].allSatisfy { $0 == UInt8(ascii: " ") }
      readBlock(word, declaration, isFirst ? start - line : nil)
    default: expected = .nothing
    }
  }

  private mutating func readMeasure(_ tokens: ArraySlice<Token>) {
    let words = tokens.map { if case .word(let word) = $0.kind { word } else { "" } }
    guard let last = words.last else { return }
    let bases = Basis.allCases.map(\.rawValue)
    let isInDimensions = words.lastIndex(of: "by").map { by in
      words[(by + 1)...].count.isMultiple(of: 2)
    }
    switch last {
    case _ where words.count == 1: expected = .words(["money", "count", "ratio", "unit price", "number"])
    case "unit": expected = .words(["price"])
    case "adverse": expected = .words(["high", "low"])
    case "every": expected = .words(["month", "quarter", "year"])
    case _ where isInDimensions == true: expected = .dimension(of: nil)
    default:
      // The rest of a basis that has been begun.
      let written = words.dropFirst().joined(separator: " ")
      let rest = bases.compactMap { basis -> String? in
        let parts = basis.split(separator: " ").map(String.init)
        let begun = (1..<parts.count).last { words.suffix($0) == parts.prefix($0) }
        return begun.map { parts[$0...].joined(separator: " ") }
      }
      if !rest.isEmpty, !bases.contains(where: written.contains) { return expected = .words(rest) }
      let known = ["reference", "adverse", "every", "by"].filter { !words.contains($0) }
      let isMissing = words.count == 2 || words[1] == "unit" && words.count == 3
      expected = .words(
        (isMissing ? bases : []) + known.flatMap { $0 == "adverse" ? ["adverse high", "adverse low"] : [$0] })
    }
  }

  mutating func readLet(_ tokens: ArraySlice<Token>) {
    switch tokens.count {
    case 1: expected = .nothing
    case 2: expected = .words(["="])
    default: readExpression(tokens.dropFirst(3), wanting: .any, then: [])
    }
  }

  /// A rule, a table or a test, and which of its lines the place is in.
  ///
  /// - Parameter margin: how far the place is indented, where only spaces stand before it.
  private mutating func readBlock(_ word: String, _ tokens: ArraySlice<Token>, _ margin: Int?) {
    let lines = tokens.dropFirst().indices.filter { tokens[$0].indent != nil }
    let indent = lines.first.flatMap { tokens[$0].indent }
    if let margin, indent.map({ margin <= $0 }) ?? true {
      switch word {
      case "rule": return expected = .words(Words.clauses)
      case "test": return expected = .words(Words.testLines)
      default: return readRowStart(tokens)
      }
    }
    guard let indent, let start = lines.last(where: { tokens[$0].indent ?? 0 <= indent }) else {
      return readHeading(word, tokens)
    }
    let line = tokens[start...]
    switch word {
    case "rule": readClause(line)
    case "test": readTestLine(line, startsLine: margin != nil)
    default: readRow(line)
    }
  }

  private mutating func readRowStart(_ table: ArraySlice<Token>) {
    // `table limits by kind`
    guard table.count > 3, case .word(let key) = table[table.startIndex + 3].kind else {
      return expected = .words(["otherwise", "organisation"])
    }
    expected = .row(of: key)
  }

  /// `"PCT" amber 0.5% red 1%`: who, then columns and figures by turns.
  private mutating func readRow(_ line: ArraySlice<Token>) {
    let isOverride = line.first?.isWord("organisation") == true
    if isOverride, line.count == 1 { return expected = .organisationName(isQuoted: false) }
    let parts = line.count { !$0.isSymbol(.minus) } - (isOverride ? 2 : 1)
    expected = parts.isMultiple(of: 2) ? .column : .figure
  }

  private mutating func readHeading(_ word: String, _ tokens: ArraySlice<Token>) {
    switch (word, tokens.count) {
    case ("rule", 2): expected = .words(["formerly"])
    case ("test", 1): expected = .rule
    case ("table", 2): expected = .words(["by"])
    case ("table", 3): expected = .subject(orYear: true)
    case ("table", 4): expected = .words(["from"])
    default: expected = .nothing
    }
  }

  private mutating func readTestLine(_ line: ArraySlice<Token>, startsLine: Bool) {
    guard case .word(let word) = line.first?.kind else { return }
    switch word {
    case "absent": expected = line.count == 1 ? .words(Words.absences) : .nothing
    case "expect":
      guard let at = line.firstIndex(where: { $0.isWord("at") }) else {
        let isSubject = line.count == 1 || line.last?.isWord("and") == true
        return expected = isSubject ? .testSubject(isQuoted: false) : .words(["at", "and"])
      }
      switch line.last?.kind {
      case .month: expected = .words(["as of"] + Words.states)
      case .word("pending"): expected = .words(Words.severities)
      case .date: expected = .words(Words.states)
      default: expected = at == line.endIndex - 1 ? .nothing : .words(Words.states)
      }
    default:
      let rows = line.indices.dropFirst().filter { line[$0].indent != nil }
      let heading = line[line.startIndex..<(rows.first ?? line.endIndex)]
      if rows.isEmpty, !startsLine {
        let isCell = line.count == 1 || line.last?.isSymbol(.bar) == true || (word == "drop" && line.count == 2)
        return expected = isCell ? .subject(orYear: false) : .nothing
      }
      let row = startsLine ? [] : line[(rows.last ?? line.endIndex)...]
      let columns = heading.split { $0.isSymbol(.bar) }
      let column = row.count { $0.isSymbol(.bar) }
      guard columns.indices.contains(column), row.last.map({ $0.isSymbol(.bar) }) ?? true else { return }
      switch columns[column].last?.kind {
      case .word("measure"): expected = .measure
      case .word("organisation"): expected = .organisationName(isQuoted: false)
      case .word(let name): expected = .text(of: name, isQuoted: false)
      case .month: expected = .figure
      default: break
      }
    }
  }
}
