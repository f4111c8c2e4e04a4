/// An exact quantity in ten-thousandths of its unit: of a pound for money, of one for counts and plain numbers.
///
/// Arithmetic is checked. What does not fit throws `OutOfRange`; nothing wraps and nothing is rounded unseen.
@frozen
package struct Amount: Hashable, Comparable, Sendable {
  /// How many of the smallest step make one unit.
  @inlinable package static var scale: Int64 { 10_000 }

  package var tenThousandths: Int64

  @inlinable package init(tenThousandths: Int64) { self.tenThousandths = tenThousandths }

  @inlinable package static var zero: Amount { Amount(tenThousandths: 0) }

  @inlinable package static func < (left: Amount, right: Amount) -> Bool {
    left.tenThousandths < right.tenThousandths
  }
}

// MARK: - Arithmetic

extension Amount {
  /// A whole number of units.
  @inlinable package init(units: Int64) throws(OutOfRange) {
    let (product, overflow) = units.multipliedReportingOverflow(by: Amount.scale)
    if overflow { throw OutOfRange() }
    self.init(tenThousandths: product)
  }

  /// The nearest ten-thousandth, half to even.
  package init(rounding quotient: Quotient) throws(OutOfRange) {
    self = try Amount(tenThousandths: Amount.scale).multiplied(by: quotient)
  }

  @inlinable package func addingReportingOverflow(_ other: Amount) -> (partialValue: Amount, overflow: Bool) {
    let (sum, overflow) = tenThousandths.addingReportingOverflow(other.tenThousandths)
    return (Amount(tenThousandths: sum), overflow)
  }

  @inlinable package func subtractingReportingOverflow(_ other: Amount) -> (partialValue: Amount, overflow: Bool) {
    let (difference, overflow) = tenThousandths.subtractingReportingOverflow(other.tenThousandths)
    return (Amount(tenThousandths: difference), overflow)
  }

  @inlinable package func adding(_ other: Amount) throws(OutOfRange) -> Amount {
    let (sum, overflow) = addingReportingOverflow(other)
    if overflow { throw OutOfRange() }
    return sum
  }

  @inlinable package func subtracting(_ other: Amount) throws(OutOfRange) -> Amount {
    let (difference, overflow) = subtractingReportingOverflow(other)
    if overflow { throw OutOfRange() }
    return difference
  }

  @inlinable package func negated() throws(OutOfRange) -> Amount {
    try Amount.zero.subtracting(self)
  }

  /// Without its sign. The lowest amount has no counterpart above zero.
  @inlinable package func absolute() throws(OutOfRange) -> Amount {
    tenThousandths < 0 ? try negated() : self
  }

  @inlinable package func multiplied(by factor: Int64) throws(OutOfRange) -> Amount {
    let (product, overflow) = tenThousandths.multipliedReportingOverflow(by: factor)
    if overflow { throw OutOfRange() }
    return Amount(tenThousandths: product)
  }

  /// To the nearest ten-thousandth, half to even.
  @inlinable package func multiplied(by factor: Quotient) throws(OutOfRange) -> Amount {
    let (product, overflow) = Int128(tenThousandths).multipliedReportingOverflow(by: factor.numerator)
    let rounded =
      overflow
      ? Rounding.nearest(Int128(tenThousandths), times: factor.numerator, over: factor.denominator.magnitude)
      : Rounding.halfEven(product, over: factor.denominator)
    guard let rounded, let result = Int64(exactly: rounded) else { throw OutOfRange() }
    return Amount(tenThousandths: result)
  }

  /// To the nearest ten-thousandth, half to even. nil is a division by zero: undefined, which is no fault of the range.
  @inlinable package func divided(by divisor: Quotient) throws(OutOfRange) -> Amount? {
    guard let inverse = try divisor.inverse() else { return nil }
    return try multiplied(by: inverse)
  }

  /// To so many decimals (0 to 4), a half away from zero: the `rounded` of the rule language.
  package func rounded(decimals: Int) throws(OutOfRange) -> Amount {
    try Amount(rounding: Quotient(self).rounded(decimals: decimals))
  }
}
