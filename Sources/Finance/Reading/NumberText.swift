/// The careful reading of a figure, in whatever dress finance systems and spreadsheets give it:
///
/// - padding of spaces, tabs and non-breaking spaces;
/// - `-5`, `5-`, `−5` (U+2212), `–5` (en dash), `(5)`, `5 CR` are negative; `+5`, `5 DR` are not;
/// - `£5`, `5 €`, `UAH 5`, `5%`;
/// - `1,234.50`, or `1.234,50` and `1 234,50` where the decimal mark is a comma.
struct NumberText {
  private var rest: ArraySlice<Unicode.Scalar>
  private var number = WrittenNumber()
  private var signs = 0
  private var openBracket = false
  private var closeBracket = false

  /// UTF-8; a longer field than any number is refused unread.
  static func parse(
    _ field: Span<UInt8>, decimalMark: DecimalMark, currency: Currency?
  ) throws(ReadingProblem.Kind) -> WrittenNumber {
    guard field.count <= 160 else { throw .notANumber }
    var bytes: [UInt8] = []
    for index in 0..<field.count { bytes.append(field[index]) }
    let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    var text = NumberText(rest: scalars[...])
    return try text.parse(decimalMark, declared: currency)
  }

  private init(rest: ArraySlice<Unicode.Scalar>) { self.rest = rest }

  private mutating func parse(
    _ mark: DecimalMark, declared: Currency?
  ) throws(ReadingProblem.Kind) -> WrittenNumber {
    trimPadding()
    guard !rest.isEmpty else { throw .empty }
    if rest.allSatisfy({ $0 == "#" }) { throw .hashes }
    let whole = rest
    while try takePrefix(declared) { trimPadding() }
    while try takeSuffix(declared) { trimPadding() }
    if openBracket != closeBracket { throw DateLook.isDate(whole) ? .looksLikeADate : .notANumber }
    if openBracket {
      number.isNegative = true
      signs += 1
    }
    do throws(ReadingProblem.Kind) {
      try takeDigits(mark)
    } catch {
      throw DateLook.isDate(whole) ? .looksLikeADate : error
    }
    if signs > 1 { throw .twoSigns }
    if let found = number.currency, let declared, found != declared { throw .otherCurrency }
    return number
  }

  private mutating func trimPadding() {
    while let first = rest.first, NumberText.isPadding(first) { rest.removeFirst() }
    while let last = rest.last, NumberText.isPadding(last) { rest.removeLast() }
  }

  private mutating func takePrefix(_ declared: Currency?) throws(ReadingProblem.Kind) -> Bool {
    guard let first = rest.first else { return false }
    if first == "+" || NumberText.isMinus(first) {
      noteSign(negative: first != "+")
    } else if first == "(" && !openBracket {
      openBracket = true
    } else if number.currency == nil, let currency = Currency(symbol: first) {
      number.currency = currency
    } else if number.currency == nil, let currency = NumberText.currency(rest.prefix(3), declared) {
      number.currency = currency
      rest.removeFirst(2)
    } else {
      return false
    }
    rest.removeFirst()
    return true
  }

  private mutating func takeSuffix(_ declared: Currency?) throws(ReadingProblem.Kind) -> Bool {
    guard let last = rest.last else { return false }
    if last == "+" || NumberText.isMinus(last) {
      noteSign(negative: last != "+")
    } else if last == ")" && !closeBracket {
      closeBracket = true
    } else if last == "%" && !number.isPercent {
      number.isPercent = true
    } else if number.currency == nil, let currency = Currency(symbol: last) {
      number.currency = currency
    } else if number.currency == nil, let currency = NumberText.currency(rest.suffix(3), declared) {
      number.currency = currency
      rest.removeLast(2)
    } else if let negative = NumberText.creditOrDebit(rest.suffix(2)) {
      noteSign(negative: negative)
      rest.removeLast()
    } else {
      return false
    }
    rest.removeLast()
    return true
  }

  private mutating func noteSign(negative: Bool) {
    signs += 1
    if negative { number.isNegative = true }
  }

  // MARK: Digits

  private mutating func takeDigits(_ mark: DecimalMark) throws(ReadingProblem.Kind) {
    var figures = 0
    /// Since the last separator; nil before the first.
    var group: Int?
    var isPastMark = false
    for (offset, scalar) in rest.enumerated() {
      if let digit = NumberText.digit(scalar) {
        let (shifted, tooBig) = number.digits.multipliedReportingOverflow(by: 10)
        let (sum, tooBigYet) = shifted.addingReportingOverflow(UInt128(digit))
        if tooBig || tooBigYet { throw isPastMark ? .tooManyDecimals : .outOfRange }
        number.digits = sum
        figures += 1
        if isPastMark { number.decimals += 1 } else { group? += 1 }
      } else if scalar == mark.decimal, !isPastMark {
        if let group, group != 3 { throw .misplacedSeparator }
        isPastMark = true
      } else if mark.separates(scalar) {
        // The first group has one to three digits, each later one exactly three, and none stands behind the mark.
        guard !isPastMark, group.map({ $0 == 3 }) ?? (1...3).contains(figures) else { throw .misplacedSeparator }
        group = 0
      } else if scalar == "e" || scalar == "E", figures > 0, isExponent(rest.dropFirst(offset + 1)) {
        throw .exponent
      } else {
        throw .notANumber
      }
    }
    if let group, !isPastMark, group != 3 { throw .misplacedSeparator }
    guard figures > 0 else { throw .notANumber }
  }

  private func isExponent(_ tail: ArraySlice<Unicode.Scalar>) -> Bool {
    let unsigned = tail.first == "+" || tail.first == "-" ? tail.dropFirst() : tail
    return !unsigned.isEmpty && unsigned.allSatisfy { NumberText.digit($0) != nil }
  }

  // MARK: Characters

  static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
    ("0"..."9").contains(scalar) ? UInt8(scalar.value - 48) : nil
  }

  /// Space, tab, and the non-breaking, figure, thin and narrow spaces.
  static func isPadding(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0x09, 0xA0, 0x2007, 0x2009, 0x202F: true
    default: false
    }
  }

  /// Hyphen-minus, hyphens, figure dash, en dash, minus sign.
  static func isMinus(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2D, 0x2010...0x2013, 0x2212: true
    default: false
    }
  }

  private static func currency(_ letters: ArraySlice<Unicode.Scalar>, _ declared: Currency?) -> Currency? {
    guard letters.allSatisfy({ ("A"..."Z").contains($0) }) else { return nil }
    var code = String.UnicodeScalarView()
    code.append(contentsOf: letters)
    guard let currency = Currency(code: String(code)), currency == declared || currency.symbol != nil
    else { return nil }
    return currency
  }

  /// True for `CR` (credit: negative), false for `DR`.
  private static func creditOrDebit(_ letters: ArraySlice<Unicode.Scalar>) -> Bool? {
    guard letters.count == 2, let first = letters.first, letters.last == "R" || letters.last == "r" else { return nil }
    switch first {
    case "C", "c": return true
    case "D", "d": return false
    default: return nil
    }
  }
}

/// What stands before the decimals of the figures in a file.
package enum DecimalMark: String, Hashable, Sendable, CaseIterable {
  /// `1,234.50`
  case point
  /// `1.234,50` or `1 234,50`
  case comma

  @inlinable var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }

  var decimal: Unicode.Scalar { self == .point ? "." : "," }

  func separates(_ scalar: Unicode.Scalar) -> Bool {
    self == .point ? scalar == "," : scalar == "." || scalar == "'" || NumberText.isPadding(scalar)
  }
}
