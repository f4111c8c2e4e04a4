import Diagnostics
import Finance

// What stands at the left margin, but for rules.

extension Parser {
  mutating func currency() throws(Reported) -> Name {
    advance()
    guard let code = currentWord, Currency(code: code) != nil else { throw expected("a currency's code, as in GBP") }
    let name = Name(text: code, span: here)
    advance()
    try finish()
    return name
  }

  /// `year starts in April`: the month, 1 to 12.
  mutating func yearStart() throws(Reported) -> (month: Int, span: Span) {
    let start = here
    advance()
    try expect(word: "starts", "after `year`")
    try expect(word: "in", "after `starts`")
    let month = try expect(oneOf: Words.months, "the month in which a year starts")
    try finish()
    return ((Words.months.firstIndex(of: month) ?? 0) + 1, span(from: start))
  }

  mutating func dimension() throws(Reported) -> DimensionSyntax {
    advance()
    var result = DimensionSyntax(name: try expectName("a dimension's name"))
    if current != nil { result.title = try expectPlainText("a dimension's title") }
    try finish()
    return result
  }

  /// The whole of `let name = expression`.
  mutating func binding() throws(Reported) -> LetSyntax {
    advance()
    let name = try expectName("a let's name")
    try expect(.equal, "after the name")
    let value = try expression()
    try finish()
    return LetSyntax(name: name, value: value)
  }

  mutating func measure() throws(Reported) -> MeasureSyntax {
    advance()
    let name = try expectName("a measure's name")
    var result = MeasureSyntax(
      name: name, type: try measureType(), basis: nil, isReference: false, adverse: nil, step: .month, dimensions: [])
    if let basis = try basis() { result.basis = basis }
    loop: while let word = currentWord {
      switch word {
      case "reference":
        advance()
        result.isReference = true
      case "adverse":
        advance()
        result.adverse = Adverse(rawValue: try expect(oneOf: ["high", "low"], "which way is adverse: high or low"))
      case "every":
        advance()
        result.step =
          Step(rawValue: try expect(oneOf: ["month", "quarter", "year"], "month, quarter or year")) ?? .month
      case "by":
        advance()
        result.dimensions.append(try expectName("a dimension"))
        while take(.comma) { result.dimensions.append(try expectName("a dimension")) }
      default:
        if let late = try basis() {
          throw report(
            .expectedSomethingElse, "the basis stands directly after the type", at: late.span,
            fix: "\(result.type.type.rawValue) \(late.basis.rawValue)")
        }
        throw report(
          .unknownWord, "a measure's declaration does not know `\(word)`", at: here,
          fix: Suggestion.question(word, among: ["reference", "adverse", "every", "by"])
            ?? "reference, adverse high, adverse low, every quarter, by …, or its title in quotation marks",
          repairs: Suggestion.repairs(word, at: here, among: ["reference", "adverse", "every", "by"]))
      }
    }
    if current != nil { result.title = try expectPlainText("a measure's title") }
    try finish()
    return result
  }

  private mutating func measureType() throws(Reported) -> (type: ValueType, span: Span) {
    let start = here
    if take("unit", "price") { return (.unitPrice, span(from: start)) }
    let types: [ValueType] = [.money, .count, .ratio, .number, .unitPrice]
    guard let word = currentWord else {
      throw expected("a measure's type: \(Wording.list(types.map(\.rawValue), "or"))")
    }
    guard let type = types.first(where: { $0.rawValue == word }) else {
      throw report(
        .unknownWord, "`\(word)` is not a measure's type", at: here,
        fix: Suggestion.question(word, among: types.map(\.rawValue))
          ?? Wording.list(types.map(\.rawValue), "or"),
        repairs: Suggestion.repairs(word, at: here, among: types.map(\.rawValue)))
    }
    advance()
    return (type, start)
  }

  private mutating func basis() throws(Reported) -> (basis: Basis, span: Span)? {
    let start = here
    for basis in Basis.allCases {
      let words = basis.rawValue.split(separator: " ").map(String.init)
      guard isAt(words[0]) else { continue }
      advance()
      for word in words.dropFirst() { try expect(word: word, "as in `\(basis.rawValue)`") }
      return (basis, span(from: start))
    }
    return nil
  }
}
