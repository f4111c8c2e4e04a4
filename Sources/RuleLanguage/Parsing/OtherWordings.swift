import Diagnostics

// What people say in their own words, or in those of another language, and how it is written here.

extension Parser {
  // MARK: Measures

  /// What people call the four bases, in small letters; of one that may be either, both.
  private static let basesElsewhere: [String: [Basis]] = [
    "ytd": [.yearToDate], "cumulative": [.yearToDate], "to date": [.yearToDate], "year to the date": [.yearToDate],
    "year-to-date": [.yearToDate], "the year to date": [.yearToDate],
    "monthly": [.inPeriod], "in the period": [.inPeriod], "in a period": [.inPeriod], "in each period": [.inPeriod],
    "in the month": [.inPeriod], "in a month": [.inPeriod], "in month": [.inPeriod], "in each month": [.inPeriod],
    "for the period": [.inPeriod], "for the month": [.inPeriod], "per period": [.inPeriod], "per month": [.inPeriod],
    "annual": [.fullYear], "yearly": [.fullYear], "the full year": [.fullYear], "for the full year": [.fullYear],
    "full-year": [.fullYear], "whole year": [.fullYear], "per year": [.fullYear],
    "in the year": [.fullYear, .yearToDate], "in year": [.fullYear, .yearToDate],
    "for the year": [.fullYear, .yearToDate],
    "stock": [.atPeriodEnd], "balance": [.atPeriodEnd], "closing": [.atPeriodEnd],
    "at the period end": [.atPeriodEnd], "at the end of the period": [.atPeriodEnd], "at month end": [.atPeriodEnd],
    "at the month end": [.atPeriodEnd], "at year end": [.atPeriodEnd], "at end of period": [.atPeriodEnd],
    "at the end of the month": [.atPeriodEnd], "period end": [.atPeriodEnd], "month end": [.atPeriodEnd],
  ]

  /// `in the period`, `monthly`: the longest of such words from here on. Nil where none stand here.
  func basisInOtherWords() -> Reported? {
    var words: [String] = []
    var found: (words: String, meant: [Basis], end: Int32)?
    var ahead = 0
    while words.count < 6, let token = token(ahead: ahead) {
      guard case .word(let word) = token.kind else {
        guard token.isSymbol(.minus), !token.spaceBefore, !token.spaceAfter, !words.isEmpty,
          case .word(let next)? = self.token(ahead: ahead + 1)?.kind
        else { break }
        words[words.count - 1] += "-" + next.lowercased()
        ahead += 1
        if let meant = Parser.basesElsewhere[words.joined(separator: " ")] {
          found = (words.joined(separator: " "), meant, self.token(ahead: ahead)?.span.end ?? token.span.end)
        }
        ahead += 1
        continue
      }
      words.append(word.lowercased())
      let written = words.joined(separator: " ")
      if let meant = Parser.basesElsewhere[written] { found = (written, meant, token.span.end) }
      ahead += 1
    }
    guard let found else { return nil }
    let span = Span(text: text, start: here.start, end: found.end)
    return report(
      .unknownWord, "a measure's declaration does not know `\(found.words)`", at: span,
      repairs: found.meant.map { .replacing(span, with: $0.rawValue, isCertain: found.meant.count == 1) })
  }

  /// What people call the types of measures, in small letters.
  private static let typesElsewhere: [String: ValueType] = [
    "pounds": .money, "amount": .money, "currency": .money, "gbp": .money, "eur": .money, "usd": .money, "cash": .money,
    "integer": .count, "int": .count, "headcount": .count, "volume": .count,
    "percent": .ratio, "percentage": .ratio, "rate": .ratio, "share": .ratio, "pct": .ratio,
    "decimal": .number, "float": .number, "numeric": .number, "price": .unitPrice, "unit_price": .unitPrice,
  ]

  static func typeElsewhere(_ word: String) -> ValueType? { typesElsewhere[word.lowercased()] }

  // MARK: Expressions

  private static let earlierElsewhere = [
    "last month": "previous", "last period": "previous", "previous month": "previous", "previous period": "previous",
    "prior month": "previous", "prior period": "previous", "last quarter": "previous",
    "last year": "last_year", "previous year": "last_year", "prior year": "last_year",
  ]

  /// `last month(x)`: a function whose name is said in two words.
  func functionInTwoWords() -> Reported? {
    guard case .word(let first) = current?.kind, let next = token(ahead: 1), next.indent == nil,
      case .word(let second) = next.kind, let meant = Parser.earlierElsewhere["\(first) \(second)".lowercased()]
    else { return nil }
    let span = Span(text: text, start: here.start, end: next.span.end)
    let isCalled = token(ahead: 2)?.isSymbol(.open) == true
    return report(
      .unknownFunction, "there is no function `\(first) \(second)`", at: span,
      fix: isCalled ? nil : "\(meant)(…)", repairs: isCalled ? [.replacing(span, with: meant)] : [])
  }

  private static let partsOfText = [
    "like", "contains", "contain", "matches", "match", "starts", "ends", "begins", "ilike",
  ]

  /// `kind like "P%"`: texts are compared whole.
  func comparisonOfTextParts() -> Reported? {
    let first = isAt("not") ? 1 : 0
    guard let token = token(ahead: first), token.indent == nil, case .word(let word) = token.kind,
      Parser.partsOfText.contains(word.lowercased())
    else { return nil }
    let span = Span(text: text, start: here.start, end: token.span.end)
    let message = "texts are compared whole: there is no `\(word)`"
    // What has no wildcard may have been meant as the whole.
    guard case .text(let parts)? = self.token(ahead: first + 1)?.kind, case .text(let written)? = parts.first,
      !written.contains(where: { "%*_?".contains($0) }), ["like", "ilike"].contains(word.lowercased())
    else { return report(.unknownWord, message, at: span, fix: "is \"…\", or in (\"…\", \"…\") with each of them") }
    return report(
      .unknownWord, message, at: span,
      repairs: [.replacing(span, with: first == 0 ? "is" : "is not", isCertain: false)])
  }
}
