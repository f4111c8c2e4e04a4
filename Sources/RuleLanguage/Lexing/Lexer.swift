import Diagnostics
import Finance

/// Cuts a rule file (or a hole of one of its messages) into tokens. Never fails: what it cannot read it reports once
/// and leaves out, or leaves in as `broken`.
struct Lexer {
  private let bytes: [UInt8]
  private let text: Int32
  private let end: Int
  private let findings: Findings
  private var index: Int
  private var lineStart: Int
  private var tokens: [Token] = []
  /// For each open parenthesis, whether a comma inside it stands between arguments.
  private var argumentLists: [Bool] = []

  /// Behind the first token of the line being read.
  private var lineHasToken: Bool

  private init(_ bytes: [UInt8], text: Int32, range: Range<Int>, isHole: Bool, findings: Findings) {
    self.bytes = bytes
    self.text = text
    self.end = range.upperBound
    self.findings = findings
    index = range.lowerBound
    lineStart = range.lowerBound
    lineHasToken = isHole
  }

  static func tokens(of source: SourceText, text: Int32, findings: Findings) -> [Token] {
    guard source.bytes.count <= Screening.largestFile else {
      findings.add(
        .fileTooLarge, "the file holds \(source.bytes.count) bytes; a rule file holds at most 1 MiB",
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

  private mutating func run() {
    if index == lineStart { passOverLongLine() }
    while index < end {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\n"):
        index += 1
        lineStart = index
        lineHasToken = false
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

  private mutating func passOverLongLine() {
    let limit = index + Screening.longestLine
    guard limit < end, !bytes[index...limit].contains(UInt8(ascii: "\n")) else { return }
    let start = index
    passOverLine()
    findings.add(
      .lineTooLong, "the line holds \(index - start) bytes; at most \(Screening.longestLine) are read",
      at: span(start, start + 1), fix: "break the line; deeper lines continue a clause")
    append(.broken, from: start)
  }

  // MARK: Making tokens

  private func span(_ start: Int, _ end: Int) -> Span { Span(text: text, start: Int32(start), end: Int32(end)) }

  private func isSpace(at position: Int) -> Bool {
    guard position >= lineStart, position < end else { return true }
    return [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n")].contains(bytes[position])
  }

  private mutating func append(_ kind: Token.Kind, from start: Int) {
    tokens.append(
      Token(
        kind: kind, span: span(start, index), indent: lineHasToken ? nil : start - lineStart,
        spaceBefore: isSpace(at: start - 1), spaceAfter: isSpace(at: index)))
    lineHasToken = true
  }

  // MARK: Words and symbols

  private mutating func lexWord() {
    let start = index
    index = endOfWord(from: start)
    let word = String(decoding: bytes[start..<index], as: UTF8.self)
    if word.utf8.count == 3, word.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) {
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
          .malformedPeriod, "there is no month \(word): they are M0 (opening position), M1 to M12 and M13 (final accounts)",
          at: span(start, index))
        return append(.broken, from: start)
      }
      return append(.month(month), from: start)
    }
    append(.word(word), from: start)
  }

  private func endOfWord(from start: Int) -> Int {
    bytes[start..<end].firstIndex { !isWordByte($0) } ?? end
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  private func isNumberByte(_ byte: UInt8) -> Bool {
    isWordByte(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".")
  }

  private func isDigit(at position: Int) -> Bool {
    position < end && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position])
  }

  private mutating func lexSymbol() {
    let start = index
    if bytes[index] == UInt8(ascii: "$") { return lexCurrencySymbol("$", length: 1) }
    for length in [2, 1] where start + length <= end {
      let written = String(decoding: bytes[start..<start + length], as: UTF8.self)
      guard let symbol = Token.Symbol(rawValue: written) else { continue }
      keepCount(of: symbol)
      index += length
      return append(.symbol(symbol), from: start)
    }
    index += 1
    let written = String(decoding: bytes[start..<index], as: UTF8.self)
    // A control character was reported when the text was screened.
    if bytes[start] >= 0x20 {
      let fix: String? =
        switch written {
        case "%", "!", "&": nil
        case "'": "texts stand between double quotes: \"…\""
        case ":", ";": "leave it out"
        default: nil
        }
      findings.add(.unexpectedCharacter, "`\(written)` has no meaning here", at: span(start, index), fix: fix)
    }
    append(.broken, from: start)
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
    index += length
    let fix: String? =
      switch character {
      case "×", "·": "*"
      case "÷": "/"
      case "–", "—", "−", "‐", "‑": "-"
      case "≥": ">="
      case "≤": "<="
      case "≠": "!="
      case "“", "”", "„", "‟", "«", "»": "a straight quotation mark: \""
      case "\u{A0}", "\u{2009}", "\u{202F}", "\u{2007}": "a plain space"
      default: nil
      }
    let message =
      scalar.properties.isAlphabetic
      ? "`\(character)` cannot be part of a name: names are of the letters a to z, digits and `_`"
      : "`\(character)` has no meaning here"
    findings.add(.unexpectedCharacter, message, at: span(start, index), fix: fix)
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

// MARK: Numbers

extension Lexer {
  private mutating func lexCurrencySymbol(_ symbol: String, length: Int) {
    let start = index
    var next = start + length
    let isNegative = next < end && bytes[next] == UInt8(ascii: "-") && isDigit(at: next + 1)
    while next < end, bytes[next] == UInt8(ascii: " ") { next += 1 }
    guard isDigit(at: next), next == start + length else {
      index = start + length
      if isDigit(at: next) { index = bytes[next..<end].firstIndex { !isNumberByte($0) } ?? end }
      findings.add(
        .malformedUnit, "an amount of money is written with its symbol before the digits", at: span(start, index),
        fix: isNegative ? "-\(symbol)… : the minus stands first" : "\(symbol)5m, \(symbol)106,000")
      return append(.broken, from: start)
    }
    index = next
    lexNumber(from: start, currency: symbol)
  }

  /// A number with what stands directly behind it, or a year, or a date. `start` is where the token starts: at its
  /// currency, or at the first digit.
  private mutating func lexNumber(from start: Int, currency: String?) {
    let firstDigit = index
    if currency == nil, let kind = yearOrDate() { return append(kind, from: start) }
    guard let number = digitsAndDecimals() else {
      index = endOfWord(from: index)
      if index < end, bytes[index] == UInt8(ascii: "%") { index += 1 }
      return append(.broken, from: start)
    }
    if let currency {
      let suffix = endOfWord(from: index)
      let unit = String(decoding: bytes[index..<suffix], as: UTF8.self)
      index = suffix
      guard let power = ["": 0, "k": 3, "m": 6, "bn": 9][unit] else {
        let known = ["K": "k", "M": "m", "mn": "m", "mill": "m", "b": "bn", "B": "bn", "BN": "bn", "Bn": "bn"][unit]
        findings.add(
          .malformedUnit, "`\(unit)` is not a size of money: k is a thousand, m a million, bn a thousand million",
          at: span(suffix - unit.utf8.count, suffix),
          fix: known.map { String(decoding: bytes[start..<suffix - unit.utf8.count], as: UTF8.self) + $0 })
        return append(.broken, from: start)
      }
      return append(money(number, power: power, currency: currency, from: start), from: start)
    }
    if index < end, bytes[index] == UInt8(ascii: "%") {
      index += 1
      return append(.percent(number), from: start)
    }
    let suffix = endOfWord(from: index)
    let unit = String(decoding: bytes[index..<suffix], as: UTF8.self)
    if unit.isEmpty { return append(.number(number), from: start) }
    let digits = String(decoding: bytes[firstDigit..<index], as: UTF8.self)
    index = suffix
    if unit == "pp" { return append(.points(number), from: start) }
    if unit == "dp", let places = number.whole { return append(.decimalPlaces(places), from: start) }
    let isMoney = ["k", "m", "bn"].contains(unit)
    findings.add(
      .malformedUnit, isMoney ? "`\(unit)` is a size of money, and the number has no currency" : "`\(unit)` is not a unit",
      at: span(start, index), fix: isMoney ? "£\(digits)\(unit)" : "\(digits) \(unit), or %, or pp")
    append(.broken, from: start)
  }

  private func money(_ number: DecimalNumber, power: Int, currency: String, from start: Int) -> Token.Kind {
    var decimals = number.decimals - power
    var digits = number.digits
    while decimals < 0 {
      let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
      if overflow { decimals = .max; break }
      digits = product
      decimals += 1
    }
    let value = DecimalNumber(digits: digits, decimals: max(decimals, 0))
    guard value.decimals <= 4, digits / 10_000 <= Int64.max / 10_000 / 10_000 else {
      findings.add(
        .malformedNumber,
        value.decimals <= 4 || decimals == .max
          ? "the amount is larger than can be held" : "an amount of money has at most four decimals",
        at: span(start, index))
      return .broken
    }
    return .money(value, currency: currency)
  }

  /// Digits, grouped in threes where a comma is not between arguments, and decimals.
  private mutating func digitsAndDecimals() -> DecimalNumber? {
    let start = index
    var digits: Int64 = 0
    var count = 0
    var decimals = 0
    func take(_ byte: UInt8) {
      digits = count < 18 ? digits * 10 + Int64(byte - UInt8(ascii: "0")) : digits
      count += 1
    }
    while isDigit(at: index) {
      take(bytes[index])
      index += 1
    }
    var isMisgrouped = false
    if !(argumentLists.last ?? false) {
      while index < end, bytes[index] == UInt8(ascii: ","), isDigit(at: index + 1) {
        let group = bytes[(index + 1)..<end].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if group.count != 3 || (index - start > 3 && bytes[start..<index].firstIndex(of: UInt8(ascii: ",")) == nil) {
          isMisgrouped = true
        }
        group.forEach(take)
        index = group.endIndex
      }
    }
    if index < end, bytes[index] == UInt8(ascii: "."), isDigit(at: index + 1) {
      index += 1
      while isDigit(at: index) {
        take(bytes[index])
        decimals += 1
        index += 1
      }
    }
    if isMisgrouped {
      findings.add(
        .malformedNumber, "a comma groups three digits", at: span(start, index),
        fix: "1,200 or 1200; decimals stand behind a point")
      return nil
    }
    guard count <= 18 else {
      findings.add(.malformedNumber, "the number has more than 18 digits", at: span(start, index))
      return nil
    }
    return DecimalNumber(digits: digits, decimals: decimals)
  }

  /// `2013-14`, `2014-03-31`; nil, with nothing taken, where neither stands here.
  private mutating func yearOrDate() -> Token.Kind? {
    let run = bytes[index..<end].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-") }
    let parts = run.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count > 1, parts[0].count == 4, !parts[1].isEmpty, run.endIndex == end || !isWordByte(bytes[run.endIndex])
    else { return nil }
    let start = index
    index = run.endIndex
    let numbers = parts.map { Int(String(decoding: $0, as: UTF8.self)) ?? -1 }
    let year = numbers[0]
    let next = (year + 1) % 100
    let written = "\(year)-\(next < 10 ? "0" : "")\(next)"
    if parts.count == 2, parts[1].count == 2, numbers[1] == next { return .year(year) }
    if parts.count == 3, parts[1].count == 2, parts[2].count == 2,
      let day = Day(year: year, month: numbers[1], day: numbers[2])
    {
      return .date(day)
    }
    let message =
      parts.count == 2
      ? "the second part of a financial year is the year after the first" : "there is no such day in the calendar"
    findings.add(.malformedPeriod, message, at: span(start, index), fix: parts.count == 2 ? written : "2014-03-31")
    return .broken
  }
}
