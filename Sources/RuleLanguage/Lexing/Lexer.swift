import Diagnostics

/// Cuts a rule file (or a hole of one of its messages) into tokens. Never fails: what it cannot read it reports once
/// and leaves out, or leaves in as `broken`.
struct Lexer {
  let bytes: [UInt8]
  let end: Int
  let findings: Findings
  var index: Int
  private let text: Int32
  private var lineStart: Int
  private var tokens: [Token] = []
  /// For each open parenthesis, whether a comma inside it stands between arguments.
  private(set) var argumentLists: [Bool] = []

  /// Behind the first token of the line being read.
  private var lineHasToken: Bool
  /// What is read stands between the braces of a hole.
  let isHole: Bool

  private init(_ bytes: [UInt8], text: Int32, range: Range<Int>, isHole: Bool, findings: Findings) {
    self.bytes = bytes
    self.text = text
    self.end = range.upperBound
    self.findings = findings
    index = range.lowerBound
    lineStart = range.lowerBound
    lineHasToken = isHole
    self.isHole = isHole
  }

  static func tokens(of source: SourceText, text: Int32, findings: Findings) -> [Token] {
    guard source.bytes.count <= Screening.largestFile else {
      findings.add(
        .fileTooLarge, "the file is larger than 1 MiB, which is more than any policy needs",
        at: Span(text: text, start: 0, end: 0), fix: "one policy a file")
      return []
    }
    Screening.screen(source.bytes, text: text, into: findings)
    let start = Screening.startOfText(source.bytes)
    var lexer = Lexer(
      source.bytes, text: text, range: start..<source.bytes.count, isHole: false, findings: findings)
    lexer.run()
    return lexer.tokens
  }

  /// The tokens between the braces of a hole.
  static func tokens(of source: SourceText, text: Int32, hole: Range<Int>, findings: Findings) -> [Token] {
    var lexer = Lexer(source.bytes, text: text, range: hole, isHole: true, findings: findings)
    lexer.run()
    return lexer.tokens
  }

  /// The tokens before a place, as far as there are any: what an editor asks while the rest is being written.
  static func tokens(of source: SourceText, text: Int32, upTo end: Int, findings: Findings) -> [Token] {
    guard source.bytes.count <= Screening.largestFile else { return [] }
    let start = Screening.startOfText(source.bytes)
    var lexer = Lexer(
      source.bytes, text: text, range: start..<max(start, end), isHole: false, findings: findings)
    lexer.run()
    return lexer.tokens
  }

