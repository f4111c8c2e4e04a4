// Periods as people write them: `2013-14 M8`, `2013-14 Q3`, `2013-14`; `2025 M8`, `2025 Q3`, `2025` where years start
// in January.

extension FinancialCalendar {
  /// `2013-14`, `1999-00`; `2025` where years start in January.
  package func label(ofYear year: Int) -> String {
    let start = Decimals.padded(year, to: 4)
    return followsCalendarYear ? start : start + "-" + Decimals.padded((year + 1) % 100, to: 2)
  }

  /// `2013-14 M8`; a quarter `2013-14 Q3`, a year `2013-14`. M0 and M13 always show themselves.
  package func label(_ period: Period, _ step: Step = .month) -> String {
    let year = label(ofYear: Int(period.year))
    guard period.isMonth, let quarter = period.quarter else { return "\(year) M\(period.month)" }
    switch step {
    case .month: return "\(year) M\(period.month)"
    case .quarter: return "\(year) Q\(quarter)"
    case .year: return year
    }
  }

  /// The year written `2013-14`: the second part is the next year's last two figures (or all four).
  /// nil where it isn't, and where years start in January.
  package func year(from first: Int, to second: Int) -> Int? {
    guard !followsCalendarYear, second == (first + 1) % 100 || second == first + 1 else { return nil }
    return first
  }

  /// Reads what `label` writes. A quarter gives its last month, a year its M12.
  package func parse(_ text: String) throws(ReadingProblem) -> (period: Period, step: Step) {
    let words = text.split(separator: " ")
    let expected = followsCalendarYear ? "a period such as 2025 M8 or 2025" : "a period such as 2013-14 M8 or 2013-14"
    guard let first = words.first, words.count <= 2 else {
      throw ReadingProblem(.notAPeriod, found: text, expected: expected)
    }
    let year = try parseYear(first, of: text, expected)
    guard words.count == 2 else { return (Period(year: year, month: 12), .year) }
    let number = words[1].utf8.dropFirst()
    if let month = Decimals.number(number, digits: 1...2) {
      switch words[1].utf8.first {
      case UInt8(ascii: "M") where month <= 13: return (Period(year: year, month: month), .month)
      case UInt8(ascii: "Q") where (1...4).contains(month): return (Period(year: year, month: month * 3), .quarter)
      default: break
      }
    }
    throw ReadingProblem(.notAPeriod, found: text, expected: expected)
  }

  private func parseYear(_ word: Substring, of text: String, _ expected: String) throws(ReadingProblem) -> Int {
    let parts = word.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = Decimals.number(parts[0], digits: 4...4) else {
      throw ReadingProblem(.notAPeriod, found: text, expected: expected)
    }
    guard followsCalendarYear || parts.count == 2 else {
      throw ReadingProblem(.notAPeriod, found: text, expected: "the year \(label(ofYear: first)), or a period in it")
    }
    if followsCalendarYear && parts.count == 1 { return first }
    guard let second = Decimals.number(parts[1], digits: 2...4), let year = year(from: first, to: second) else {
      throw ReadingProblem(
        followsCalendarYear ? .notAPeriod : .yearsDoNotFollow, found: text,
        expected: followsCalendarYear ? expected : "\(label(ofYear: first)): the second part is the next year")
    }
    return year
  }
}
