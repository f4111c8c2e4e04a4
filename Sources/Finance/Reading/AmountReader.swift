/// Reads the amounts of one column, strictly: what isn't plainly one number is a problem, never a zero.
///
/// Amounts have four decimals once their unit is applied. More that aren't zero are refused, unless they are the
/// noise of binary arithmetic (see `WrittenNumber.scaled`) or the column is declared to be rounded.
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

  /// `field` is UTF-8, without the quotes of its file. Fields that mean "no value" are the caller's matter: here an
  /// empty one is a problem.
  @inlinable package func read(_ field: Span<UInt8>) throws(ReadingProblem) -> Amount {
    try read(in: field, from: 0, to: field.count)
  }

  /// The same of a field within a chunk of a file, from `start` to before `end`. The faster of the two: the sixteen
  /// bytes that end with the field are taken at once.
  @inlinable package func read(
    in bytes: Span<UInt8>, from start: Int, to end: Int
  ) throws(ReadingProblem) -> Amount {
    precondition(0 <= start && start <= end && end <= bytes.count, "a field lies within its chunk")
    if let amount = plain(in: bytes, from: start, to: end) { return amount }
    if let amount = grouped(in: bytes, from: start, to: end) { return amount }
    return try careful(bytes.extracting(start..<end))
  }

  /// `-?digits[.digits]`, of up to sixteen characters: nearly every figure there is. nil for anything else.
  @inlinable func plain(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Amount? {
    guard start < end else { return nil }
    let isNegative = unsafe bytes[unchecked: start] == UInt8(ascii: "-")
    let first = isNegative ? start &+ 1 : start
    guard first < end && end &- first <= 16 else { return nil }
    var figures = Figures16(bytes, from: first, to: end)
    guard let decimals = figures.takeMark(decimalMark.byte), decimals <= places else { return nil }
    return amount(figures.value, decimals, isNegative)
  }

  /// `-?1,234,567[.89]`, of up to 19 characters: how most returns show their thousands. nil for anything else.
  @usableFromInline func grouped(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Amount? {
    guard decimalMark == .point, (5...19).contains(end - start) else { return nil }
    let isNegative = bytes[start] == UInt8(ascii: "-")
    var index = isNegative ? start + 1 : start
    var digits: UInt64 = 0
    var separators = 0
    var sinceSeparator = 0
    while index < end {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit <= 9 {
        digits = digits &* 10 &+ UInt64(digit)
        sinceSeparator += 1
      } else {
        guard bytes[index] == UInt8(ascii: ",") else { break }
        guard separators == 0 ? (1...3).contains(sinceSeparator) : sinceSeparator == 3 else { return nil }
        separators += 1
        sinceSeparator = 0
      }
      index += 1
    }
    guard separators > 0, sinceSeparator == 3 else { return nil }
    guard index < end else { return amount(digits, 0, isNegative) }
    let decimals = end - index - 1
    guard bytes[index] == UInt8(ascii: "."), decimals > 0, decimals <= places else { return nil }
    for index in index + 1..<end {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      digits = digits &* 10 &+ UInt64(digit)
    }
    return amount(digits, decimals, isNegative)
  }

  /// nil where it does not fit.
  @inlinable func amount(_ digits: UInt64, _ decimals: Int, _ isNegative: Bool) -> Amount? {
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
