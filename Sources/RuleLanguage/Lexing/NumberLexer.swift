import Diagnostics
import Finance

// Numbers with their units, years and dates.

extension Lexer {
  mutating func lexCurrencySymbol(_ symbol: String, length: Int) {
    let start = index
    var next = start + length
    let isNegative = next < end && bytes[next] == UInt8(ascii: "-") && isDigit(at: next + 1)
    while next < end, bytes[next] == UInt8(ascii: " ") { next += 1 }
    guard isDigit(at: next), next == start + length else {
      index = start + length
      if isDigit(at: next) { index = bytes[next..<end].firstIndex { !isNumberByte($0) } ?? end }
      let last = bytes[next..<end].firstIndex { !isNumberByte($0) } ?? end
      let digits = isDigit(at: next) ? String(decoding: bytes[next..<last], as: UTF8.self) : nil
      if isNegative {
        index = bytes[(next + 1)..<end].firstIndex { !isNumberByte($0) } ?? end
        let amount = "-" + symbol + String(decoding: bytes[(next + 1)..<index], as: UTF8.self)
        findings.add(
          .malformedUnit, "the minus of an amount stands first", at: span(start, index),
          repairs: [.replacing(span(start, index), with: amount)])
      } else if isBehindMeasureName {
        index = endOfWord(from: index)
        findings.add(
          .unknownWord, "`\(written(from: start))` is not a measure's type", at: span(start, index),
          repairs: [.replacing(span(start, index), with: ValueType.money.rawValue)])
      } else if digits == nil, isBehindBar {
        findings.add(
          .malformedUnit, "money is shown with its currency as it is", at: span(start, index),
          fix: "leave the format out, or m, k, 2dp")
      } else {
        findings.add(
          .malformedUnit, "an amount of money is written with its symbol before the digits", at: span(start, index),
          fix: digits == nil ? "\(symbol)5m, \(symbol)106,000" : nil,
          repairs: digits.map { [.replacing(span(start, index), with: symbol + $0)] } ?? [])
      }
      return append(.broken, from: start)
    }
    index = next
    lexNumber(from: start, currency: symbol)
  }

  /// A number with what stands directly behind it, or a year, or a date. `start` is where the token starts: at its
  /// currency, or at the first digit.
  mutating func lexNumber(from start: Int, currency: String?) {
    let firstDigit = index
    if currency == nil {
      if takeForeignDate() { return }
      if let kind = yearOrDate() { return append(kind, from: start) }
    }
    if takeForeignGrouping(currency: currency, from: start) { return }
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
        let digits = String(decoding: bytes[start..<suffix - unit.utf8.count], as: UTF8.self)
        let known = Lexer.sizesElsewhere[unit.lowercased()]
        findings.add(
          .malformedUnit, "`\(unit)` is not a size of money: k is a thousand, m a million, bn a thousand million",
          at: span(suffix - unit.utf8.count, suffix),
          repairs: known.map { known in
            [Repair(digits + known, [Edit(span(suffix - unit.utf8.count, suffix), known)])]
          } ?? decimalsBehind(unit, of: digits, from: start, to: suffix))
        return append(.broken, from: start)
      }
      if unit.isEmpty, takeLooseSize(behind: start) { return }
      return append(money(number, power: power, currency: currency, from: start), from: start)
    }
    if index < end, bytes[index] == UInt8(ascii: "%") {
      index += 1
      return append(.percent(number), from: start)
    }
    let suffix = endOfWord(from: index)
    let unit = String(decoding: bytes[index..<suffix], as: UTF8.self)
    let digits = String(decoding: bytes[firstDigit..<index], as: UTF8.self)
    if takeCurrencyBehind(digits, unit, from: start) || (unit.isEmpty && takeLooseUnit(behind: digits, from: start)) {
      return
    }
    if unit.isEmpty { return append(.number(number), from: start) }
    index = suffix
    if unit == "pp" { return append(.points(number), from: start) }
    if unit == "dp", let places = number.whole { return append(.decimalPlaces(places), from: start) }
    let isMoney = ["k", "m", "bn"].contains(unit)
    let meant = Lexer.unitsElsewhere[unit.lowercased()]
    findings.add(
      .malformedUnit,
      isMoney ? "`\(unit)` is a size of money, and the number has no currency" : "`\(unit)` is not a unit",
      at: span(start, index), fix: isMoney || meant != nil ? nil : "\(digits) \(unit), or %, or pp",
      // Which currency is not known here.
      repairs: isMoney
        ? [.replacing(span(start, index), with: "£\(digits)\(unit)", isCertain: false)]
        : meant.map { [.replacing(span(start, index), with: digits + $0)] } ?? [])
    append(.broken, from: start)
  }

  private func money(_ number: DecimalNumber, power: Int, currency: String, from start: Int) -> Token.Kind {
    var decimals = number.decimals - power
    var digits = number.digits
    while decimals < 0 {
      let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
      if overflow { return tooLarge(from: start) }
      digits = product
      decimals += 1
    }
    let value = DecimalNumber(digits: digits, decimals: decimals)
    guard value.decimals <= 4 else {
      findings.add(.malformedNumber, "an amount of money has at most four decimals", at: span(start, index))
      return .broken
    }
    guard (try? Amount(rounding: Quotient(value))) != nil else { return tooLarge(from: start) }
    return .money(value, currency: currency)
  }

  private func tooLarge(from start: Int) -> Token.Kind {
    findings.add(.malformedNumber, "the amount is larger than can be held", at: span(start, index))
    return .broken
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
        fix: "1,200 or 1200; decimals stand behind a point", repairs: decimalComma(start..<index))
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
    let run = bytes[index..<end].prefix {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
    }
    let parts = run.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count > 1, parts[0].count == 4, !parts[1].isEmpty,
      run.endIndex == end || !isWordByte(bytes[run.endIndex])
    else { return nil }
    let start = index
    index = run.endIndex
    let numbers = parts.map { Int(String(decoding: $0, as: UTF8.self)) ?? -1 }
    let year = numbers[0]
    let next = (year + 1) % 100
    if parts.count == 2, parts[1].count == 2, numbers[1] == next { return .year(year) }
    if parts.count == 3, parts[1].count == 2, parts[2].count == 2,
      let day = Day(year: year, month: numbers[1], day: numbers[2])
    {
      return .date(day)
    }
    if parts.count == 2, parts[1].count == 2, (1...12).contains(numbers[1]) {
      reportCalendarMonth(year, numbers[1], at: span(start, index))
    } else if parts.count == 2 {
      let april = FinancialCalendar(firstMonth: 4)
      var meant = [april.label(ofYear: year)]
      // Either of the two parts may be the one that is wrong.
      if parts[1].count == 2, numbers[1] > 0 { meant.append(april.label(ofYear: year - year % 100 + numbers[1] - 1)) }
      findings.add(
        .malformedPeriod, "the second part of a financial year is the year after the first", at: span(start, index),
        repairs: meant.map { .replacing(span(start, index), with: $0) })
    } else {
      findings.add(
        .malformedPeriod, "there is no such day in the calendar", at: span(start, index), fix: "2014-03-31")
    }
    return .broken
  }
}
