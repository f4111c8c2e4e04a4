package import Finance
import RuleLanguage

/// Values in words and figures, and exactly.
struct ValueText {
  let currency: Currency
  let calendar: FinancialCalendar

  init(_ program: Program) {
    guard let currency = Currency(code: program.currency) else { preconditionFailure("a checked currency") }
    self.currency = currency
    calendar = program.calendar
  }

  static let notKnown = Finding.Quantity(shown: "not known", exact: nil)

  func quantity(
    _ outcome: Outcome, _ node: Node, _ format: ValueFormat = ValueFormat(), beside thresholds: [Quotient] = []
  ) -> Finding.Quantity {
    guard case .known(let value) = outcome else { return ValueText.notKnown }
    switch value {
    case .amount(let amount): return quantity(Quotient(amount), node.type, node.adverse, format, beside: thresholds)
    case .quotient(let quotient): return quantity(quotient, node.type, node.adverse, format, beside: thresholds)
    case .text(let text): return plain(text)
    case .truth(let truth): return plain(truth ? "true" : "false")
    case .severity(let severity): return plain(severity?.word ?? "none")
    case .period(let period): return plain(calendar.label(period))
    case .date(let day): return plain(day.description)
    }
  }

  func quantity(
    _ number: Quotient, _ type: ValueType, _ adverse: Adverse?, _ format: ValueFormat = ValueFormat(),
    beside thresholds: [Quotient] = []
  ) -> Finding.Quantity {
    Finding.Quantity(
      shown: format.text(
        number, kind(type), in: currency, adverseHigh: adverse.map { $0 == .high }, beside: thresholds),
      exact: number.digits)
  }

  /// The number that a reader takes from a value which is shown beside nothing.
  func rounded(_ number: Quotient, _ type: ValueType) -> Quotient {
    ValueFormat().rounded(number, kind(type))
  }

  /// How far a value is from a line, in words: "£1,200 below amber", "0.4 percentage points above red". Exactly, value less
  /// bound.
  func distance(_ value: Outcome, from bound: Outcome, called line: String, _ watched: Node) -> Finding.Quantity {
    guard let value = value.number, let limit = bound.number, let difference = try? value.subtracting(limit),
      let size = try? difference.absolute()
    else { return ValueText.notKnown }
    if difference.sign == 0 { return Finding.Quantity(shown: "exactly at \(line)", exact: difference.digits) }
    var words = quantity(size, watched.type == .ratio ? .points : watched.type, nil, beside: [.zero]).shown
    if words.hasSuffix("pp") { words = words.dropLast(2) + " percentage points" }
    return Finding.Quantity(
      shown: "\(words) \(difference.sign > 0 ? "above" : "below") \(line)", exact: difference.digits)
  }

  private func kind(_ type: ValueType) -> Quantity {
    guard let quantity = Quantity(rawValue: type.rawValue) else { preconditionFailure("\(type) is no quantity") }
    return quantity
  }

  private func plain(_ text: String) -> Finding.Quantity { Finding.Quantity(shown: text, exact: text) }
}

extension Outcome {
  /// A known text.
  var text: String? { if case .known(.text(let text)) = self { text } else { nil } }

  /// A known number, in its own unit.
  var number: Quotient? {
    switch self {
    case .known(.amount(let amount)): Quotient(amount)
    case .known(.quotient(let quotient)): quotient
    default: nil
    }
  }
}

extension Quotient {
  /// `0.099`, `-12`, or `1/3` where no decimal is exact.
  package var digits: String {
    var (top, bottom) = (numerator.magnitude, denominator.magnitude)
    let divisor = Quotient.commonDivisor(top, bottom)
    (top, bottom) = (top / divisor, bottom / divisor)
    let sign = numerator < 0 ? "-" : ""
    var (decimals, scaled, rest) = (0, top, bottom)
    // A decimal of n places is exact where ten to the n is a multiple of the denominator.
    while rest != 1 && decimals < 18 {
      let (next, overflow) = scaled.multipliedReportingOverflow(by: 10)
      if overflow { break }
      let shared = Quotient.commonDivisor(rest, 10)
      if shared == 1 { break }
      (decimals, scaled, rest) = (decimals + 1, next, rest / shared)
    }
    guard rest == 1 else { return "\(sign)\(top)/\(bottom)" }
    let digits = String(scaled / bottom)
    guard decimals > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }

  private static func commonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
    var (left, right) = (left, right)
    while right != 0 { (left, right) = (right, left % right) }
    return left
  }
}
