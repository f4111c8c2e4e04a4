/// Why a field of a drop (or a period in a rule) could not be read, in the words of the person who has to put it right.
package struct ReadingProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: String, Error, Hashable, Sendable, CaseIterable {
    case empty, hashes, looksLikeADate, notANumber, tooManyDecimals, misplacedSeparator, outOfRange, exponent
    case twoSigns, otherCurrency, percentage
    case notADate, noSuchDay, notAPeriod, yearsDoNotFollow
  }

  package var kind: Kind
  /// What stood there, cut to a readable length.
  package var found: String
  /// The form that was expected, with an example: `an amount such as 1,234.50`.
  package var expected: String

  package init(_ kind: Kind, found: String, expected: String) {
    self.kind = kind
    self.found = found
    self.expected = expected
  }

  /// One sentence without the expected form: what is wrong with what was found.
  package var problem: String {
    switch kind {
    case .empty: "the field is empty"
    case .hashes: "“\(found)” is what a spreadsheet shows when a column is too narrow; the figure itself was not saved"
    case .looksLikeADate: "“\(found)” looks like a date"
    case .notANumber: "“\(found)” is not a number"
    case .tooManyDecimals: "“\(found)” has more decimals than can be kept exactly"
    case .misplacedSeparator: "“\(found)” has a separator that is not followed by exactly three digits"
    case .outOfRange: "“\(found)” is too large"
    case .exponent: "“\(found)” is in scientific notation, which may have lost digits"
    case .twoSigns: "“\(found)” says its sign twice"
    case .otherCurrency: "“\(found)” is in another currency"
    case .percentage: "“\(found)” is a percentage"
    case .notADate: "“\(found)” is not a date in the expected form"
    case .noSuchDay: "“\(found)” is not a day of the calendar"
    case .notAPeriod: "“\(found)” is not a period in the expected form"
    case .yearsDoNotFollow: "“\(found)” is not a financial year"
    }
  }

  package var description: String { "\(problem); expected \(expected)" }
}

extension ReadingProblem {
  /// Quotes bytes as text, at most 60 characters of them.
  init(_ kind: Kind, in field: Span<UInt8>, expected: String) {
    var bytes: [UInt8] = []
    for index in 0..<min(field.count, 240) { bytes.append(field[index]) }
    var text = String(decoding: bytes, as: UTF8.self)
    if text.count > 60 || field.count > 240 { text = text.prefix(60) + "…" }
    self.init(kind, found: text, expected: expected)
  }
}
