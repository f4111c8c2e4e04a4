import Diagnostics
import Finance

// Days, months and years as letters, spreadsheets and other countries write them. Each is reported once, with what it is
// here, and left as broken.

extension Lexer {
  /// Takes a day or a year of another notation that starts with the digit here; takes nothing where none does.
  mutating func takeForeignDate() -> Bool {
    let start = index
    guard let foreign = yearAndMonthInOne(at: start) ?? numericDate(at: start) ?? spokenDay(at: start) else {
      return false
    }
    index = foreign.end
    let place = span(start, foreign.end)
    findings.add(
      .malformedPeriod, foreign.message, at: place, fix: foreign.example,
      repairs: foreign.meant.map { .replacing(place, with: $0) })
    append(.broken, from: start)
    return true
  }

  /// Takes what stands behind the name of a month that makes it a month of some year: `Jun-24`, `June 2024`.
  mutating func takeForeignMonth(_ word: String, from start: Int) -> Bool {
    guard let month = Lexer.month(word), index < end else { return false }
    let separator = bytes[index]
    let digits = digits(at: index + 1)
    let isYear =
      switch separator {
      case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "'"): digits.count == 2 || digits.count == 4
      case UInt8(ascii: " "): digits.count == 4 && word.first?.isUppercase == true
      default: false
      }
    let behind = index + 1 + digits.count
    guard isYear, behind == end || !(isWordByte(bytes[behind]) || bytes[behind] == UInt8(ascii: "-")) else {
      return false
    }
    let year = digits.count == 2 ? 2000 + digits.value : digits.value
    guard (1900...2999).contains(year) else { return false }
    index = behind
    let april = FinancialCalendar(firstMonth: 4)
    let period = april.period(calendarYear: year, month: month)
    findings.add(
      .malformedPeriod, "a period is written as its year and the number of its month", at: span(start, index),
      "\(Words.months[month - 1]) \(year)",
      fix: "\(april.label(period)) where years start in April, \(year) M\(month) where they start in January")
    append(.broken, from: start)
    return true
  }

  private struct ForeignDate {
    var end: Int
    var message: String
    /// What it can be here; one alone is certain.
    var meant: [String]
    var example: String?
  }

  /// `2024-25M8`
  private func yearAndMonthInOne(at start: Int) -> ForeignDate? {
    let (year, next) = (digits(at: start), digits(at: start + 5))
    let letter = start + 7
    guard year.count == 4, letter < end, bytes[start + 4] == UInt8(ascii: "-"), next.count == 2,
      [UInt8(ascii: "M"), UInt8(ascii: "m")].contains(bytes[letter])
    else { return nil }
    let month = digits(at: letter + 1)
    let behind = letter + 1 + month.count
    guard (1...2).contains(month.count), month.value <= 13, behind == end || !isWordByte(bytes[behind]) else {
      return nil
    }
    let written = String(decoding: bytes[start..<letter], as: UTF8.self)
    return ForeignDate(
      end: behind, message: "a space stands between a year and its month", meant: ["\(written) M\(month.value)"])
  }

  /// `31/03/2025`, `31.03.2025`, `2025/03/31`, `2024/25`, `2024-2025`
  private func numericDate(at start: Int) -> ForeignDate? {
    let first = digits(at: start)
    guard [1, 2, 4].contains(first.count), start + first.count < end else { return nil }
    let separator = bytes[start + first.count]
    guard [UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-")].contains(separator) else { return nil }
    let second = digits(at: start + first.count + 1)
    let behindSecond = start + first.count + 1 + second.count
    guard second.count > 0 else { return nil }
    let hasThird = behindSecond < end && bytes[behindSecond] == separator
    let third = hasThird ? digits(at: behindSecond + 1) : (value: 0, count: 0)
    let behind = hasThird ? behindSecond + 1 + third.count : behindSecond
    guard behind == end || !(isWordByte(bytes[behind]) || bytes[behind] == separator) else { return nil }
    guard third.count > 0 else {
      guard !hasThird, first.count == 4, separator != UInt8(ascii: ".") else { return nil }
      let isNext =
        second.count == 4
        ? second.value == first.value + 1 : second.count == 2 && second.value == (first.value + 1) % 100
      // `2024-25` is how it is written.
      guard isNext, !(separator == UInt8(ascii: "-") && second.count == 2) else { return nil }
      return ForeignDate(
        end: behind, message: "a financial year is its first year, a hyphen and two digits of the next",
        meant: [FinancialCalendar(firstMonth: 4).label(ofYear: first.value)])
    }
    let days: [Day?]
    switch (first.count, second.count, third.count) {
    case (4, 1...2, 1...2):
      let isWritten = separator == UInt8(ascii: "-") && second.count == 2 && third.count == 2
      guard !isWritten else { return nil }
      days = [Day(year: first.value, month: second.value, day: third.value)]
    case (1...2, 1...2, 2), (1...2, 1...2, 4):
      let year = third.count == 2 ? 2000 + third.value : third.value
      days = [
        Day(year: year, month: second.value, day: first.value), Day(year: year, month: first.value, day: second.value),
      ]
    default: return nil
    }
    var meant: [String] = []
    for day in days.compactMap({ $0 }) where !meant.contains("\(day)") { meant.append("\(day)") }
    guard !meant.isEmpty || separator == UInt8(ascii: "/") else { return nil }
    return ForeignDate(
      end: behind,
      message: meant.isEmpty
        ? "there is no such day in the calendar" : "a date is written with its year first, then the month and the day",
      meant: meant, example: meant.isEmpty ? "2025-03-31" : nil)
  }

  /// `31 March 2025`, `31-Mar-25`, `31st March 2025`
  private func spokenDay(at start: Int) -> ForeignDate? {
    let day = digits(at: start)
    guard (1...2).contains(day.count) else { return nil }
    var position = start + day.count
    let ordinal = String(decoding: bytes[position..<endOfWord(from: position)], as: UTF8.self)
    if ["st", "nd", "rd", "th"].contains(ordinal) { position += 2 }
    func passOverSeparator() -> Bool {
      let isSeparated = position < end && [UInt8(ascii: " "), UInt8(ascii: "-")].contains(bytes[position])
      if isSeparated { position += 1 }
      return isSeparated
    }
    guard passOverSeparator() else { return nil }
    let behindWord = endOfWord(from: position)
    guard let month = Lexer.month(String(decoding: bytes[position..<behindWord], as: UTF8.self)) else { return nil }
    position = behindWord
    guard passOverSeparator() else { return nil }
    let year = digits(at: position)
    position += year.count
    guard year.count == 2 || year.count == 4, position == end || !isWordByte(bytes[position]),
      let meant = Day(year: year.count == 2 ? 2000 + year.value : year.value, month: month, day: day.value)
    else { return nil }
    return ForeignDate(
      end: position, message: "a date is written with its year first, then the month and the day", meant: ["\(meant)"])
  }

  /// 1 to 12, for a month's name or its first three letters or more.
  private static func month(_ word: String) -> Int? {
    guard word.utf8.count >= 3, word.utf8.count <= 9 else { return nil }
    let folded = word.lowercased()
    return Words.months.firstIndex { $0.lowercased().hasPrefix(folded) }.map { $0 + 1 }
  }

  /// The digits that stand here, at most four of them as a number.
  func digits(at start: Int) -> (value: Int, count: Int) {
    guard start < end else { return (0, 0) }
    let run = bytes[start..<end].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return (run.prefix(4).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }, run.count)
  }
}
