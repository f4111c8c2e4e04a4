/// A number as it was written, before its unit: sign, digits and the place of the decimal mark.
struct WrittenNumber {
  var isNegative = false
  /// All its digits as one whole number.
  var digits: UInt128 = 0
  /// How many of them stand behind the decimal mark.
  var decimals = 0
  var isPercent = false
  var currency: Currency?

  /// The number in units of 10^-`places`, exactly; and where `rounding`, the nearest, half to even.
  ///
  /// Figures that a spreadsheet or a script computed in binary carry noise in their sixteenth digit and after
  /// (`52267847.72000001`). A number of sixteen digits or more that comes out exact when cut to fifteen, with a zero at
  /// the end, is read as that: what spreadsheets themselves show.
  func scaled(places: Int, rounding: Bool) throws(ReadingProblem.Kind) -> Int64 {
    let shift = places - decimals
    let magnitude: UInt128
    if shift >= 0 {
      guard let power = WrittenNumber.powerOfTen(shift) else {
        if digits == 0 { return 0 }
        throw .outOfRange
      }
      let (product, overflow) = digits.multipliedReportingOverflow(by: power)
      if overflow { throw .outOfRange }
      magnitude = product
    } else {
      magnitude = try cut(by: -shift, rounding: rounding)
    }
    let limit = isNegative ? Int64.min.magnitude : Int64.max.magnitude
    guard magnitude <= UInt128(limit) else { throw .outOfRange }
    return Int64(truncatingIfNeeded: isNegative ? 0 &- UInt64(magnitude) : UInt64(magnitude))
  }

  private func cut(by places: Int, rounding: Bool) throws(ReadingProblem.Kind) -> UInt128 {
    guard let power = WrittenNumber.powerOfTen(places) else {
      if digits == 0 || rounding { return 0 }
      throw .tooManyDecimals
    }
    let (whole, rest) = digits.quotientAndRemainder(dividingBy: power)
    if rest == 0 { return whole }
    let half = power / 2
    let nearest = rest > half || (rest == half && whole & 1 != 0) ? whole + 1 : whole
    if rounding { return nearest }
    let excess = WrittenNumber.length(digits) - 15
    guard excess > 0, let noise = WrittenNumber.powerOfTen(excess) else { throw .tooManyDecimals }
    let fifteen = (digits + noise / 2) / noise
    guard fifteen % 10 == 0, excess <= places, let kept = WrittenNumber.powerOfTen(places - excess), fifteen % kept == 0
    else { throw .tooManyDecimals }
    return fifteen / kept
  }

  private static func length(_ number: UInt128) -> Int { number.description.utf8.count }

  /// nil above 10³⁸.
  private static func powerOfTen(_ exponent: Int) -> UInt128? {
    exponent <= 38 ? UInt128(Decimals.powerOfTen(exponent)) : nil
  }
}
