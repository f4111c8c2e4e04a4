import Diagnostics
import Finance

/// Reads the cells of grids: figures by the type of their measure, texts and days.
struct CellReader {
  let currency: Currency
  let findings: Findings

  /// In the measure's smallest steps: ten-thousandths, or billionths for a ratio. Nil for a figure that was not returned,
  /// and for one that is reported.
  func figure(_ cell: Written<GridSyntax.Cell>, of measure: Measure) -> Int64? {
    guard case .literal(let literal) = cell.value else {
      if case .name(let word) = cell.value { refuse(word, measure, at: cell.span) }
      return nil
    }
    switch (measure.type, literal) {
    case (.money, .money(let number, let written)), (.unitPrice, .money(let number, let written)):
      let meant = written.unicodeScalars.first.flatMap { Currency(symbol: $0) }?.code ?? written
      guard meant == currency.code else {
        findings.add(
          .foreignCurrency, "the rules are in \(currency.code)", at: cell.span, written,
          fix: DecimalText.money(Quotient(number), currency.prefix, inList: false))
        return nil
      }
      return steps(number, places: 4, at: cell.span)
    case (.count, .number(let number)), (.number, .number(let number)): return steps(number, places: 4, at: cell.span)
    case (.ratio, .percent(let number)): return steps(number, places: 7, at: cell.span)
    default:
      refuse(literal, measure, at: cell.span)
      return nil
    }
  }

  /// The number in steps of so many decimal places.
  private func steps(_ number: DecimalNumber, places: Int, at span: Span) -> Int64? {
    guard number.decimals <= places else {
      findings.add(.cellUnfit, "the figure has more than \(places) decimals", at: span)
      return nil
    }
    var value = number.digits
    for _ in number.decimals..<places {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow {
        findings.add(.outOfRange, "the figure is larger than the ledger holds", at: span)
        return nil
      }
      value = product
    }
    return value
  }

  private func refuse(_ literal: Literal, _ measure: Measure, at span: Span) {
    var fix = example(of: measure.type)
    switch (measure.type, literal) {
    case (.money, .number(let number)), (.unitPrice, .number(let number)):
      fix = DecimalText.money(Quotient(number), currency.prefix, inList: false)
    case (.ratio, .number(let number)): fix = DecimalText.plain(Quotient(number, power: 2)) + "%"
    case (.ratio, .points(let number)): fix = DecimalText.plain(Quotient(number)) + "%"
    default: break
    }
    findings.add(
      .cellUnfit, "`\(measure.name)` is \(measure.type.spoken)", at: span, literal.kind, fix: fix)
  }

  private func refuse(_ word: String, _ measure: Measure, at span: Span) {
    let isNothing = ["unknown", "missing", "none", "na"].contains(word)
    findings.add(
      .cellUnfit, "`\(word)` is no figure", at: span, "`\(measure.name)` is \(measure.type.spoken)",
      fix: isNothing ? "leave the cell empty: it was not returned" : example(of: measure.type))
  }

  private func example(of type: ValueType) -> String {
    switch type {
    case .money: "\(currency.prefix)1.5m"
    case .unitPrice: "\(currency.prefix)106.50"
    case .ratio: "2.5%"
    default: "1,200"
    }
  }

  // MARK: Texts and days

  /// Nil for an empty cell, which says nothing, and for one that is reported.
  func text(_ cell: Written<GridSyntax.Cell>, _ what: String) -> Written<String>? {
    switch cell.value {
    case .blank: return nil
    case .literal(.text(let text)): return Written(value: text, span: cell.span)
    case .name(let word):
      findings.add(
        .cellUnfit, "\(what) stands in quotation marks", at: cell.span, fix: "\"\(word)\"",
        repairs: [.replacing(cell.span, with: "\"\(word)\"")])
    case .literal: findings.add(.cellUnfit, "\(what) is a text", at: cell.span, fix: "\"…\"")
    }
    return nil
  }

  func day(_ cell: Written<GridSyntax.Cell>, _ what: String) -> Written<Day>? {
    switch cell.value {
    case .blank: return nil
    case .literal(.date(let day)): return Written(value: day, span: cell.span)
    case .literal, .name:
      findings.add(.cellUnfit, "\(what) is a date", at: cell.span, fix: "2014-03-31")
      return nil
    }
  }
}

extension Literal {
  /// What stands there, in a word or two.
  fileprivate var kind: String {
    switch self {
    case .money: "money"
    case .percent: "a percentage"
    case .points: "percentage points"
    case .number: "a number"
    case .text: "a text"
    case .truth: "true or false"
    case .period: "a period"
    case .date: "a date"
    case .periods: "a number of periods"
    }
  }
}
