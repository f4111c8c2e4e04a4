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
