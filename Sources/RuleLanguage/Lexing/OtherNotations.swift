import Diagnostics

// What a person brings along from other notations, and how it is written here.

extension Lexer {
  /// Signs of spreadsheets and programming languages.
  private static let signs = [
    "<>": "!=", "=>": ">=", "=<": "<=", "&&": "and", "||": "or", "&": "and", "!": "not ", ":": "", ";": "",
  ]

  /// Signs that an office program writes by itself.
  private static let typographic: [Unicode.Scalar: String] = [
    "×": "*", "·": "*", "÷": "/", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "≥": ">=", "≤": "<=", "≠": "!=",
    "\u{A0}": " ", "\u{2009}": " ", "\u{202F}": " ", "\u{2007}": " ",
  ]

  private static let quotationMarks: Set<Unicode.Scalar> = ["“", "”", "„", "‟", "«", "»", "‘", "’", "'"]

  /// What there is in place of powers.
  static let powers = "x * x; or compounded(rate, n), what a yearly rate comes to over n years"

  static func isSignElsewhere(_ written: String) -> Bool { signs[written] != nil }

  /// A sign that the language does not have.
  func reportSign(_ written: String, at place: Span) {
    if written == "^" {
      return findings.add(.unexpectedCharacter, "`^` has no meaning here", at: place, fix: Lexer.powers)
    }
    guard let meant = Lexer.signs[written] else {
      return findings.add(.unexpectedCharacter, "`\(written)` has no meaning here", at: place)
    }
    if written == "||" {
      // An or of programming languages, or an empty cell between the bars of a test's grid: a person has to say which.
      return findings.add(
        .unexpectedCharacter, "`||` has no meaning here", at: place, fix: "or; an empty cell of a grid is `| |`",
        repairs: [.replacing(place, with: meant), .replacing(place, with: "| |")])
    }
    if written == ":", isHole {
      return findings.add(
        .unexpectedCharacter, "`:` has no meaning here", at: place, fix: "| before a format",
        repairs: [.replacing(place, with: " | ")])
    }
    findings.add(
      .unexpectedCharacter, "`\(written)` has no meaning here", at: place, fix: meant.isEmpty ? "leave it out" : nil,
      repairs: [Repair(meant.isEmpty ? "leave it out" : meant, [Edit(place, meant)])])
  }

  /// `5 %`: the number went before.
  func reportLoosePercent(behind number: Span, at place: Span) {
    let digits = String(decoding: bytes[Int(number.start)..<Int(number.end)], as: UTF8.self)
    findings.add(
      .malformedUnit, "`%` stands directly behind its number", at: place,
      repairs: [Repair(digits + "%", [Edit(span(Int(number.end), Int(place.end)), "%")])])
  }

  /// `owner finance`, `runbook https://…`: all that follows on the line is the text, signs and all.
  mutating func takeUnquotedText(behind word: String, from start: Int) -> Bool {
    guard Lexer.textClauses.contains(word), isIndentedStart(start), index < end, bytes[index] == UInt8(ascii: " "),
      let first = bytes[index..<end].firstIndex(where: { $0 != UInt8(ascii: " ") })
    else { return false }
    let line = bytes[first..<end].prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    let isQuotedOrEmpty = line.contains(UInt8(ascii: "\"")) || line.isEmpty || line.first == UInt8(ascii: "#")
    // A grid may have a column of this name, and a name may be given a value.
    guard !isQuotedOrEmpty, line.first != UInt8(ascii: "|"), line.first != UInt8(ascii: "="),
      Screening.scalar(in: bytes, at: first).0.map({ !Lexer.isQuotationMark($0) }) ?? false
    else { return false }
    append(.word(word), from: start)
    let text = line.prefix(upTo: line.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? line.endIndex)
    index = text.endIndex
    let place = span(text.startIndex, text.endIndex)
    findings.add(
      .expectedSomethingElse, "the \(word) is a text and stands in quotation marks", at: place,
      repairs: [.replacing(place, with: "\"\(String(decoding: text, as: UTF8.self))\"")])
    append(.broken, from: text.startIndex)
    return true
  }

  private static let textClauses: Set<String> = ["owner", "runbook", "message", "detail"]

  private func isIndentedStart(_ start: Int) -> Bool {
    let margin = bytes[..<start].reversed().prefix { $0 != UInt8(ascii: "\n") }
    return !margin.isEmpty && margin.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }

  /// `GBP5m`: the space between a currency's code and its digits is missing.
  mutating func takeCrampedCurrency(_ word: String, from start: Int) -> Bool {
    let code = word.prefix(3)
    let amount = word.dropFirst(3)
    guard Lexer.commonCurrencies.contains(String(code)), amount.first?.isNumber == true,
      let digits = Optional(amount.drop(while: \.isNumber)), ["", "k", "m", "bn"].contains(digits)
    else { return false }
    if index < end, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ",") {
      index = bytes[index..<end].firstIndex { !isNumberByte($0) } ?? end
    }
    let behind = String(decoding: bytes[start + 3..<index], as: UTF8.self)
    findings.add(
      .malformedUnit, "a space stands between a currency's code and the amount", at: span(start, index),
      repairs: [.replacing(span(start, index), with: "\(code) \(behind)")])
    append(.broken, from: start)
    return true
  }

  /// A letter, a sign or a space from outside the language's alphabet.
  func reportForeign(_ scalar: Unicode.Scalar, at place: Span) {
    if scalar.properties.isAlphabetic {
      findings.add(
        .unexpectedCharacter,
        "`\(scalar)` cannot be part of a name: names are of the letters a to z, digits and `_`", at: place)
    } else if let meant = Lexer.typographic[scalar] {
      findings.add(
        .unexpectedCharacter, "`\(scalar)` has no meaning here", at: place,
        fix: meant == " " ? "a plain space" : nil, repairs: [.replacing(place, with: meant)])
    } else {
      findings.add(.unexpectedCharacter, "`\(scalar)` has no meaning here", at: place)
    }
  }

  /// A text between quotation marks that are not straight double ones: where it ends, if it ends on this line.
  func endOfForeignText(from start: Int) -> Int? {
    let (opening, length) = Screening.scalar(in: bytes, at: start)
    guard let opening, Lexer.quotationMarks.contains(opening) else { return nil }
    var position = start + length
    while position < end, bytes[position] != UInt8(ascii: "\n") {
      let (scalar, length) = Screening.scalar(in: bytes, at: position)
      if bytes[position] == UInt8(ascii: "\"") { return nil }
      position += length
      if let scalar, Lexer.quotationMarks.contains(scalar) { return position }
    }
    return nil
  }

  func reportForeignText(_ range: Range<Int>) {
    let opening = Screening.scalar(in: bytes, at: range.lowerBound).length
    // The closing mark is as many bytes as its last one belongs to.
    var closing = range.upperBound - 1
    while bytes[closing] & 0xC0 == 0x80 { closing -= 1 }
    let text = String(decoding: bytes[(range.lowerBound + opening)..<closing], as: UTF8.self)
    findings.add(
      .unexpectedCharacter, "a text stands between straight double quotation marks",
      at: span(range.lowerBound, range.upperBound),
      repairs: [.replacing(span(range.lowerBound, range.upperBound), with: "\"\(text)\"")])
  }

  static func isQuotationMark(_ scalar: Unicode.Scalar) -> Bool { quotationMarks.contains(scalar) }
}
