import Diagnostics
import Finance

/// The smallest piece of a rule file that means something.
struct Token {
  enum Kind: Equatable {
    /// A keyword, a name, a currency code, the name of a month: the grammar knows which.
    case word(String)
    case number(DecimalNumber)
    case percent(DecimalNumber)
    case points(DecimalNumber)
    /// With the symbol or code as written.
    case money(DecimalNumber, currency: String)
    /// M0 to M13.
    case month(Int)
    /// The calendar year in which `2013-14` starts.
    case year(Int)
    case date(Day)
    /// `3dp`
    case decimalPlaces(Int64)
    case text([TextPart])
    case symbol(Symbol)
    /// Something that has been reported already: no second finding is made about it.
    case broken
  }

  enum Symbol: String, CaseIterable {
    case open = "(", close = ")", openBracket = "[", closeBracket = "]"
    case dot = ".", comma = ",", bar = "|"
    case plus = "+", minus = "-", times = "*", over = "/"
    case less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">=", equal = "=", notEqual = "!="
  }

  var kind: Kind
  var span: Span
  /// How far its line is indented, if it is the first on its line.
  var indent: Int?
  var spaceBefore: Bool
  var spaceAfter: Bool

  func isWord(_ word: String) -> Bool { kind == .word(word) }
  func isSymbol(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }

  /// Something that can only be meant as a year: `2013-14`, or a number where the grammar has no other use for one.
  var isYear: Bool {
    switch kind {
    case .year, .number: true
    default: false
    }
  }
}

/// What stands between two quotation marks: text, and the holes of a message by where they stand in the file.
enum TextPart: Equatable {
  case text(String)
  case hole(Range<Int>)
}

/// A number as written, exact: `digits` ÷ 10^`decimals`, without trailing zeros after the point.
package struct DecimalNumber: Hashable, Sendable {
  package private(set) var digits: Int64
  package private(set) var decimals: Int

  init(digits: Int64, decimals: Int) {
    self.digits = digits
    self.decimals = decimals
    while self.decimals > 0, self.digits % 10 == 0 {
      self.digits /= 10
      self.decimals -= 1
    }
  }

  var negated: DecimalNumber { DecimalNumber(digits: -digits, decimals: decimals) }

  /// The number, if it is whole.
  var whole: Int64? { decimals == 0 ? digits : nil }
}

extension Quotient {
  /// The number × 10^`power`, exact: a percentage is written in hundredths.
  init(_ number: DecimalNumber, power: Int = 0) {
    let places = number.decimals - power
    let scale = (0..<abs(places)).reduce(into: Int128(1)) { scale, _ in scale *= 10 }
    self =
      places < 0
      ? Quotient(numerator: Int128(number.digits) * scale, denominator: 1)
      : Quotient(numerator: Int128(number.digits), denominator: scale)
  }
}
