/// Division of whole numbers with a stated rounding. Divisors are above zero throughout.
package enum Rounding {
  /// The nearest whole number to `dividend ÷ divisor`; a half goes to the even neighbour.
  @inlinable package static func halfEven(_ dividend: Int128, over divisor: Int128) -> Int128 {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    let rest = remainder.magnitude
    let complement = divisor.magnitude - rest
    guard rest > complement || (rest == complement && quotient & 1 != 0) else { return quotient }
    return dividend < 0 ? quotient - 1 : quotient + 1
  }

  /// Where a half goes.
  package enum Ties { case toEven, awayFromZero }

  /// `left × right ÷ (first × second)` to the nearest whole number, however wide the products are; nil where an Int128
  /// can't hold the result.
  ///
  /// The two divisors are taken one after the other, so that their product is never needed: with
  /// x = first·a + r and a = second·b + s, the rest x - first·second·b is first·s + r, and which side of a half it
  /// lies on follows from second - 2s and, where that is 0 or 1, from r.
  package static func nearest(
    _ left: Int128, times right: Int128, over first: UInt128, and second: UInt128 = 1, ties: Ties = .toEven
  ) -> Int128? {
    let product = left.magnitude.multipliedFullWidth(by: right.magnitude)
    return nearest(
      Wide(high: product.high, low: product.low), negative: (left < 0) != (right < 0), over: first, and: second,
      ties: ties)
  }

  static func nearest(
    _ dividend: Wide, negative: Bool, over first: UInt128, and second: UInt128, ties: Ties = .toEven
  ) -> Int128? {
    let (a, r) = dividend.dividing(by: first)
    let (b, s) = a.dividing(by: second)
    let limit = negative ? Int128.min.magnitude : Int128.max.magnitude
    guard b.high == 0, b.low <= limit else { return nil }
    var magnitude = b.low
    let tieGoesUp = ties == .awayFromZero || magnitude & 1 != 0
    if isPastHalf(r: r, first: first, s: s, second: second, tieGoesUp: tieGoesUp) { magnitude += 1 }
    guard magnitude <= limit else { return nil }
    return Int128(truncatingIfNeeded: negative ? 0 &- magnitude : magnitude)
  }

  private static func isPastHalf(r: UInt128, first: UInt128, s: UInt128, second: UInt128, tieGoesUp: Bool) -> Bool {
    let complement = second - s
    if s > complement { return true }
    switch complement - s {
    case 0: return r > 0 || tieGoesUp
    case 1: return r > first - r || (r == first - r && tieGoesUp)
    default: return false
    }
  }
}

/// An unsigned number of 256 bits: just enough of one for exact products.
struct Wide: Equatable {
  var high: UInt128
  var low: UInt128

  func dividing(by divisor: UInt128) -> (quotient: Wide, remainder: UInt128) {
    guard high != 0 else {
      let (quotient, remainder) = low.quotientAndRemainder(dividingBy: divisor)
      return (Wide(high: 0, low: quotient), remainder)
    }
    let (above, carried) = high.quotientAndRemainder(dividingBy: divisor)
    let (below, remainder) = divisor.dividingFullWidth((carried, low))
    return (Wide(high: above, low: below), remainder)
  }

  /// nil where the product has more than 256 bits.
  func multiplied(by factor: UInt128) -> Wide? {
    let below = low.multipliedFullWidth(by: factor)
    let above = high.multipliedReportingOverflow(by: factor)
    let sum = above.partialValue.addingReportingOverflow(below.high)
    return above.overflow || sum.overflow ? nil : Wide(high: sum.partialValue, low: below.low)
  }

  /// Both below 2²⁵⁵.
  func adding(_ other: Wide) -> Wide {
    let below = low.addingReportingOverflow(other.low)
    return Wide(high: high + other.high + (below.overflow ? 1 : 0), low: below.partialValue)
  }

  /// `other` is not above self.
  func subtracting(_ other: Wide) -> Wide {
    let below = low.subtractingReportingOverflow(other.low)
    return Wide(high: high - other.high - (below.overflow ? 1 : 0), low: below.partialValue)
  }

  static func < (left: Wide, right: Wide) -> Bool { (left.high, left.low) < (right.high, right.low) }
}
