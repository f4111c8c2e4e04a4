/// A layout that can't be one: what is wrong with the pattern a person wrote in the configuration.
package struct LayoutProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package var pattern: String
  package var reason: String
  package var description: String { "“\(pattern)” \(reason)" }
}

/// What dates and periods are read by: `dd/MM/yyyy`, `MMM-yy`, `MM YYYY-YY`. `Day.Layout` and `Period.Layout` say what
/// each makes of it.
///
/// | written | stands for |
/// |---|---|
/// | `d` `dd` | the day, one or two digits |
/// | `M` `MM` | the month, one or two digits; beside a financial year its number in that year, 0 to 13, also as `M8` |
/// | `MMM` `MMMM` | the month's English name, whole or three letters |
/// | `yyyy` | the year; `yy` is 1970 to 2069 |
/// | `yyyy-yy` | a financial year: `2013-14`, or `2013/14` for `yyyy/yy`; `yy-yy` is `13-14` |
/// | `Q` | the quarter, 1 to 4, also as `Q3` |
/// | `HH` `mm` `ss` | a time of day, read over |
/// | `serial` | a spreadsheet's day number: 41729 is 2014-03-31 |
///
/// `D` and `Y` mean `d` and `y`. Anything but letters stands for itself; a space also for a non-breaking one, and a
/// hyphen for any dash.
struct DatePattern: Hashable, Sendable {
  enum Token: Hashable, Sendable {
    case day, month, monthName, year, shortYear, quarter, timeOfDay, serial
    case literal(Unicode.Scalar)
    /// `first` and `second` digits of the two years.
    case financialYear(separator: Unicode.Scalar, first: Int, second: Int)

    var isNumber: Bool {
      switch self {
      case .literal, .monthName: false
      default: true
      }
    }
  }

  let pattern: String
  let tokens: [Token]

  init(_ pattern: String) throws(LayoutProblem) {
    self.pattern = pattern
    tokens = pattern == "serial" ? [.serial] : try DatePattern.tokens(of: pattern)
    for token in tokens where tokens.count(where: { $0 == token }) > 1 {
      switch token {
      case .literal, .timeOfDay: continue
      default: throw LayoutProblem(pattern: pattern, reason: "says one part of the date twice")
      }
    }
  }

  func has(_ token: Token) -> Bool { tokens.contains(token) }
  var hasMonth: Bool { has(.month) || has(.monthName) }
  var hasCalendarYear: Bool { has(.year) || has(.shortYear) }
  var hasFinancialYear: Bool {
    tokens.contains { if case .financialYear = $0 { true } else { false } }
  }
  var isWholeDate: Bool { has(.serial) || (has(.day) && hasMonth && hasCalendarYear) }

  private static func tokens(of pattern: String) throws(LayoutProblem) -> [Token] {
    var tokens: [Token] = []
    var rest = Array(pattern.unicodeScalars)[...]
    while let first = rest.first {
      let run = rest.prefix { $0 == first }.count
      rest.removeFirst(run)
      switch (first, run) {
      case ("d", 1...2), ("D", 1...2): tokens.append(.day)
      case ("M", 1...2): tokens.append(.month)
      case ("M", 3...4): tokens.append(.monthName)
      case ("y", 2), ("Y", 2), ("y", 4), ("Y", 4):
        let tail = rest.dropFirst().prefix { $0 == first }.count
        if let separator = rest.first, separator == "-" || separator == "/", tail == 2 || tail == run {
          tokens.append(.financialYear(separator: separator, first: run, second: tail))
          rest.removeFirst(1 + tail)
        } else {
          tokens.append(run == 4 ? .year : .shortYear)
        }
      case ("Q", 1): tokens.append(.quarter)
      case ("H", 1...2), ("m", 1...2), ("s", 1...2): tokens.append(.timeOfDay)
      case ("T", 1): tokens.append(.literal(first))
      default:
        guard !first.properties.isAlphabetic, NumberText.digit(first) == nil else {
          throw LayoutProblem(
            pattern: pattern,
            reason: "has “\(String(repeating: String(first), count: run))”, which is no part of a date: "
              + "use dd, MM, MMM, yyyy, yy, yyyy-yy, Q")
        }
        tokens += Array(repeating: .literal(first), count: run)
      }
    }
    return tokens
  }

