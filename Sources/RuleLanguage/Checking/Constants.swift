import Finance

/// What literals come to in one rule set: in its currency, and with years as it writes them.
struct Constants {
  let currency: Currency
  let calendar: FinancialCalendar

  func value(of literal: Literal) throws(Misuse) -> (Value, ValueType) {
    switch literal {
    case .money(let number, let written):
      let meant = written.unicodeScalars.first.flatMap { Currency(symbol: $0) }?.code ?? written
      guard meant == currency.code else {
        let prefix = currency.prefix
        throw Misuse(
          .foreignCurrency, "the rules are in \(currency.code)", operand: nil, written,
          fix: { _ in DecimalText.money(Quotient(number), prefix, inList: false) })
      }
      guard let amount = try? Amount(rounding: Quotient(number)), Quotient(amount) == Quotient(number) else {
        throw Misuse(.outOfRange, "the amount is too large, or finer than a ten-thousandth")
      }
      return (.amount(amount), .money)
    case .percent(let number): return (.quotient(Quotient(number, power: -2).inLowestTerms), .ratio)
    case .points(let number): return (.quotient(Quotient(number, power: -2).inLowestTerms), .points)
    case .number(let number): return (.quotient(Quotient(number).inLowestTerms), .number)
    case .text(let text): return (.text(text), .text)
    case .truth(let truth): return (.truth(truth), .truth)
    case .period(let year, let month):
      if let misuse = misuse(of: year) { throw misuse }
      return (.period(Period(year: year.year, month: month)), .period)
    case .date(let day): return (.date(day), .date)
    case .periods:
      throw Misuse(
        .argumentUnfit, "a number of periods is no value; it says to a function over how many it is taken",
        fix: { _ in "moving_average(…, 3 periods)" })
    }
  }

  /// `2013-14` is said where a year spans two calendar years, `2025` where it is one.
  func misuse(of year: WrittenYear) -> Misuse? {
    guard year.isSplit == calendar.followsCalendarYear else { return nil }
    let label = calendar.label(ofYear: year.year)
    return Misuse(
      .malformedPeriod, "a year starts in \(Words.months[calendar.firstMonth - 1]) and is written `\(label)`",
      fix: { _ in label })
  }
}
