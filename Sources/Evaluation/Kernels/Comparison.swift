import Finance
import RuleLanguage

extension Binary {
  /// By value, and exactly: quotients by cross-multiplication.
  func compare(_ region: Region, _ ordering: Ordering) {
    switch (left.shape, right.shape) {
    case (.whole, .whole):
      forEachKnown(region) { i, j, k in result.set(k, Truth(ordering.holds(left.wholes[i], right.wholes[j]))) }
    case (.truth, .truth):
      forEachKnown(region) { i, j, k in result.set(k, Truth(ordering.holds(left.states[i], right.states[j]))) }
    case (.quotient, .quotient):
      forEachKnown(region) { i, j, k in
        result.set(
          k,
          Truth(
            ordering.holds(
              left.numerators[i], over: left.wholes[i], right.numerators[j], over: right.wholes[j])))
      }
    default:
      forEachKnown(region) { i, j, k in result.set(k, Truth(ordering.holds(left.quotient(i), right.quotient(j)))) }
    }
  }
}

extension Ordering {
  /// Two fractions. Most have numerators of 64 bits, and products that have too.
  @inline(__always) func holds(
    _ left: Int128, over leftBase: Int64, _ right: Int128, over rightBase: Int64
  ) -> Bool {
    let (top, other) = (Int64(truncatingIfNeeded: left), Int64(truncatingIfNeeded: right))
    if Int128(top) == left && Int128(other) == right {
      let (one, oneOverflows) = top.multipliedReportingOverflow(by: rightBase)
      let (two, twoOverflows) = other.multipliedReportingOverflow(by: leftBase)
      if !oneOverflows && !twoOverflows { return holds(one, two) }
      return holds(Int128(top) &* Int128(rightBase), Int128(other) &* Int128(leftBase))
    }
    return holds(
      Quotient(numerator: left, denominator: Int128(leftBase)),
      Quotient(numerator: right, denominator: Int128(rightBase)))
  }
}

/// A share or count against a bound: decided where both ends of what it can be agree, whatever the coverage; else by
/// its value, where coverage lets it have one.
struct BoundedComparison {
  let value: Column.Lanes
  let tallies: TallyLanes
  let bound: Column.Lanes
  let result: Column.Lanes
  let isShare: Bool

  func compare(_ region: Region, _ ordering: Ordering) {
    for touch in region {
      let (i, j, k) = (value.start(touch.row), bound.start(touch.row), result.start(touch.row))
      for slot in touch.slots { compare(i + slot, j + slot, k + slot, ordering) }
    }
  }

  private func compare(_ i: Int, _ j: Int, _ k: Int, _ ordering: Ordering) {
    let boundState = bound.unknownState(j)
    guard boundState == 0 else { return result.setUnknown(k, unknownState(boundState, value.unknownState(i))) }
    let (expected, matching) = (tallies.expected.wholes[i], tallies.matching.wholes[i])
    let limit = bound.quotient(j)
    if expected > 0 || !isShare {
      let most = matching + expected - tallies.known.wholes[i]
      let base = Int128(isShare ? expected : Amount.scale)
      let atLeast = ordering.holds(Quotient(numerator: Int128(matching), denominator: base), limit)
      let atMost = ordering.holds(Quotient(numerator: Int128(most), denominator: base), limit)
      // Equality holds at neither end of a range and may hold within it.
      if atLeast == atMost && (most == matching || !ordering.isEquality) { return result.set(k, Truth(atLeast)) }
    }
    let state = value.unknownState(i)
    if state != 0 { return result.setUnknown(k, state) }
    result.set(k, Truth(ordering.holds(value.quotient(i), limit)))
  }
}