  /// A date in this form: 31 March 2014, the end of 2013-14.
  var example: String {
    tokens.map { token in
      switch token {
      case .day: "31"
      case .month: hasFinancialYear ? "12" : "03"
      case .monthName: pattern.contains("MMMM") ? "March" : "Mar"
      case .year: "2014"
      case .shortYear: "14"
      case .quarter: "Q4"
      case .timeOfDay: "00"
      case .serial: "41729"
      case .literal(let scalar): String(scalar)
      case .financialYear(let separator, let first, let second):
        "\(first == 2 ? "13" : "2013")\(separator)\(second == 2 ? "14" : "2014")"
      }
    }.joined()
  }
}

// MARK: - Matching

extension DatePattern {
  struct Parts {
    var day: Int?
    var month: Int?
    var year: Int?
    var quarter: Int?
    var serial: Int?
    /// First and second part of `2013-14`.
    var financialYear: (first: Int, second: Int)?
  }

  /// What stands in the places of the pattern, or why the field does not fit it. Padding at the ends does not count.
  func match(_ field: Span<UInt8>, else kind: ReadingProblem.Kind) throws(ReadingProblem.Kind) -> Parts {
    guard field.count <= 160 else { throw kind }
    var bytes: [UInt8] = []
    for index in 0..<field.count { bytes.append(field[index]) }
    var rest = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
    while let first = rest.first, NumberText.isPadding(first) { rest.removeFirst() }
    while let last = rest.last, NumberText.isPadding(last) { rest.removeLast() }
    if rest.isEmpty { throw .empty }
    if rest.allSatisfy({ $0 == "#" }) { throw .hashes }
    var parts = Parts()
    for (index, token) in tokens.enumerated() {
      // Without anything between two numbers (yyyyMMdd) both have all their digits.
      let touches = index > 0 && tokens[index - 1].isNumber || index + 1 < tokens.count && tokens[index + 1].isNumber
      guard take(token, digits: touches ? 2...2 : 1...2, from: &rest, into: &parts) else { throw kind }
    }
    guard rest.isEmpty else { throw kind }
    return parts
  }

  private func take(
    _ token: Token, digits: ClosedRange<Int>, from rest: inout ArraySlice<Unicode.Scalar>, into parts: inout Parts
  ) -> Bool {
    switch token {
    case .day:
      parts.day = DatePattern.takeNumber(digits, from: &rest)
      return parts.day != nil
    case .month:
      if hasFinancialYear, let first = rest.first, first == "M" || first == "m" { rest.removeFirst() }
      parts.month = DatePattern.takeNumber(digits, from: &rest)
      return parts.month != nil
    case .monthName:
      let letters = rest.prefix { $0.properties.isAlphabetic }
      rest.removeFirst(letters.count)
      parts.month = Month.named(letters)
      return parts.month != nil
    case .year:
      parts.year = DatePattern.takeNumber(4...4, from: &rest)
      return parts.year != nil
    case .shortYear:
      parts.year = DatePattern.takeNumber(2...2, from: &rest).map(DatePattern.wholeYear)
      return parts.year != nil
    case .quarter:
      if let first = rest.first, first == "Q" || first == "q" { rest.removeFirst() }
      parts.quarter = DatePattern.takeNumber(1...1, from: &rest)
      return parts.quarter != nil
    case .timeOfDay:
      return DatePattern.takeNumber(digits, from: &rest) != nil
    case .serial:
      parts.serial = DatePattern.takeNumber(1...7, from: &rest)
      return parts.serial != nil
    case .literal(let scalar):
      return DatePattern.takeLiteral(scalar, from: &rest)
    case .financialYear(let separator, let digits, let length):
      guard let first = DatePattern.takeNumber(digits...digits, from: &rest),
        DatePattern.takeLiteral(separator, from: &rest),
        let second = DatePattern.takeNumber(length...length, from: &rest)
      else { return false }
      parts.financialYear = (digits == 2 ? DatePattern.wholeYear(first) : first, second)
      return true
    }
  }

  private static func wholeYear(_ short: Int) -> Int { short < 70 ? 2000 + short : 1900 + short }

  private static func takeNumber(_ length: ClosedRange<Int>, from rest: inout ArraySlice<Unicode.Scalar>) -> Int? {
    let digits = rest.prefix(length.upperBound).prefix { NumberText.digit($0) != nil }
    guard digits.count >= length.lowerBound else { return nil }
    rest.removeFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int(NumberText.digit($1) ?? 0) }
  }

  private static func takeLiteral(_ scalar: Unicode.Scalar, from rest: inout ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = rest.first else { return false }
    let fits =
      first == scalar || (scalar == " " && NumberText.isPadding(first)) || (scalar == "-" && NumberText.isMinus(first))
    if fits { rest.removeFirst() }
    return fits
  }
}
