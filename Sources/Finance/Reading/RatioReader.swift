/// Reads the ratios of one column into billionths. `9.9%` is 99,000,000 whatever the column; a bare 0.099 or 9.9 is
/// what the column's unit says. A ratio seldom ends, so that further decimals are rounded, half to even.
package struct RatioReader: Sendable {
  package enum Unit: String, Hashable, Sendable, CaseIterable {
    /// A bare 0.099 is 9.9%.
    case fraction
    /// A bare 9.9 is 9.9%.
    case percent
  }

  package let unit: Unit
  package let decimalMark: DecimalMark

  package init(unit: Unit, decimalMark: DecimalMark = .point) {
    self.unit = unit
    self.decimalMark = decimalMark
  }

  /// Billionths. `field` is UTF-8, without the quotes of its file.
  package func read(_ field: Span<UInt8>) throws(ReadingProblem) -> Int64 {
    do throws(ReadingProblem.Kind) {
      let number = try NumberText.parse(field, decimalMark: decimalMark, currency: nil)
      if number.currency != nil { throw .notANumber }
      return try number.scaled(places: number.isPercent || unit == .percent ? 7 : 9, rounding: true)
    } catch {
      let example = unit == .percent ? "9.9 or 9.9%" : "0.099 or 9.9%"
      throw ReadingProblem(error, in: field, expected: "a percentage such as \(example)")
    }
  }
}
