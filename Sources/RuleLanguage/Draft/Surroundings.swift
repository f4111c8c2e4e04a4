package import Diagnostics

/// What may stand at a place of a rule file, whether or not what stands around it can be read: what an editor completes.
package struct Surroundings: Sendable {
  package enum Expected: Hashable, Sendable {
    case nothing
    /// The first word of a declaration.
    case declaration
    /// One of these, each a word or several.
    case words([String])
    /// A value in an expression.
    case value(Wanted)
    /// What may follow a value: these beside the operators.
    case continuation([String])
    /// Whom an aggregate is taken over.
    case population
    /// What a subject or the key of a table may be; with `year` for a table.
    case subject(orYear: Bool)
    case attribute
    /// A dimension, of a measure where one is sliced.
    case dimension(of: String?)
    /// The values of an attribute or a dimension; inside the quotation marks, or with them still to be written.
    case text(of: String, isQuoted: Bool)
    /// Inside the quotation marks, or with them still to be written.
    case organisationName(isQuoted: Bool)
    /// Whom a test speaks of, in the same way.
    case testSubject(isQuoted: Bool)
    case format
    case rule
    case measure
    /// What stands behind a point.
    case member(of: String?)
    /// What a row of a table by this key starts with.
    case row(of: String)
    /// A column of the table that is being written.
    case column
    /// A figure of any unit: a cell of a table or of a test.
    case figure
  }

  /// What kind of value suits.
  package enum Wanted: Hashable, Sendable {
    case any
    case condition
    case quantity
    /// As the rule's watched value.
    case likeWatch
    /// As the expression in this stretch of the piece.
    case like(Span)
    /// For a message, where `watched` may be spoken of.
    case shown
  }

  /// A call that the place lies in the parentheses of.
  package struct Call: Hashable, Sendable {
    package var function: String
    /// From 0. Of an aggregate the words part them: `over`, `where`, `by`, `first`.
    package var argument: Int
    /// For an aggregate the last of those words.
    package var part: String?
  }

  package private(set) var expected = Expected.nothing
  /// The word that has been begun, which what is chosen replaces.
  package private(set) var begun: Span
  /// The innermost one.
  package private(set) var call: Call?

  package init(at offset: Int32, of piece: RuleDraft.Piece) {
    let bytes = piece.source.bytes
    let offset = min(Int(offset), bytes.count)
    let state = LineState(at: offset, of: bytes)
    func span(_ start: Int) -> Span { Span(text: piece.number, start: Int32(start), end: Int32(offset)) }
    var start = offset
    while start > 0, Surroundings.isWordByte(bytes[start - 1]) { start -= 1 }
    begun = span(start)
    func tokens(_ range: Range<Int>) -> [Token] {
      Lexer.tokens(of: piece.source, text: piece.number, hole: range, findings: Findings())
    }
    switch state {
    case .comment:
      return
    case .code:
      let all = Lexer.tokens(of: piece.source, text: piece.number, upTo: start, findings: Findings())
      read(all[...], at: start, of: bytes)
    case .text(let from):
      begun = span(from)
      let all = Lexer.tokens(of: piece.source, text: piece.number, upTo: from - 1, findings: Findings())
      readText(all[...], of: bytes, at: from - 1)
    case .hole(let from):
      readExpression(tokens(from..<max(from, start))[...], wanting: .shown, then: ["|"])
    case .textInHole(let from, let hole):
      begun = span(from)
      readComparedText(tokens(hole..<from - 1)[...])
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  // MARK: Declarations

  private mutating func read(_ tokens: ArraySlice<Token>, at start: Int, of bytes: [UInt8]) {
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

  private mutating func readLet(_ tokens: ArraySlice<Token>) {
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

  // MARK: Clauses

  private mutating func readClause(_ clause: ArraySlice<Token>) {
    guard case .word(let first) = clause.first?.kind else { return }
    let rest = clause.dropFirst()
    let bands = ["above", "below", "at least", "at most", "outside"]
    func at(_ word: String) -> Bool { clause.last?.isWord(word) == true }
    switch first {
    case "for": readSubjects(rest)
    case "let": readLet(clause)
    case "only":
      if rest.isEmpty { return expected = .words(["when"]) }
      readExpression(rest.dropFirst(), wanting: .condition, then: [])
    case "watch": readExpression(rest, wanting: .quantity, then: [])
    case "info", "amber", "red", "clears":
      guard let word = rest.first, case .word(let how) = word.kind else { return expected = .words(bands + ["when"]) }
      if at("for") { return expected = .words(["2 periods"]) }
      let then = first == "clears" ? ["for"] : []
      switch how {
      case "when": readExpression(rest.dropFirst(), wanting: .condition, then: then)
      case "at" where rest.count == 1: expected = .words(["least", "most"])
      case "at": readExpression(rest.dropFirst(2), wanting: .likeWatch, then: then)
      case "outside":
        let bound = rest.lastIndex { $0.isWord("to") } ?? rest.startIndex
        readExpression(rest[(bound + 1)...], wanting: .likeWatch, then: (bound == rest.startIndex ? ["to"] : []) + then)
      default: readExpression(rest.dropFirst(), wanting: .likeWatch, then: then)
      }
    case "effective":
      expected =
        rest.isEmpty
        ? .words(["in", "from"]) : rest.first?.isWord("from") == true && rest.count > 1 ? .words(["to"]) : .nothing
    case "coverage": expected = .words([["at least"], ["least"]][min(rest.count, 1)])
    case "persists": expected = rest.isEmpty ? .words(["for"]) : .words(rest.count == 1 ? ["2 periods"] : ["periods"])
    case "if":
      switch rest.last?.kind {
      case nil: expected = .words(["unknown"])
      case .word("unknown"): expected = .words(["hold", "raise", "clear"])
      case .word("raise"): expected = .words(Words.severities)
      case .word("hold"): expected = .words(["for"])
      case .word("for"): expected = .words(["2 periods"])
      default: expected = .words(["periods"])
      }
    case "suppress":
      if rest.isEmpty { return expected = .words(["when"]) }
      if at("until") || at("because") { return expected = .nothing }
      readExpression(rest.dropFirst(), wanting: .condition, then: ["until", "because"])
    default: expected = .nothing
    }
  }

  private mutating func readSubjects(_ tokens: ArraySlice<Token>) {
    guard let each = tokens.first else { return expected = .words(["each"]) }
    guard each.isWord("each") else { return }
    if let condition = tokens.firstIndex(where: { $0.isWord("where") }) {
      return readExpression(tokens[(condition + 1)...], wanting: .condition, then: [])
    }
    let isName = tokens.count == 1 || tokens.last?.isWord("and") == true
    expected = isName ? .subject(orYear: false) : .words(["and", "where"])
  }

  // MARK: Expressions

  /// Inside an open parenthesis or bracket.
  private struct Level {
    enum Kind { case expression, aggregate(String), call(String), slice(String?), list }
    var kind = Kind.expression
    /// Of the tokens in it.
    var start: Int
    var commas = 0
  }

  private mutating func readExpression(_ tokens: ArraySlice<Token>, wanting: Wanted, then followers: [String]) {
    var levels = [Level(start: tokens.startIndex)]
    for index in tokens.indices {
      switch tokens[index].kind {
      case .symbol(.open): levels.append(Level(kind: kind(of: tokens, at: index), start: index + 1))
      case .symbol(.openBracket):
        let measure = tokens[..<index].last.flatMap { if case .word(let name) = $0.kind { name } else { nil } }
        levels.append(Level(kind: .slice(measure), start: index + 1))
      case .symbol(.close), .symbol(.closeBracket):
        if levels.count > 1 { levels.removeLast() }
      case .symbol(.comma): levels[levels.count - 1].commas += 1
      default: break
      }
    }
    call = innermostCall(levels, tokens)
    let level = levels[levels.count - 1]
    let inside = tokens[level.start...]
    let last = inside.last
    switch level.kind {
    case .slice(let measure):
      if let name = comparedName(inside) { return expected = .text(of: name, isQuoted: false) }
      return expected = endsValue(last) ? .continuation([]) : .dimension(of: measure)
    case .call("breach"), .call("severity"):
      return expected = .rule
    default: break
    }
    if last?.isSymbol(.bar) == true { return expected = .format }
    if last?.isSymbol(.dot) == true {
      let owner = inside.dropLast().last.flatMap { if case .word(let name) = $0.kind { name } else { nil } }
      return expected = .member(of: owner)
    }
    if last?.isWord("over") == true { return expected = .population }
    if last?.isWord("same") == true { return expected = .attribute }
    let isPopulated = inside.contains { $0.isWord("over") } || isHeadOfCount(inside, level.kind)
    if endsValue(last) {
      var follow = levels.count == 1 ? followers : []
      if case .aggregate(let word) = level.kind {
        if !isPopulated { follow.append("over") }
        if isPopulated, !inside.contains(where: { $0.isWord("where") }) { follow += ["where", "in same", "anywhere"] }
        if isPopulated, word == "names" { follow += ["by", "first"] }
      }
      return expected = .continuation(follow)
    }
    if let name = comparedName(inside) { return expected = .text(of: name, isQuoted: false) }
    var wanted = levels.count == 1 ? wanting : .any
    if case .aggregate(let word) = level.kind, ["count", "share", "names"].contains(word) || isPopulated {
      wanted = .condition
    }
    if let left = comparedSpan(inside) { wanted = .like(left) }
    expected = .value(wanted)
  }

  private func innermostCall(_ levels: [Level], _ tokens: ArraySlice<Token>) -> Call? {
    for level in levels.reversed() {
      switch level.kind {
      case .call(let function): return Call(function: function, argument: level.commas)
      case .aggregate(let word): return Call(function: word, argument: 0, part: part(of: tokens[level.start...]))
      case .expression, .slice, .list: continue
      }
    }
    return nil
  }

  /// Which word of an aggregate came last, outside of what is in parentheses of its own.
  private func part(of inside: ArraySlice<Token>) -> String? {
    var depth = 0
    var part: String?
    for token in inside {
      switch token.kind {
      case .symbol(.open), .symbol(.openBracket): depth += 1
      case .symbol(.close), .symbol(.closeBracket): depth -= 1
      case .word(let word) where depth == 0 && Surroundings.parts.contains(word): part = word
      default: break
      }
    }
    return part
  }

  private static let parts: Set<String> = ["over", "where", "by", "first"]

  private func kind(of tokens: ArraySlice<Token>, at index: Int) -> Level.Kind {
    guard index > tokens.startIndex, case .word(let word) = tokens[index - 1].kind else { return .expression }
    if word == "in" { return .list }
    if Words.aggregates.contains(word) { return .aggregate(word) }
    return Words.joining.contains(word) || Words.severities.contains(word) ? .expression : .call(word)
  }

  /// `count(peers where …`: the members stand first.
  private func isHeadOfCount(_ inside: ArraySlice<Token>, _ kind: Level.Kind) -> Bool {
    guard case .aggregate("count") = kind else { return false }
    return inside.dropFirst().first?.isWord("where") == true
  }

  /// Whether a value ends with this token, so that an operator comes next.
  private func endsValue(_ token: Token?) -> Bool {
    switch token?.kind {
    case nil: false
    case .word(let word): !Words.joining.contains(word) && word != "first"
    case .symbol(let symbol): symbol == .close || symbol == .closeBracket
    default: true
    }
  }

  private static let boundaries: Set<String> = ["and", "or", "where", "over", "when", "by"]

  /// Where the comparison that the place is on the right of starts, and its sign.
  private func comparison(_ inside: ArraySlice<Token>) -> (left: ArraySlice<Token>, sign: Token)? {
    var depth = 0
    var sign: Int?
    for index in inside.indices.reversed() {
      switch inside[index].kind {
      case .symbol(.close), .symbol(.closeBracket): depth += 1
      case .symbol(.open), .symbol(.openBracket): depth -= 1
      case .symbol(let symbol) where depth == 0 && Comparison(rawValue: symbol.rawValue) != nil: sign = sign ?? index
      case .word("is") where depth == 0, .word("between") where depth == 0: sign = sign ?? index
      case .word(let word) where depth == 0 && Surroundings.boundaries.contains(word):
        return sign.map { (inside[(index + 1)..<$0], inside[$0]) }
      default: break
      }
    }
    return sign.map { (inside[inside.startIndex..<$0], inside[$0]) }
  }

  private func comparedSpan(_ inside: ArraySlice<Token>) -> Span? {
    guard let (left, _) = comparison(inside), let first = left.first, let last = left.last else { return nil }
    return Span(text: first.span.text, start: first.span.start, end: last.span.end)
  }

  /// The one name that the place is compared with: `kind is |`, `kind is not |`.
  private func comparedName(_ inside: ArraySlice<Token>) -> String? {
    guard let (left, sign) = comparison(inside), left.count == 1, case .word(let name) = left.first?.kind else {
      return nil
    }
    let isEqual = sign.isWord("is") || sign.isSymbol(.equal) || sign.isSymbol(.notEqual)
    guard isEqual, inside.last?.span == sign.span || inside.last?.isWord("not") == true else { return nil }
    return name
  }

  // MARK: Texts

  /// Inside a text that a clause or a row has opened.
  private mutating func readText(_ tokens: ArraySlice<Token>, of bytes: [UInt8], at quote: Int) {
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

  private mutating func readComparedText(_ tokens: ArraySlice<Token>) {
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
