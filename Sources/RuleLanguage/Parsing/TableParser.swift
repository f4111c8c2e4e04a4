import Diagnostics

// `table overspend_limits by kind`, and its rows: `"PCT" amber 0.5% red 1%`.

extension Parser {
  mutating func tableHeading() throws(Reported) -> TableSyntax {
    let start = here
    advance()
    let name = try expectName("a table's name")
    guard take("by") else {
      throw expected("`by` and what the table goes by", fix: "table \(name.text == "by" ? "limits" : name.text) by kind")
    }
    let key: Name
    if isAt("year") {
      key = Name(text: "year", span: here)
      advance()
    } else {
      key = try expectName("what the table goes by: an attribute of organisations, or year")
    }
    let file = take("from") ? try expectPlainText("the name of the table's file") : nil
    try finish()
    return TableSyntax(name: name, key: key, rows: [], file: file, span: span(from: start))
  }

  /// - Parameter isByYear: nil where the table's heading could not be read.
  mutating func tableRow(isByYear: Bool?) throws(Reported) -> TableSyntax.Row {
    let start = here
    let key = try rowKey(isByYear: isByYear)
    let keySpan = span(from: start)
    var cells: [TableSyntax.Cell] = []
    repeat {
      let column = try expectName("a column's name")
      if current?.isSymbol(.equal) == true {
        throw report(
          .expectedSomethingElse, "a value stands directly behind its column's name", at: here,
          repairs: [Repair("leave it out", [Edit(here, "")])])
      }
      let value = try signedLiteral("the value of `\(column.text)`")
      if let first = cells.first(where: { $0.column.text == column.text }) {
        throw report(
          .declaredTwice, "the row has the column `\(column.text)` twice", at: column.span, "here again",
          also: [Diagnostic.Label(first.column.span, "first here")])
      }
      cells.append(TableSyntax.Cell(column: column, value: value))
    } while current != nil
    return TableSyntax.Row(key: key, keySpan: keySpan, cells: cells, span: span(from: start))
  }

  private mutating func rowKey(isByYear: Bool?) throws(Reported) -> TableSyntax.Key {
    if take("otherwise") { return .otherwise }
    if isAt("organisation") {
      advance()
      return .organisation(try expectPlainText("the organisation's name", until: { _ in true }).value)
    }
    if case .text = current?.kind {
      guard isByYear != true else { throw expected("a year, or otherwise: the table goes by year") }
      return .text(try expectPlainText("a row's value").value)
    }
    if isByYear == false {
      if let word = currentWord, ["else", "default", "others", "other", "rest"].contains(word.lowercased()) {
        throw report(
          .unknownWord, "the row for all others is called `otherwise`", at: here,
          repairs: [.replacing(here, with: "otherwise")])
      }
      if let word = currentWord, case .word = token(ahead: 1)?.kind {
        throw report(
          .expectedSomethingElse, "a row starts with a value in quotation marks, organisation \"…\", or otherwise",
          at: here, repairs: [.replacing(here, with: "\"\(word)\"")])
      }
      throw expected("a row: a value in quotation marks, organisation \"…\", or otherwise")
    }
    return .year(try year())
  }

  /// A literal, negative behind a minus.
  mutating func signedLiteral(_ what: String) throws(Reported) -> Written<Literal> {
    let start = here
    let isNegative = take(.minus)
    let literal: Literal
    switch current?.kind {
    case .money(let number, let currency): literal = .money(isNegative ? number.negated : number, currency: currency)
    case .percent(let number): literal = .percent(isNegative ? number.negated : number)
    case .points(let number): literal = .points(isNegative ? number.negated : number)
    case .number(let number) where !isPeriod: literal = .number(isNegative ? number.negated : number)
    default:
      guard !isNegative else { throw expected("a number behind the minus") }
      return Written(value: try otherLiteral(what), span: span(from: start))
    }
    advance()
    return Written(value: literal, span: span(from: start))
  }

  private var isPeriod: Bool { if case .month = token(ahead: 1)?.kind { true } else { false } }

  private mutating func otherLiteral(_ what: String) throws(Reported) -> Literal {
    switch current?.kind {
    case .text: return .text(try expectPlainText(what).value)
    case .date(let day):
      advance()
      return .date(day)
    case .year, .number: return try period()
    case .word("true"), .word("false"):
      let truth = isAt("true")
      advance()
      return .truth(truth)
    default: throw expected("\(what): an amount, a number, a percentage, a text in quotation marks, a period, a date")
    }
  }
}
