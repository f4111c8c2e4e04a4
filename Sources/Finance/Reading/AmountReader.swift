/// Reads the amounts of one column, strictly: what isn't plainly one number is a problem, never a zero.
///
/// Amounts have four decimals once their unit is applied. More that aren't zero are refused, unless they are the noise of
/// binary arithmetic (see `WrittenNumber.scaled`) or the column is declared to be rounded.
package struct AmountReader: Sendable {
  package let unit: AmountUnit
  package let decimalMark: DecimalMark
  /// Further decimals are rounded, half to even, in place of being refused.
  package let rounds: Bool

  /// The decimals that a figure may have before its unit: 4 for £, 7 for £000.
  @usableFromInline let places: Int
  /// What to multiply the digits by, for so many decimals.
  @usableFromInline let factors: InlineArray<16, UInt64>

  package init(unit: AmountUnit = .one, decimalMark: DecimalMark = .point, rounds: Bool = false) {
    self.unit = unit
    self.decimalMark = decimalMark
    self.rounds = rounds
    let places = 4 + unit.exponent
    self.places = places
    factors = InlineArray { decimals in
      (0..<max(0, places - decimals)).reduce(UInt64(1)) { product, _ in product * 10 }
    }
  }

  /// `field` is UTF-8, without the quotes of its file. Fields that mean "no value" are the caller's matter: here an empty
  /// one is a problem.
  @inlinable package func read(_ field: Span<UInt8>) throws(ReadingProblem) -> Amount {
    if let amount = plain(field) { return amount }
    return try careful(field)
  }

  /// `-?digits[.digits]`, of up to 18 characters: nearly every figure there is. nil for anything else.
  @inlinable func plain(_ field: Span<UInt8>) -> Amount? {
    let count = field.count
    guard count > 0 && count <= 18 else { return nil }
    let isNegative = unsafe field[unchecked: 0] == UInt8(ascii: "-")
    var index = isNegative ? 1 : 0
    let first = index
    var digits: UInt64 = 0
    while index < count {
      let digit = unsafe field[unchecked: index] &- UInt8(ascii: "0")
      if digit > 9 { break }
      digits = digits &* 10 &+ UInt64(digit)
      index &+= 1
    }
    guard index > first else { return nil }
    var decimals = 0
    if index < count {
      guard unsafe field[unchecked: index] == decimalMark.byte else { return nil }
      index &+= 1
      decimals = count &- index
      guard decimals > 0 && decimals <= places else { return nil }
      while index < count {
        let digit = unsafe field[unchecked: index] &- UInt8(ascii: "0")
        if digit > 9 { return nil }
        digits = digits &* 10 &+ UInt64(digit)
        index &+= 1
      }
    }
    let (magnitude, overflow) = digits.multipliedReportingOverflow(by: factors[decimals])
    guard !overflow, magnitude <= UInt64(Int64.max) else { return nil }
    let value = Int64(bitPattern: magnitude)
    return Amount(tenThousandths: isNegative ? 0 &- value : value)
  }

  @usableFromInline func careful(_ field: Span<UInt8>) throws(ReadingProblem) -> Amount {
    do throws(ReadingProblem.Kind) {
      let number = try NumberText.parse(field, decimalMark: decimalMark, currency: unit.currency)
      if number.isPercent && !unit.isPercent { throw .percentage }
      return Amount(tenThousandths: try number.scaled(places: places, rounding: rounds))
    } catch {
      throw ReadingProblem(error, in: field, expected: expected)
    }
  }

  private var expected: String {
    let example = decimalMark == .point ? "1,234.50" : "1.234,50"
    let scale = unit == .one ? "" : " in \(unit.name)"
    return "an amount\(scale) such as \(example) or -\(example), with at most \(places) decimals"
  }
}
