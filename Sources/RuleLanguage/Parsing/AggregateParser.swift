import Diagnostics

// `share(position < £0 over organisation where kind is "PCT")`, and who is counted.

extension Parser {
  mutating func aggregate(_ word: String) throws(Reported) -> Expression {
    let start = here
    advance()
    try expect(.open, "after `\(word)`")
    let kind: AggregateSyntax.Kind = Aggregate(rawValue: word).map { .value($0) } ?? .names

    var value: Expression?
    let population: PopulationSyntax
    if let head = populationHead() {
      guard kind == .value(.count) else {
        throw report(
          .expectedSomethingElse, "`\(word)` says what it takes of whom", at: head.span,
          fix: Words.relations.contains(head.text) || head.text == "organisation"
            ? "\(word)(… over \(head.text))" : "\(word)(\(head.text) over organisation where …)")
      }
      population = try self.population()
    } else {
      value = try expression()
      guard takeOperator("over") else {
        throw expected(
          "`over` and whom the `\(word)` is taken over", fix: "\(word)(… over organisation where …)")
      }
      population = try self.population()
    }

    var by: Expression?
    var first: Written<Int>?
    if kind == .names {
      if take("by") { by = try expression() }
      if take("first") { first = try expectWhole("how many are named", in: 1...1_000) }
    }
    try expect(.close, "after the members")
    let operands = [value, population.condition, by].compactMap { $0 }
    return Expression(
      .aggregate(AggregateSyntax(kind: kind, value: value, population: population, by: by, first: first)),
      span: span(from: start), over: operands)
  }

  /// The name here, if what follows it shows that it names members rather than a value.
  private func populationHead() -> Name? {
    guard let word = currentWord, let next = token(ahead: 1) else { return nil }
    let follows =
      next.isSymbol(.close) || next.isWord("where") || next.isWord("anywhere")
      || (next.isWord("in") && token(ahead: 2)?.isWord("same") == true)
    return follows || Words.relations.contains(word) ? Name(text: word, span: here) : nil
  }

  private mutating func population() throws(Reported) -> PopulationSyntax {
    guard let word = currentWord, Words.relations.contains(word) || !Words.reserved.contains(word) else {
      throw expected("whom it is taken over: organisation, children, peers")
    }
    let head = Name(text: word, span: here)
    advance()
    var result = PopulationSyntax(head: head, isAnywhere: take("anywhere"), span: head.span)
    if take("in", "same") { result.sameAs = try expectName("an attribute") }
    if !result.isAnywhere { result.isAnywhere = take("anywhere") }
    if takeOperator("where") { result.condition = try expression() }
    result.span = span(from: head.span)
    return result
  }
}
