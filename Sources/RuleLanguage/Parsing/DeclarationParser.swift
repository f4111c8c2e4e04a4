import Diagnostics
import Finance

// What stands at the left margin, but for rules.

extension Parser {
  mutating func currency() throws(Reported) -> CurrencySyntax {
    let start = here
    advance()
    guard let code = currentWord, Currency(code: code) != nil else { throw expected("a currency's code, as in GBP") }
    let name = Name(text: code, span: here)
    advance()
    try finish()
    return CurrencySyntax(code: name, span: span(from: start))
  }

  /// `year starts in April`
  mutating func yearStart() throws(Reported) -> YearStartSyntax {
    let start = here
    advance()
    try expect(word: "starts", "after `year`")
    try expect(word: "in", "after `starts`")
    let month = try expect(oneOf: Words.months, "the month in which a year starts")
    try finish()
    return YearStartSyntax(month: (Words.months.firstIndex(of: month) ?? 0) + 1, span: span(from: start))
  }

  mutating func dimension() throws(Reported) -> DimensionSyntax {
    let start = here
    advance()
    var result = DimensionSyntax(name: try expectName("a dimension's name"), span: start)
    if current != nil { result.title = try expectPlainText("a dimension's title") }
    try finish()
    result.span = span(from: start)
    return result
  }

  /// The whole of `let name = expression`.
  mutating func binding() throws(Reported) -> LetSyntax {
    let start = here
    advance()
    let name = try expectName("a let's name")
    try expect(.equal, "after the name")
    if current?.isSymbol(.equal) == true {
      throw report(
        .expectedSomethingElse, "a let has one `=`", at: here, repairs: [Repair("leave it out", [Edit(here, "")])])
    }
    let value = try expression()
    try finish()
    return LetSyntax(name: name, value: value, span: span(from: start))
  }

  mutating func measure() throws(Reported) -> MeasureSyntax {
    let start = here
    advance()
    let name = try expectName("a measure's name")
    var result = MeasureSyntax(
      name: name, type: try measureType(), isReference: false, step: .month, dimensions: [], span: start)
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
            fix: "\(result.type.value.rawValue) \(late.value.rawValue)")
        }
        if result.basis == nil, let other = basisInOtherWords() { throw other }
        throw report(
          .unknownWord, "a measure's declaration does not know `\(word)`", at: here,
          fix: Suggestion.question(word, among: ["reference", "adverse", "every", "by"])
            ?? "reference, adverse high, adverse low, every quarter, by …, or its title in quotation marks",
          repairs: Suggestion.repairs(word, at: here, among: ["reference", "adverse", "every", "by"]))
      }
    }
    if current != nil { result.title = try expectPlainText("a measure's title") }
    try finish()
    result.span = span(from: start)
    return result
  }

  private mutating func measureType() throws(Reported) -> Written<ValueType> {
    let start = here
    if take("unit", "price") { return Written(value: .unitPrice, span: span(from: start)) }
    let types: [ValueType] = [.money, .count, .ratio, .number, .unitPrice]
    if case .money? = current?.kind {
      // `£000`: which sizes a file is in, its source says.
      throw report(
        .unknownWord, "\(current.map(shown) ?? "") is not a measure's type", at: here,
        repairs: [.replacing(here, with: ValueType.money.rawValue)])
    }
    guard let word = currentWord else {
      throw expected("a measure's type: \(Wording.list(types.map(\.rawValue), "or"))")
    }
    guard let type = types.first(where: { $0.rawValue == word }) else {
      if let meant = Parser.typeElsewhere(word) {
        throw report(
          .unknownWord, "`\(word)` is not a measure's type", at: here,
          repairs: [.replacing(here, with: meant.rawValue)])
      }
      throw report(
        .unknownWord, "`\(word)` is not a measure's type", at: here,
        fix: Suggestion.question(word, among: types.map(\.rawValue))
          ?? Wording.list(types.map(\.rawValue), "or"),
        repairs: Suggestion.repairs(word, at: here, among: types.map(\.rawValue)))
    }
    advance()
    return Written(value: type, span: start)
  }

  private mutating func basis() throws(Reported) -> Written<Basis>? {
    let start = here
    for basis in Basis.allCases {
      let words = basis.rawValue.split(separator: " ").map(String.init)
      guard isAt(words[0]) else { continue }
      if !words.enumerated().allSatisfy({ token(ahead: $0)?.isWord($1) == true }), let other = basisInOtherWords() {
        throw other
      }
      advance()
      for word in words.dropFirst() { try expect(word: word, "as in `\(basis.rawValue)`") }
      return Written(value: basis, span: span(from: start))
    }
    return nil
  }
}
