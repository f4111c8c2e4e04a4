import Diagnostics

// Expressions, loosest first: or, and, not, comparison, sum, product, unary.

extension Parser {
  mutating func expression() throws(Reported) -> Expression {
    try descend()
    defer { depth -= 1 }
    var left = try conjunction()
    while takeOperator("or") {
      let right = try conjunction()
      left = try joined(.or, left, right)
    }
    return left
  }

  private mutating func conjunction() throws(Reported) -> Expression {
    var left = try negation()
    while takeOperator("and") {
      let right = try negation()
      left = try joined(.and, left, right)
    }
    return left
  }

  private mutating func negation() throws(Reported) -> Expression {
    let start = here
    guard takeOperator("not") else { return try comparison() }
    try descend()
    defer { depth -= 1 }
    let operand = try negation()
    return Expression(.not(operand), span: span(from: start), over: [operand])
  }

  private mutating func comparison() throws(Reported) -> Expression {
    let left = try sum()
    if case .symbol(let symbol) = current?.kind, let comparison = Comparison(rawValue: symbol.rawValue) {
      let written = here
      advance()
      if symbol == .equal, take(.equal) {
        throw report(
          .expectedSomethingElse, "two values are compared with one `=`", at: span(from: written),
          repairs: [.replacing(span(from: written), with: "=")])
      }
      let right = try sum()
      return try joined(.compare(comparison), left, right)
    }
    if let reported = comparisonInWords() ?? comparisonOfTextParts() { throw reported }
    if takeOperator("is") {
      let comparison: Comparison = takeOperator("not") ? .notEqual : .equal
      let right = try sum()
      return try joined(.compare(comparison), left, right)
    }
    if isAt("not", "between") {
      let written = String(
        decoding: source.bytes[Int(left.span.start)..<Int(left.span.end)], as: UTF8.self)
      let words = Span(text: text, start: here.start, end: token(ahead: 1)?.span.end ?? here.end)
      findings.add(
        .expectedSomethingElse, "`not` stands before the whole of `between`", at: words,
        fix: "not \(written) between …",
        repairs: [
          Repair(
            "not \(written) between …",
            [Edit(Span(text: text, start: left.span.start, end: left.span.start), "not "), Edit(words, "between")])
        ])
      advance()
    }
    if takeOperator("between") {
      let low = try sum()
      guard takeOperator("and") else { throw expected("`and` between the two bounds") }
      let high = try sum()
      return Expression(.between(left, low, high), span: span(from: left.span), over: [left, low, high])
    }
    let negated = isAt("not", "in")
    // `in same region` belongs to a population, not to the expression before it.
    if negated || (isAt("in") && !isAt("in", "same")) {
      _ = take("not")
      _ = take("in")
      try expect(.open, "before the list of values")
      var values = [try sum()]
      while take(.comma) { values.append(try sum()) }
      if case .text? = current?.kind {
        throw report(
          .expectedSomethingElse, "a comma stands between two values of a list", at: here, fix: "(\"A\", \"B\")")
      }
      try expect(.close, "after the list of values")
      guard values.count <= Parser.longestList else {
        throw report(
          .nestedTooDeep, "the list has \(values.count) values, more than \(Parser.longestList)",
          at: span(from: left.span), fix: "what they have in common: an attribute, or a column of a table")
      }
      return Expression(
        .isIn(left, values, negated: negated), span: span(from: left.span), over: [left] + values)
    }
    return left
  }

