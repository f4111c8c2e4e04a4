import Diagnostics
import Finance

// Amounts and percentages as spreadsheets and other countries write them. Each is reported once, with what it is here,
// and left as broken.

extension Lexer {
  /// Sizes of money that are not `k`, `m` or `bn`, in small letters.
  static let sizesElsewhere = [
    "k": "k", "m": "m", "bn": "bn", "mn": "m", "mill": "m", "mil": "m", "mm": "m", "million": "m", "millions": "m",
    "thousand": "k", "thousands": "k", "b": "bn", "bln": "bn", "billion": "bn", "billions": "bn",
  ]

  /// Units of plain numbers that are not `%` or `pp`, in small letters.
  static let unitsElsewhere = ["pct": "%", "percent": "%", "pc": "%", "ppt": "pp", "pps": "pp", "ppts": "pp"]

  /// `£185.000,00`, `£1.000.000`: groups behind points, decimals behind a comma.
  mutating func takeForeignGrouping(currency: String?, from start: Int) -> Bool {
    let first = index
    var position = first + digits(at: first).count
    var groups = [bytes[first..<position]]
    while position < end, bytes[position] == UInt8(ascii: "."), digits(at: position + 1).count == 3 {
      groups.append(bytes[position + 1..<position + 4])
      position += 4
    }
    guard groups.count > 1, groups[0].count <= 3 else { return false }
    var decimals = 0
    // Among arguments a comma is one between two of them.
    if position < end, bytes[position] == UInt8(ascii: ","), currency != nil || !(argumentLists.last ?? false) {
      decimals = digits(at: position + 1).count
    }
    guard groups.count > 2 || decimals > 0 else { return false }
    let fraction = decimals > 0 ? "." + String(decoding: bytes[position + 1...position + decimals], as: UTF8.self) : ""
    if decimals > 0 { position += 1 + decimals }
    index = position
    let symbol = String(decoding: bytes[start..<first], as: UTF8.self)
    let grouped = groups.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ",")
    findings.add(
      .malformedNumber, "a comma groups three digits, and decimals stand behind a point", at: span(start, index),
      // `1.000,000` may be either.
      repairs: [
        .replacing(span(start, index), with: symbol + grouped + fraction, isCertain: groups.count > 2 || decimals != 3)
      ])
    index = endOfUnit(from: index)
    append(.broken, from: start)
    return true
  }

  /// `1,5`: its comma may have been meant as the point before the decimals.
  func decimalComma(_ number: Range<Int>) -> [Repair] {
    let parts = bytes[number].split(separator: UInt8(ascii: ","))
    guard parts.count == 2, parts[1].count <= 2 else { return [] }
    let written = parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
    return [.replacing(span(number.lowerBound, number.upperBound), with: written, isCertain: false)]
  }

  /// `£1m5`: what stands behind the size may be its decimals.
  func decimalsBehind(_ unit: String, of digits: String, from start: Int, to end: Int) -> [Repair] {
    guard let size = unit.first, ["k", "m"].contains(size), unit.dropFirst().allSatisfy(\.isNumber),
      !digits.contains(".")
    else { return [] }
    return [.replacing(span(start, end), with: "\(digits).\(unit.dropFirst())\(size)", isCertain: false)]
  }

  /// `£5 k`, `£5 million`: the size of an amount stands apart. In a table the next column may have such a name.
  mutating func takeLooseSize(behind start: Int) -> Bool {
    guard let (word, behind) = wordApart(), let size = Lexer.sizesElsewhere[word.lowercased()],
      !startsLiteral(at: behind)
    else { return false }
    let amount = String(decoding: bytes[start..<index], as: UTF8.self) + size
    index = behind
    findings.add(
      .malformedUnit, "the size of an amount stands directly behind its digits", at: span(start, index),
      repairs: [.replacing(span(start, index), with: amount)])
    append(.broken, from: start)
    return true
  }

  /// `5 per cent`, `2 pp`, `5 million`: a unit stands apart from its number.
  mutating func takeLooseUnit(behind digits: String, from start: Int) -> Bool {
    guard let (word, next) = wordApart() else { return false }
    var behind = next
    var unit = word == "pp" ? "pp" : Lexer.unitsElsewhere[word.lowercased()]
    if word == "per", bytes[behind..<end].starts(with: Array(" cent".utf8)), endOfWord(from: behind + 1) == behind + 5 {
      unit = "%"
      behind += 5
    }
    let size = word.count > 2 ? Lexer.sizesElsewhere[word.lowercased()] : nil
    guard unit != nil || size != nil, !startsLiteral(at: behind) else { return false }
    index = behind
    findings.add(
      .malformedUnit,
      unit == nil
        ? "`\(word)` is a size of money, and the number has no currency"
        : "a unit is `%` or `pp`, directly behind its number", at: span(start, index),
      // Which currency is not known here.
      repairs: [
        .replacing(
          span(start, index), with: unit.map { digits + $0 } ?? "£\(digits)\(size ?? "")", isCertain: unit != nil)
      ])
    append(.broken, from: start)
    return true
  }

  /// `1k£`, `500 GBP`: the currency stands behind.
  mutating func takeCurrencyBehind(_ digits: String, _ unit: String, from start: Int) -> Bool {
    let behindUnit = index + unit.utf8.count
    guard unit.isEmpty || ["k", "m", "bn"].contains(unit), behindUnit < end else { return false }
    let amount: String
    let behind: Int
    let (scalar, length) = Screening.scalar(in: bytes, at: behindUnit)
    if let scalar, scalar.properties.generalCategory == .currencySymbol {
      (amount, behind) = ("\(scalar)\(digits)\(unit)", behindUnit + length)
    } else {
      let before = index
      index = behindUnit
      defer { index = before }
      guard let (code, next) = wordApart(), Lexer.commonCurrencies.contains(code), !startsLiteral(at: next) else {
        return false
      }
      (amount, behind) = ("\(code) \(digits)\(unit)", next)
    }
    guard !isDigit(at: behind) else { return false }
    findings.add(
      .malformedUnit, "an amount of money is written with its currency before the digits", at: span(start, behind),
      repairs: [.replacing(span(start, behind), with: amount)])
    index = behind
    append(.broken, from: start)
    return true
  }

  /// Codes that are hardly a word or a name: any three capital letters are a currency before an amount.
  static let commonCurrencies: Set<String> = ["GBP", "EUR", "USD", "UAH", "CHF", "CAD", "AUD", "JPY", "PLN"]

  /// The word behind the spaces that follow, and where it ends.
  private func wordApart() -> (word: String, end: Int)? {
    guard index < end, bytes[index] == UInt8(ascii: " "),
      let first = bytes[index..<end].firstIndex(where: { $0 != UInt8(ascii: " ") }), !isDigit(at: first)
    else { return nil }
    let behind = endOfWord(from: first)
    return behind > first ? (String(decoding: bytes[first..<behind], as: UTF8.self), behind) : nil
  }

  /// Whether an amount, a number or a text follows: what went before is then a column's name.
  private func startsLiteral(at position: Int) -> Bool {
    guard let next = bytes[position..<end].firstIndex(where: { $0 != UInt8(ascii: " ") }) else { return false }
    return isDigit(at: next) || bytes[next] >= 0x80
      || [UInt8(ascii: "\""), UInt8(ascii: "-"), UInt8(ascii: "$")].contains(bytes[next])
  }

  private func endOfUnit(from start: Int) -> Int {
    let behind = endOfWord(from: start)
    return behind < end && bytes[behind] == UInt8(ascii: "%") ? behind + 1 : behind
  }

  /// `2024-06`
  func reportCalendarMonth(_ year: Int, _ month: Int, at place: Span) {
    let april = FinancialCalendar(firstMonth: 4)
    findings.add(
      .malformedPeriod, "a period is written as its year and the number of its month", at: place,
      fix: "\(april.label(april.period(calendarYear: year, month: month))) for \(Words.months[month - 1]) \(year), "
        + "where years start in April; or \(april.label(ofYear: year)), a year")
  }
}
