import Finance

/// Exact numbers as rules write them.
enum DecimalText {
  /// `0.75`, `-12`, without grouping. Of a quotient that no decimal is exactly, the fraction `1/3`.
  static func plain(_ value: Quotient) -> String {
    let lowest = value.inLowestTerms
    var (scale, decimals) = (Int128(1), 0)
    while scale % lowest.denominator != 0 {
      guard decimals < 18 else { return "\(lowest.numerator)/\(lowest.denominator)" }
      scale *= 10
      decimals += 1
    }
    let (digits, overflow) = lowest.numerator.multipliedReportingOverflow(by: scale / lowest.denominator)
    return overflow ? "\(lowest.numerator)/\(lowest.denominator)" : plain(digits: digits, decimals: decimals)
  }

  /// With a comma between groups of three digits.
  static func grouped(_ value: Quotient) -> String {
    let text = plain(value)
    guard !text.contains("/") else { return text }
    let sign = text.hasPrefix("-") ? "-" : ""
    let parts = text.dropFirst(sign.count).split(separator: ".")
    var whole = ""
    for (index, digit) in parts[0].enumerated() {
      if index > 0, (parts[0].count - index).isMultiple(of: 3) { whole += "," }
      whole.append(digit)
    }
    return sign + whole + (parts.count > 1 ? "." + parts[1] : "")
  }

  /// `£1.5m`, `UAH 250k`, `£1,234`: the largest size that leaves at most three decimals (none for thousands). Grouped
  /// unless it stands in a list, where a comma separates.
  static func money(_ value: Quotient, _ prefix: String, inList: Bool) -> String {
    let isNegative = value.numerator < 0
    let size = Quotient(numerator: Int128(value.numerator.magnitude), denominator: value.denominator)
    var text = inList ? plain(size) : grouped(size)
    for (suffix, power, decimals) in [("bn", 9, 3), ("m", 6, 3), ("k", 3, 0)] {
      let unit = powerOfTen(power)
      let shown = Quotient(numerator: size.numerator, denominator: size.denominator * unit)
      let isShort = (shown.numerator * powerOfTen(decimals)) % shown.denominator == 0
      guard size >= Quotient(numerator: unit, denominator: 1), isShort else { continue }
      text = plain(shown) + suffix
      break
    }
    return (isNegative ? "-" : "") + prefix + text
  }

  private static func powerOfTen(_ power: Int) -> Int128 { (0..<power).reduce(1) { result, _ in result * 10 } }

  private static func plain(digits: Int128, decimals: Int) -> String {
    var text = String(digits.magnitude)
    if decimals > 0 {
      text = String(repeating: "0", count: max(0, decimals + 1 - text.count)) + text
      let point = text.index(text.endIndex, offsetBy: -decimals)
      text = text[..<point] + "." + text[point...]
    }
    return (digits < 0 ? "-" : "") + text
  }
}
