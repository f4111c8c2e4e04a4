import Finance

/// Round values over a span, exact, so that they can be shown in the unit of what is drawn.
enum Scale {
  /// About four, from the first at or above `low` to the last at or below `high`.
  static func ticks(from low: Double, to high: Double) -> [(value: Double, exact: Quotient)] {
    let rough = (high - low) / 4
    guard rough > 1e-12, rough < 1e25, abs(low) < 1e27, abs(high) < 1e27 else { return [] }
    var power = 0
    var unit = 1.0
    while unit * 10 <= rough { (unit, power) = (unit * 10, power + 1) }
    while unit > rough { (unit, power) = (unit / 10, power - 1) }
    let factor = [1.0, 2, 5, 10].first { unit * $0 >= rough } ?? 10
    let step = unit * factor
    let (first, last) = (Int((low / step).rounded(.up)), Int((high / step).rounded(.down)))
    guard first <= last else { return [] }
    return (first...last).map { number in
      let digits = Int128(number) * Int128(factor)
      let scale = (0..<abs(power)).reduce(Int128(1)) { scale, _ in scale * 10 }
      let exact =
        power < 0
        ? Quotient(numerator: digits, denominator: scale) : Quotient(numerator: digits * scale, denominator: 1)
      return (Double(number) * step, exact)
    }
  }
}
