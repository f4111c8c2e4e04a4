// Combining two quotients gives one of twelve decimals, rounded once, half to even, from the exact result.

extension Quotient {
  @inlinable package func adding(_ other: Quotient) throws(OutOfRange) -> Quotient {
    if denominator == Quotient.combinedScale && other.denominator == Quotient.combinedScale {
      let (sum, overflow) = numerator.addingReportingOverflow(other.numerator)
      if overflow { throw OutOfRange() }
      return Quotient(numerator: sum, denominator: Quotient.combinedScale)
    }
    return try sum(with: other)
  }

  @inlinable package func subtracting(_ other: Quotient) throws(OutOfRange) -> Quotient {
    try adding(other.negated())
  }

  @inlinable package func negated() throws(OutOfRange) -> Quotient {
    let (result, overflow) = Int128.zero.subtractingReportingOverflow(numerator)
    if overflow { throw OutOfRange() }
    return Quotient(numerator: result, denominator: denominator)
  }

  @inlinable package func absolute() throws(OutOfRange) -> Quotient {
    numerator < 0 ? try negated() : self
  }

  /// Exact, and not rounded to twelve decimals. nil is a division by zero.
  @inlinable package func inverse() throws(OutOfRange) -> Quotient? {
    if numerator == 0 { return nil }
    if numerator > 0 { return Quotient(numerator: denominator, denominator: numerator) }
    let (bottom, overflow) = Int128.zero.subtractingReportingOverflow(numerator)
    if overflow { throw OutOfRange() }
    return Quotient(numerator: -denominator, denominator: bottom)
  }

  package func multiplied(by other: Quotient) throws(OutOfRange) -> Quotient {
    let (left, right) = (try narrow(), try other.narrow())
    let product = left.numerator.magnitude.multipliedFullWidth(by: right.numerator.magnitude)
    // Denominators have at most 64 bits here: what leaves 256 bits is far above the largest quotient.
    guard let scaled = Wide(high: product.high, low: product.low).multiplied(by: Quotient.combinedScale.magnitude)
    else { throw OutOfRange() }
    return try Quotient(
      combined: scaled, negative: (left.numerator < 0) != (right.numerator < 0),
      over: left.denominator.magnitude, and: right.denominator.magnitude)
  }

  /// nil is a division by zero.
  package func divided(by other: Quotient) throws(OutOfRange) -> Quotient? {
    let (left, right) = (try narrow(), try other.narrow())
    guard right.numerator != 0 else { return nil }
    let product = left.numerator.magnitude.multipliedFullWidth(by: right.denominator.magnitude)
    guard let scaled = Wide(high: product.high, low: product.low).multiplied(by: Quotient.combinedScale.magnitude)
    else { throw OutOfRange() }
    return try Quotient(
      combined: scaled, negative: (left.numerator < 0) != (right.numerator < 0),
      over: left.denominator.magnitude, and: right.numerator.magnitude)
  }

  /// The nearest value of twelve decimals, half to even.
  package func combined() throws(OutOfRange) -> Quotient {
    if denominator == Quotient.combinedScale { return self }
    guard let rounded = Rounding.nearest(numerator, times: Quotient.combinedScale, over: denominator.magnitude)
    else { throw OutOfRange() }
    return Quotient(numerator: rounded, denominator: Quotient.combinedScale)
  }

  /// To so many decimals (0 to 12), a half away from zero: the `rounded` of the rule language.
  package func rounded(decimals: Int) throws(OutOfRange) -> Quotient {
    let scale = Decimals.powerOfTen(min(max(decimals, 0), 12))
    guard let rounded = Rounding.nearest(numerator, times: scale, over: denominator.magnitude, ties: .awayFromZero)
    else { throw OutOfRange() }
    return Quotient(numerator: rounded, denominator: scale)
  }

  @usableFromInline func sum(with other: Quotient) throws(OutOfRange) -> Quotient {
    let (left, right) = (try narrow(), try other.narrow())
    let one = left.numerator.magnitude.multipliedFullWidth(by: right.denominator.magnitude)
    let two = right.numerator.magnitude.multipliedFullWidth(by: left.denominator.magnitude)
    let (a, b) = (Wide(high: one.high, low: one.low), Wide(high: two.high, low: two.low))
    let (aIsNegative, bIsNegative) = (left.numerator < 0, right.numerator < 0)
    let (total, negative) =
      aIsNegative == bIsNegative
      ? (a.adding(b), aIsNegative) : a < b ? (b.subtracting(a), bIsNegative) : (a.subtracting(b), aIsNegative)
    guard let scaled = total.multiplied(by: Quotient.combinedScale.magnitude) else { throw OutOfRange() }
    return try Quotient(
      combined: scaled, negative: negative, over: left.denominator.magnitude, and: right.denominator.magnitude)
  }

  /// The same value with a denominator of at most 64 bits, so that products stay within 256. Quotients of amounts,
  /// stored and combined ones have such; any other that can't be reduced is rounded to twelve decimals first.
  private func narrow() throws(OutOfRange) -> Quotient {
    if denominator <= Int128(UInt64.max) { return self }
    let divisor = Int128(Quotient.greatestCommonDivisor(numerator.magnitude, denominator.magnitude))
    if denominator / divisor <= Int128(UInt64.max) {
      return Quotient(numerator: numerator / divisor, denominator: denominator / divisor)
    }
    return try combined()
  }

  private init(combined scaled: Wide, negative: Bool, over first: UInt128, and second: UInt128) throws(OutOfRange) {
    guard let rounded = Rounding.nearest(scaled, negative: negative, over: first, and: second)
    else { throw OutOfRange() }
    self.init(numerator: rounded, denominator: Quotient.combinedScale)
  }
}