  private mutating func run() {
    if index == lineStart { passOverLongLine() }
    while index < end {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\n"):
        index += 1
        lineStart = index
        lineHasToken = false
        if endsParentheses(at: index) { argumentLists = [] }
        passOverLongLine()
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        index += 1
      case UInt8(ascii: "#"):
        passOverLine()
      case UInt8(ascii: "\""):
        lexText()
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        lexNumber(from: index, currency: nil)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
        lexWord()
      default:
        if byte < 0x80 { lexSymbol() } else { lexForeign() }
      }
    }
  }

  // MARK: Lines

  private mutating func passOverLine() {
    index = bytes[index..<end].firstIndex(of: UInt8(ascii: "\n")) ?? end
  }

  /// A parenthesis left open counts no further than its declaration, its clause or its row of a grid.
  private func endsParentheses(at start: Int) -> Bool {
    guard !argumentLists.isEmpty, start < end else { return false }
    guard let first = bytes[start..<end].firstIndex(where: { $0 != UInt8(ascii: " ") }), first > start else {
      return true
    }
    let word = String(decoding: bytes[first..<endOfWord(from: first)], as: UTF8.self)
    if Words.clauseStarts.contains(word) || Words.testLines.contains(word) { return true }
    return bytes[first..<end].prefix { $0 != UInt8(ascii: "\n") }.contains(UInt8(ascii: "|"))
  }

  private mutating func passOverLongLine() {
    let limit = index + Screening.longestLine
    guard limit < end, !bytes[index...limit].contains(UInt8(ascii: "\n")) else { return }
    let margin = index
    passOverLine()
    // As deep as it is indented: a clause that is too long does not end its rule.
    let start = bytes[margin..<index].firstIndex { $0 != UInt8(ascii: " ") } ?? margin
    findings.add(
      .lineTooLong, "the line holds \(index - margin) bytes; at most \(Screening.longestLine) are read",
      at: span(start, start + 1), fix: "break the line; deeper lines continue a clause")
    append(.broken, from: start)
  }

  // MARK: Making tokens

  func span(_ start: Int, _ end: Int) -> Span { Span(text: text, start: Int32(start), end: Int32(end)) }

  private func isSpace(at position: Int) -> Bool {
    guard position >= lineStart, position < end else { return true }
    return [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n")].contains(bytes[position])
  }

  /// `measure spent £`: where the type of a measure stands.
  var isBehindMeasureName: Bool {
    tokens.count > 1 && tokens[tokens.count - 2].isWord("measure") && tokens[tokens.count - 2].indent == 0
  }

  /// Where a format may stand.
  var isBehindBar: Bool { isHole && tokens.last?.isSymbol(.bar) == true }

  func written(from start: Int) -> String { String(decoding: bytes[start..<index], as: UTF8.self) }

  mutating func append(_ kind: Token.Kind, from start: Int) {
    tokens.append(
      Token(
        kind: kind, span: span(start, index), indent: lineHasToken ? nil : indentation(of: start),
        spaceBefore: isSpace(at: start - 1), spaceAfter: isSpace(at: index)))
    lineHasToken = true
  }

  /// A tab, which was reported, counts as the two spaces that it is to be: it does not make a clause continue another.
  private func indentation(of position: Int) -> Int {
    bytes[lineStart..<position].reduce(0) { $0 + ($1 == UInt8(ascii: "\t") ? 2 : 1) }
  }

  // MARK: Words and symbols

  private mutating func lexWord() {
    let start = index
    index = endOfWord(from: start)
    let word = String(decoding: bytes[start..<index], as: UTF8.self)
    if takeUnquotedText(behind: word, from: start) || takeForeignMonth(word, from: start) { return }
    if takeCrampedCurrency(word, from: start) { return }
    if word.utf8.count == 3, !Words.operators.contains(word.lowercased()),
      word.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
    {
      // A currency's code before its amount.
      var next = index
      while next < end, bytes[next] == UInt8(ascii: " ") { next += 1 }
      if next > index, next < end, isDigit(at: next) {
        index = next
        return lexNumber(from: start, currency: word)
      }
    }
    if word.first == "M", let month = Int(word.dropFirst()), word.utf8.count <= 3 {
      guard month <= 13 else {
        findings.add(
          .malformedPeriod,
          "there is no month \(word): they are M0 (opening position), M1 to M12 and M13 (final accounts)",
          at: span(start, index))
        return append(.broken, from: start)
      }
      return append(.month(month), from: start)
    }
    append(.word(word), from: start)
  }

  func endOfWord(from start: Int) -> Int {
    bytes[start..<end].firstIndex { !isWordByte($0) } ?? end
  }

  func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  func isNumberByte(_ byte: UInt8) -> Bool {
    isWordByte(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".")
  }

  func isDigit(at position: Int) -> Bool {
    position < end && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position])
  }

  private mutating func lexSymbol() {
    let start = index
    if bytes[index] == UInt8(ascii: "$") { return lexCurrencySymbol("$", length: 1) }
    for length in [2, 1] where start + length <= end {
      let written = String(decoding: bytes[start..<start + length], as: UTF8.self)
      if length == 2, Lexer.isSignElsewhere(written) {
        index += length
        reportSign(written, at: span(start, index))
        return append(.broken, from: start)
      }
      guard let symbol = Token.Symbol(rawValue: written) else { continue }
      keepCount(of: symbol)
      index += length
      return append(.symbol(symbol), from: start)
    }
    if bytes[index] == UInt8(ascii: "'"), let close = endOfForeignText(from: index) {
      index = close
      reportForeignText(start..<close)
      return append(.broken, from: start)
    }
    index += 1
    // A control character was reported when the text was screened.
    if bytes[start] >= 0x20 { reportSymbol(from: start) }
    append(.broken, from: start)
  }

  private func reportSymbol(from start: Int) {
    let written = String(decoding: bytes[start..<index], as: UTF8.self)
    if written == "%", let last = tokens.last, case .number = last.kind,
      bytes[Int(last.span.end)..<start].allSatisfy({ $0 == UInt8(ascii: " ") })
    {
      reportLoosePercent(behind: last.span, at: span(start, index))
    } else if written == "%", isBehindMeasureName {
      findings.add(
        .unknownWord, "`%` is not a measure's type", at: span(start, index),
        repairs: [.replacing(span(start, index), with: ValueType.ratio.rawValue)])
    } else {
      reportSign(written, at: span(start, index))
    }
  }

  /// Commas separate arguments inside the parentheses of a function and of `in (…)`; elsewhere they group digits.
  private mutating func keepCount(of symbol: Token.Symbol) {
    switch symbol {
    case .open:
      let isArgumentList =
        switch tokens.last?.kind {
        case .word("in"): true
        case .word(let name) where Words.aggregates.contains(name): false
        case .word(let name) where !Words.joining.contains(name): !(tokens.last?.spaceAfter ?? true)
        default: argumentLists.last ?? false
        }
      argumentLists.append(isArgumentList)
    case .close:
      _ = argumentLists.popLast()
    default:
      break
    }
  }

  private mutating func lexForeign() {
    let start = index
    let (scalar, length) = Screening.scalar(in: bytes, at: start)
    guard let scalar, scalar.properties.generalCategory != .control, scalar.properties.generalCategory != .format
    else {
      index += length
      return append(.broken, from: start)
    }
    let character = String(scalar)
    if scalar.properties.generalCategory == .currencySymbol {
      return lexCurrencySymbol(character, length: length)
    }
    if Lexer.isQuotationMark(scalar), let close = endOfForeignText(from: start) {
      index = close
      reportForeignText(start..<close)
    } else {
      index += length
      reportForeign(scalar, at: span(start, index))
    }
    append(.broken, from: start)
  }

  // MARK: Texts

  /// From one quotation mark to the next on the same line; inside the holes of a message quotation marks nest.
  private mutating func lexText() {
    let start = index
    index += 1
    var parts: [TextPart] = []
    var literal: [UInt8] = []
    while index < end, bytes[index] != UInt8(ascii: "\n") {
      let byte = bytes[index]
      let doubled = index + 1 < end && bytes[index + 1] == byte
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        if !literal.isEmpty { parts.append(.text(String(decoding: literal, as: UTF8.self))) }
        return append(.text(parts), from: start)
      case UInt8(ascii: "{") where doubled, UInt8(ascii: "}") where doubled:
        literal.append(byte)
        index += 2
      case UInt8(ascii: "{"):
        guard let hole = passOverHole() else {
          findings.add(
            .malformedHole, "the hole is not closed", at: span(index, index + 1), "opens here",
            fix: "close it with }, or write {{ for a brace")
          passOverLine()
          return append(.broken, from: start)
        }
        if !literal.isEmpty { parts.append(.text(String(decoding: literal, as: UTF8.self))) }
        literal = []
        parts.append(.hole(hole))
      case UInt8(ascii: "}"):
        findings.add(
          .malformedHole, "this brace closes nothing", at: span(index, index + 1),
          fix: "open a hole with {, or write }} for a brace")
        index += 1
      default:
        literal.append(byte)
        index += 1
      }
    }
    findings.add(
      .openText, "the text is not closed before the end of the line", at: span(start, start + 1), "opens here",
      fix: "close it with \"")
    append(.broken, from: start)
  }

  /// What stands between the braces; nil where the hole is not closed on its line.
  private mutating func passOverHole() -> Range<Int>? {
    var position = index + 1
    var isQuoted = false
    while position < end, bytes[position] != UInt8(ascii: "\n") {
      switch bytes[position] {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "}") where !isQuoted:
        let hole = index + 1..<position
        index = position + 1
        return hole
      default: break
      }
      position += 1
    }
    return nil
  }
}
