/// An exact fraction: what a ratio, percentage points, a unit price or a plain number is held as.
///
/// A quotient of two amounts keeps both, so that comparing it with a threshold is a cross-multiplication and a value
/// exactly on the threshold is not above it. Once it is combined with another (added, multiplied) it is rounded
/// half-even to twelve decimals (`Quotient.combinedScale`).
@frozen
package struct Quotient: Sendable {
  @inlinable package static var combinedScale: Int128 { 1_000_000_000_000 }
  /// Stored ratio measures are in billionths.
  @inlinable package static var storedScale: Int128 { 1_000_000_000 }

  package var numerator: Int128
  /// Always above zero.
  package var denominator: Int128

  @inlinable package init(numerator: Int128, denominator: Int128) {
    precondition(denominator > 0, "a quotient's denominator is above zero")
    self.numerator = numerator
    self.denominator = denominator
  }
}

extension Quotient {
  @inlinable package static var zero: Quotient { Quotient(numerator: 0, denominator: 1) }

  /// A whole number.
  @inlinable package init(_ whole: Int64) { self.init(numerator: Int128(whole), denominator: 1) }

  /// An amount in its own unit: £1.50 is 3/2.
  @inlinable package init(_ amount: Amount) {
    self.init(numerator: Int128(amount.tenThousandths), denominator: Int128(Amount.scale))
  }

  /// A stored ratio: 0.099 is 99,000,000 billionths.
  @inlinable package init(billionths: Int64) {
    self.init(numerator: Int128(billionths), denominator: Quotient.storedScale)
  }

  /// Exact. nil is a division by zero.
  @inlinable package init?(_ dividend: Amount, over divisor: Amount) {
    guard divisor.tenThousandths != 0 else { return nil }
    let top = Int128(dividend.tenThousandths)
    let bottom = Int128(divisor.tenThousandths)
    self.init(numerator: bottom < 0 ? -top : top, denominator: bottom < 0 ? -bottom : bottom)
  }

  /// -1, 0 or 1.
  @inlinable package var sign: Int { numerator.signum() == 0 ? 0 : numerator < 0 ? -1 : 1 }
}

// MARK: - Comparison, by value: 1/2 equals 2/4

extension Quotient: Comparable {
  @inlinable package static func < (left: Quotient, right: Quotient) -> Bool {
    if left.denominator == right.denominator { return left.numerator < right.numerator }
    let (one, oneOverflows) = left.numerator.multipliedReportingOverflow(by: right.denominator)
    let (other, otherOverflows) = right.numerator.multipliedReportingOverflow(by: left.denominator)
    if !oneOverflows && !otherOverflows { return one < other }
    return wideCrossProducts(left, right, by: <)
  }

  @inlinable package static func == (left: Quotient, right: Quotient) -> Bool {
    if left.denominator == right.denominator { return left.numerator == right.numerator }
    let (one, oneOverflows) = left.numerator.multipliedReportingOverflow(by: right.denominator)
    let (other, otherOverflows) = right.numerator.multipliedReportingOverflow(by: left.denominator)
    if !oneOverflows && !otherOverflows { return one == other }
    return wideCrossProducts(left, right, by: ==)
  }

  @usableFromInline static func wideCrossProducts(
    _ left: Quotient, _ right: Quotient, by relation: ((Int128, UInt128), (Int128, UInt128)) -> Bool
  ) -> Bool {
    let one = left.numerator.multipliedFullWidth(by: right.denominator)
    let other = right.numerator.multipliedFullWidth(by: left.denominator)
    return relation((one.high, one.low), (other.high, other.low))
  }
}

extension Quotient: Hashable {
  package func hash(into hasher: inout Hasher) {
    let divisor = Quotient.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    hasher.combine(numerator < 0)
    hasher.combine(numerator.magnitude / divisor)
    hasher.combine(denominator.magnitude / divisor)
  }

  static func greatestCommonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
    var (left, right) = (left, right)
    while right != 0 { (left, right) = (right, left % right) }
    return left
  }
}
