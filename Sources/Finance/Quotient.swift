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
