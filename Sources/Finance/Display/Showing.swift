extension ValueFormat {
  /// The value as a person reads it: `£2.4m`, `-£106,000`, `9.9%`, `1.4pp`, `1,707`. Rounded half away from zero.
  ///
  /// - value: in its own unit: pounds, not ten-thousandths; 0.099 for 9.9%.
  /// - adverseHigh: which way is bad news, for `words`; nil shows `words` like `over_under`.
  /// - thresholds: what the value is compared with; digits are added until the shown value lies on its side of each.
  package func text(
    _ value: Quotient, _ quantity: Quantity, in currency: Currency, adverseHigh: Bool? = nil,
    beside thresholds: [Quotient] = []
  ) -> String {
    let figure = Figure(value, chosenForm(of: value, quantity), beside: thresholds)
    let before = quantity == .money || quantity == .unitPrice ? currency.prefix : ""
    let body = before + figure.digits + suffix(of: figure.form, quantity)
    let isOver = !figure.isNegative
    if figure.isZero { return body }
    switch sign {
    case .plain: return isOver ? body : "-" + body
    case .signed: return (isOver ? "+" : "-") + body
    case .overUnder: return body + (isOver ? " over" : " under")
    case .words:
      guard let adverseHigh else { return body + (isOver ? " over" : " under") }
      return body + (isOver == adverseHigh ? " adverse" : " favourable")
    }
  }

  package func text(
    _ amount: Amount, _ quantity: Quantity, in currency: Currency, adverseHigh: Bool? = nil,
    beside thresholds: [Quotient] = []
  ) -> String {
    text(Quotient(amount), quantity, in: currency, adverseHigh: adverseHigh, beside: thresholds)
  }

  /// The number that a reader takes from the text of a value which stands beside nothing.
  package func rounded(_ value: Quotient, _ quantity: Quantity) -> Quotient {
    Figure(value, chosenForm(of: value, quantity)).value ?? value
  }

  // MARK: Choosing the form

  private func chosenForm(of value: Quotient, _ quantity: Quantity) -> Form {
    switch quantity {
    case .ratio, .points: return Form(exponent: -2, decimals: decimals ?? 1)
    case .count, .number:
      if let scale { return Form(exponent: scale.exponent, decimals: decimals ?? scale.decimals) }
      return Form(exponent: 0, decimals: decimals ?? fewestDecimals(of: value, atMost: quantity == .count ? 1 : 2))
    case .money, .unitPrice:
      if let scale { return Form(exponent: scale.exponent, decimals: decimals ?? scale.decimals) }
      return moneyForm(of: value, quantity)
    }
  }

  /// By what is shown rather than by what is: £999,999.60 is £1.0m and not £1,000,000.
  private func moneyForm(of value: Quotient, _ quantity: Quantity) -> Form {
    let pounds = Form(exponent: 0, decimals: decimals ?? (quantity == .unitPrice ? 2 : pence(of: value)))
    guard Figure(value, pounds).isAtLeast(1_000_000) else { return pounds }
    let millions = Form(exponent: Scale.m.exponent, decimals: decimals ?? Scale.m.decimals)
    guard Figure(value, millions).isAtLeast(1_000) else { return millions }
    return Form(exponent: Scale.bn.exponent, decimals: decimals ?? Scale.bn.decimals)
  }

  /// Pence are shown below a thousand pounds, where there are any.
  private func pence(of value: Quotient) -> Int {
    let isSmall = !Figure(value, Form(exponent: 0, decimals: 2)).isAtLeast(1_000)
    return isSmall && fewestDecimals(of: value, atMost: 2) > 0 ? 2 : 0
  }

  private func fewestDecimals(of value: Quotient, atMost limit: Int) -> Int {
    let full = Figure(value, Form(exponent: 0, decimals: limit))
    return (0..<limit).first { full.isWhole(decimals: $0) } ?? limit
  }

  private func suffix(of form: Form, _ quantity: Quantity) -> String {
    switch form.exponent {
    case -2: quantity == .points ? "pp" : "%"
    case Scale.k.exponent: Scale.k.rawValue
    case Scale.m.exponent: Scale.m.rawValue
    case Scale.bn.exponent: Scale.bn.rawValue
    default: ""
    }
  }
}

/// What one step of the last digit is worth: 10^(exponent - decimals).
private struct Form {
  var exponent: Int
  var decimals: Int
}

/// A value rounded to a form.
private struct Figure {
  var form: Form
  /// In steps of the last digit.
  var steps: Int128

  /// Amounts end at four decimals, combined quotients at twelve. A value that is not on its side even then is a third
  /// that lies on a third: no digits tell it apart, and none are added for it.
  private static let mostDecimals = 15

  init(_ value: Quotient, _ form: Form, beside thresholds: [Quotient] = []) {
    self.form = form
    // Only beyond 10²⁷ is there no room for the decimals: far above any quotient that arithmetic gives.
    steps = Figure.round(value, form) ?? (value.numerator < 0 ? .min : .max)
    guard !thresholds.isEmpty else { return }
    let finer = (form.decimals...max(form.decimals, Figure.mostDecimals)).lazy.compactMap { decimals in
      Figure(value, exactly: Form(exponent: form.exponent, decimals: decimals))
    }
    let apart = thresholds.filter { finer.last?.isOnTheSide(of: value, from: $0) ?? false }
    self = finer.first { figure in apart.allSatisfy { figure.isOnTheSide(of: value, from: $0) } } ?? self
  }

  /// Nil where there is no room for so many decimals.
  private init?(_ value: Quotient, exactly form: Form) {
    guard let steps = Figure.round(value, form) else { return nil }
    (self.form, self.steps) = (form, steps)
  }

  private static func round(_ value: Quotient, _ form: Form) -> Int128? {
    let places = form.decimals - form.exponent
    return Rounding.nearest(
      value.numerator, times: Decimals.powerOfTen(max(places, 0)), over: value.denominator.magnitude,
      and: Decimals.powerOfTen(max(-places, 0)).magnitude, ties: .awayFromZero)
  }

  /// As a reader takes it; nil where it is too large for a quotient.
  var value: Quotient? {
    let places = form.decimals - form.exponent
    let (numerator, overflow) = steps.multipliedReportingOverflow(by: Decimals.powerOfTen(max(-places, 0)))
    return overflow ? nil : Quotient(numerator: numerator, denominator: Decimals.powerOfTen(max(places, 0)))
  }

  private func isOnTheSide(of value: Quotient, from threshold: Quotient) -> Bool {
    guard let shown = self.value else { return true }
    return (shown < threshold) == (value < threshold) && (shown > threshold) == (value > threshold)
  }

  var isZero: Bool { steps == 0 }
  var isNegative: Bool { steps < 0 }

  func isAtLeast(_ whole: UInt128) -> Bool {
    steps.magnitude / Decimals.powerOfTen(form.decimals).magnitude >= whole
  }

  /// Whether it says the same with so many decimals.
  func isWhole(decimals: Int) -> Bool { steps % Decimals.powerOfTen(form.decimals - decimals) == 0 }

  /// `1,234.5`, without a sign.
  var digits: String {
    let (whole, part) = steps.magnitude.quotientAndRemainder(
      dividingBy: Decimals.powerOfTen(form.decimals).magnitude)
    let separated = Decimals.separated(whole)
    return form.decimals == 0 ? separated : separated + "." + Decimals.padded(part, to: form.decimals)
  }
}