  /// `exceeds`, `is greater than`, `is not more than`: a comparison that is said rather than written.
  private func comparisonInWords() -> Reported? {
    let first = isAt("is") ? 1 : 0
    guard case .word(let word)? = token(ahead: first)?.kind, let meant = Words.comparisonsInWords[word],
      token(ahead: first + 1)?.isSymbol(.open) != true || first == 0, let last = token(ahead: first)
    else { return nil }
    var span = Span(text: text, start: here.start, end: last.span.end)
    for filler in ["than", "or", "equal", "to"] {
      let next = (first + 1...first + 4).lazy.compactMap { self.token(ahead: $0) }.first { $0.span.start > span.end }
      if let next, next.isWord(filler) { span.end = next.span.end }
    }
    let written = String(decoding: source.bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
    let sign = written.hasSuffix("equal to") && meant != "=" ? meant + "=" : meant
    return report(
      .unknownWord, "a comparison is written with a sign", at: span, repairs: [.replacing(span, with: sign)])
  }

  /// A word between values. In capitals, as other languages write it, it is reported and taken as what it is.
  mutating func takeOperator(_ word: String) -> Bool {
    if take(word) { return true }
    guard let written = currentWord, written.utf8.count == word.utf8.count, written.lowercased() == word else {
      return false
    }
    findings.add(
      .unknownWord, "`\(word)` is written in small letters", at: here, repairs: [.replacing(here, with: word)])
    advance()
    return true
  }

  /// A sum: what a band's bound is.
  mutating func sum() throws(Reported) -> Expression {
    var left = try product()
    while let token = current, token.isSymbol(.plus) || token.isSymbol(.minus) {
      if token.isSymbol(.minus), !(token.spaceBefore && token.spaceAfter) {
        reportCrampedMinus(token)
      }
      advance()
      let right = try product()
      left = try joined(token.isSymbol(.plus) ? .add : .subtract, left, right)
    }
    return left
  }

  private func reportCrampedMinus(_ minus: Token) {
    let spaced = (minus.spaceBefore ? "" : " ") + "-" + (minus.spaceAfter ? "" : " ")
    findings.add(
      .crampedMinus, "a minus between two values has a space on both sides", at: minus.span,
      repairs: [Repair("` - `", [Edit(minus.span, spaced)])])
  }

  private mutating func product() throws(Reported) -> Expression {
    var left = try unary()
    while let token = current, token.isSymbol(.times) || token.isSymbol(.over) || isShareOf(left) {
      if token.isWord("of") {
        findings.add(
          .unknownWord, "a share of something is written with `*`", at: token.span,
          repairs: [.replacing(token.span, with: "*")])
      }
      advance()
      let right = try unary()
      left = try joined(token.isSymbol(.over) ? .divide : .multiply, left, right)
    }
    return left
  }

  /// `5% of plan`
  private func isShareOf(_ value: Expression) -> Bool {
    if case .literal(.percent) = value.kind { isAt("of") } else { false }
  }

  private mutating func unary() throws(Reported) -> Expression {
    let start = here
    guard take(.minus) else { return try postfix() }
    let operand = try postfix()
    return Expression(.negated(operand), span: span(from: start), over: [operand])
  }

  private mutating func postfix() throws(Reported) -> Expression {
    var result = try primary()
    while true {
      if take(.dot) {
        guard case .word(let member) = current?.kind else { throw expected("a name after the point") }
        let name = Name(text: member, span: here)
        advance()
        result = Expression(.member(result, name), span: span(from: result.span), over: [result])
      } else if take(.openBracket) {
        let slice = try expression()
        try expect(.closeBracket, "after the slice")
        result = Expression(.slice(result, slice), span: span(from: result.span), over: [result, slice])
      } else {
        return result
      }
      try limit(result)
    }
  }

  // MARK: What everything is made of

  private mutating func primary() throws(Reported) -> Expression {
    let start = here
    func literal(_ literal: Literal) -> Expression { Expression(.literal(literal), span: span(from: start)) }
    switch current?.kind {
    case .money(let number, let currency):
      advance()
      return literal(.money(number, currency: currency))
    case .percent(let number):
      advance()
      return literal(.percent(number))
    case .points(let number):
      advance()
      return literal(.points(number))
    case .number(let number):
      if case .month = token(ahead: 1)?.kind { return literal(try period()) }
      if token(ahead: 1)?.isWord("periods") == true || token(ahead: 1)?.isWord("period") == true {
        let count = try expectWhole("a number of periods", in: 1...120)
        advance()
        return literal(.periods(count.value))
      }
      advance()
      return literal(.number(number))
    case .year:
      return literal(try period())
    case .date(let day):
      advance()
      return literal(.date(day))
    case .text:
      return literal(.text(try expectPlainText("a value").value))
    case .symbol(.open):
      advance()
      var inner = try expression()
      try expect(.close, "to close the parenthesis")
      // What is said of it, or written in its place, takes the parentheses along.
      inner.span = span(from: start)
      return inner
    case .word(let word):
      return try named(word)
    case .month:
      throw monthBeforeYear() ?? expected("a value")
    case .symbol(.times) where previous?.isSymbol(.times) == true:
      throw report(
        .expectedSomethingElse, "`**` has no meaning here", at: here, fix: Lexer.powers)
    default:
      throw expected("a value")
    }
  }

  private mutating func named(_ word: String) throws(Reported) -> Expression {
    let start = here
    let isCalled = token(ahead: 1)?.isSymbol(.open) == true
    if let other = functionInTwoWords() { throw other }
    switch word {
    case "true", "false":
      advance()
      return Expression(.literal(.truth(word == "true")), span: start)
    case _ where Words.aggregates.contains(word) && isCalled:
      return try aggregate(word)
    case _ where Words.aggregates.contains(word):
      throw expected("a value", fix: "\(word)(… over organisation)")
    case _ where Words.reserved.contains(word):
      throw expected("a value")
    case _ where isCalled:
      if let other = foreignWord(word) ?? aggregateOfAnotherName(word) { throw other }
      advance()
      let arguments = try arguments()
      return Expression(
        .call(Name(text: word, span: start), arguments), span: span(from: start), over: arguments)
    case _ where functions.contains(word):
      throw report(
        .wrongArguments, "`\(word)` is a function and stands before its arguments", at: start, fix: "\(word)(…)")
    default:
      guard Parser.isName(word) else {
        let isCompared =
          ["is", "not", "in"].contains { previous?.isWord($0) == true } || previous?.isSymbol(.equal) == true
        if !isCompared, let other = foreignWord(word) { throw other }
        throw report(
          .notAName,
          isCompared
            ? "a text that is compared stands in quotation marks"
            : "a name is of small letters, digits and `_`, a letter first", at: start,
          repairs: [.replacing(start, with: isCompared ? "\"\(word)\"" : word.lowercased())])
      }
      if let name = takeHyphenatedName() { return name }
      advance()
      return Expression(.name(word), span: start)
    }
  }

  /// `average(forecast over peers)`
  private func aggregateOfAnotherName(_ word: String) -> Reported? {
    guard let meant = Words.synonymsOfAggregates[word.lowercased()] else { return nil }
    var (depth, ahead) = (0, 1)
    while let token = token(ahead: ahead) {
      if token.isSymbol(.open) { depth += 1 }
      if token.isSymbol(.close) { depth -= 1 }
      if depth == 0 { return nil }
      if depth == 1, token.isWord("over") {
        return report(
          .unknownFunction, "there is no function `\(word)`", at: here,
          fix: "did you mean \(Wording.list(meant.map { Wording.quoted($0) }, "or"))?",
          repairs: meant.map { .replacing(here, with: $0) })
      }
      ahead += 1
    }
    return nil
  }

  /// A word of the language in capitals, where a value is to stand.
  private func foreignWord(_ word: String) -> Reported? {
    let small = word.lowercased()
    guard small != word,
      Words.operators.contains(small) || functions.contains(small) || Words.aggregates.contains(small)
    else { return nil }
    return report(
      .unknownWord, "`\(small)` is written in small letters", at: here, repairs: [.replacing(here, with: small)])
  }

  private mutating func arguments() throws(Reported) -> [Expression] {
    try expect(.open, "before the arguments")
    if take(.close) { return [] }
    var arguments = [try argument()]
    while take(.comma) { arguments.append(try argument()) }
    try expect(.close, "after the arguments")
    return arguments
  }

  /// An expression, or `from` and the period at which a sum starts.
  private mutating func argument() throws(Reported) -> Expression {
    let start = here
    // A measure may be called `from`.
    guard isAt("from"), let next = token(ahead: 1), next.isYear else { return try expression() }
    advance()
    let first = here
    let period = Expression(.literal(try self.period()), span: span(from: first))
    return Expression(.from(period), span: span(from: start), over: [period])
  }

  // MARK: Years and periods

  /// `2013-14 M8`; `2025 M8` where years start in January.
  mutating func period() throws(Reported) -> Literal {
    let year = try self.year()
    guard let month = takeMonth() else {
      if current?.kind == .broken { throw Reported() }
      throw report(.malformedPeriod, "a year alone is no period", at: year.span, fix: "with its month, as in M8")
    }
    return .period(year, month: month)
  }

  /// `2013-14`, or a number of four digits.
  mutating func year() throws(Reported) -> WrittenYear {
    let span = here
    switch current?.kind {
    case .year(let year):
      advance()
      return WrittenYear(year: year, isSplit: true, span: span)
    case .number(let number):
      guard let year = number.whole, (1900...2999).contains(year) else { throw expected("a year") }
      advance()
      return WrittenYear(year: Int(year), isSplit: false, span: span)
    default:
      throw expected("a year")
    }
  }

  mutating func takeMonth() -> Int? {
    if case .month(let month) = current?.kind {
      advance()
      return month
    }
    // `m8`, `P08`: behind a year it is a month.
    guard let word = currentWord, word.utf8.count <= 3, ["m", "p", "P"].contains(word.prefix(1)),
      let month = Int(word.dropFirst()), (0...13).contains(month)
    else { return nil }
    findings.add(
      .malformedPeriod, "a month is written M0 to M13", at: here, repairs: [.replacing(here, with: "M\(month)")])
    advance()
    return month
  }

  /// `M8 2013-14`: the year goes before its month.
  func monthBeforeYear() -> Reported? {
    guard case .month(let month) = current?.kind, let year = token(ahead: 1), year.isYear else { return nil }
    let span = Span(text: text, start: here.start, end: year.span.end)
    let written = String(decoding: source.bytes[Int(year.span.start)..<Int(year.span.end)], as: UTF8.self)
    return report(
      .malformedPeriod, "a period is written with its year first", at: span,
      repairs: [.replacing(span, with: "\(written) M\(month)")])
  }

  // MARK: Bounds

  /// One level deeper.
  private mutating func descend() throws(Reported) {
    guard depth < Parser.deepest else {
      throw report(
        .nestedTooDeep, "the expression is nested more than \(Parser.deepest) deep", at: here,
        fix: "name its parts with `let`")
    }
    depth += 1
  }

  private func joined(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression
  ) throws(Reported) -> Expression {
    let result = Expression(.binary(operation, left, right), span: span(from: left.span), over: [left, right])
    try limit(result)
    return result
  }

  private func limit(_ expression: Expression) throws(Reported) {
    guard expression.depth <= Parser.longestChain else {
      throw report(
        .nestedTooDeep, "the expression has more than \(Parser.longestChain) parts in a row",
        at: Span(text: text, start: expression.span.start, end: expression.span.start + 1),
        fix: "name its parts with `let`")
    }
  }
}
