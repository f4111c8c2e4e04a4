import Diagnostics
import Finance

// A rule's first line and its clauses.

extension Parser {
  /// `rule overspend formerly over "Forecast overspend"`, without its clauses.
  mutating func ruleHeading() throws(Reported) -> RuleSyntax {
    let start = here
    advance()
    if case .text(let parts) = current?.kind {
      let title = parts.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined()
      let words = title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "_")
      let name = Parser.isName(words) ? words : "name"
      throw report(
        .expectedSomethingElse, "expected a rule's name before its title", at: here, fix: "rule \(name) \"…\"",
        repairs: [
          Repair(
            "rule \(name) \"…\"", [Edit(Span(text: text, start: here.start, end: here.start), name + " ")],
            isCertain: false)
        ])
    }
    let name = try expectName("a rule's name")
    var formerly: Name?
    if take("formerly") { formerly = try expectName("the rule's former name") }
    let title = try expectPlainText("the rule's title")
    try finish()
    return RuleSyntax(name: name, formerly: formerly, title: title, span: span(from: start), clauses: [])
  }

  mutating func clause() throws(Reported) -> Clause {
    let start = here
    guard let word = currentWord else { throw expected("a clause of the rule") }
    let kind = try clauseKind(word)
    try finish()
    return Clause(kind: kind, span: span(from: start))
  }

  private mutating func clauseKind(_ word: String) throws(Reported) -> Clause.Kind {
    switch word {
    case "for":
      advance()
      if let word = currentWord, ["every", "all", "any"].contains(word) {
        throw report(
          .unknownWord, "expected `each` after `for`", at: here, repairs: [.replacing(here, with: "each")])
      }
      try expect(word: "each", "after `for`")
      return try subjects()
    case "overall":
      advance()
      return .forEach([], where: nil)
    case "effective":
      advance()
      return try effective()
    case "let":
      return .binding(try binding())
    case "only":
      advance()
      try expect(word: "when", "after `only`")
      return .onlyWhen(try expression())
    case "watch":
      advance()
      return .watch(try expression())
    case "info", "amber", "red":
      let severity = try self.severity()
      if take("when") { return .breach(severity, when: try expression()) }
      if isAt("if") {
        throw report(
          .unknownWord, "a severity says `when`, or above, below …", at: here, fix: "when, before a condition")
      }
      let band = try band()
      guard !isAt("for") else {
        throw report(
          .expectedSomethingElse, "for how long stands in a clause of its own", at: here, fix: "persists for 2 periods")
      }
      return .band(severity, band)
    case "coverage":
      advance()
      guard take("at", "least"), case .percent(let share) = current?.kind else {
        throw expected("`coverage at least` and a percentage")
      }
      let place = here
      advance()
      guard share.digits > 0, Quotient(share, power: -2) <= Quotient(1) else {
        throw report(.outOfRange, "coverage is above 0% and at most 100%", at: place)
      }
      return .coverage(Written(value: share, span: place))
    case "persists":
      advance()
      return .persists(try periods())
    case "clears":
      advance()
      let clearing: Clause.Clearing = take("when") ? .when(try expression()) : .band(try band())
      return .clears(clearing, after: isAt("for") ? try periods() : nil)
    case "if":
      advance()
      try expect(word: "unknown", "after `if`")
      return .ifUnknown(try ifUnknown())
    case "message", "detail":
      advance()
      let template = try template("the \(word)")
      return word == "message" ? .message(template) : .detail(template)
    case "runbook", "owner":
      advance()
      let text = try expectPlainText("the \(word)")
      return word == "runbook" ? .runbook(text) : .owner(text)
    case "label":
      advance()
      let name = try expectName("a label's name")
      try expect(.equal, "after the label's name")
      return .label(name, try expectPlainText("a label's text"))
    case "suppress":
      advance()
      try expect(word: "when", "after `suppress`")
      return try suppression()
    default:
      throw report(
        .unknownClause, "a rule has no clause `\(word)`", at: here,
        fix: Suggestion.question(
          word, among: Words.clauseStarts)
          ?? Words.synonymsOfClauses[word.lowercased()].map {
            "did you mean \(Wording.list($0.map { Wording.quoted($0) }, "or"))?"
          }
          ?? Wording.list(Words.clauses, "or", most: 20),
        repairs: Suggestion.repairs(word, at: here, among: Words.clauseStarts))
    }
  }

  private mutating func subjects() throws(Reported) -> Clause.Kind {
    var names = [try expectName("what a subject is: organisation, region, a dimension")]
    while take("and") { names.append(try expectName("what a subject is")) }
    return .forEach(names, where: takeOperator("where") ? try expression() : nil)
  }

  mutating func severity() throws(Reported) -> Severity {
    let word = try expect(oneOf: Words.severities, "a severity: info, amber or red")
    return Severity.allCases.first { $0.word == word } ?? .info
  }

  private mutating func band() throws(Reported) -> Clause.Band {
    if take("above") { return .beyond(.greater, try sum()) }
    if take("below") { return .beyond(.less, try sum()) }
    if take("at", "least") { return .beyond(.greaterOrEqual, try sum()) }
    if take("at", "most") { return .beyond(.lessOrEqual, try sum()) }
    if take("outside") {
      let low = try sum()
      try expect(word: "to", "between the two bounds")
      return .outside(low, try sum())
    }
    if let (span, words) = bandInOtherWords() {
      throw report(
        .expectedSomethingElse, "a band says `\(words)`", at: span, repairs: [.replacing(span, with: words)])
    }
    let words = ["above", "below", "at least", "at most", "outside", "when"]
    if let word = currentWord, !Suggestion.nearest(to: word, among: words).isEmpty {
      throw report(
        .unknownWord, "a band does not know `\(word)`", at: here, fix: Suggestion.question(word, among: words),
        repairs: Suggestion.repairs(word, at: here, among: words))
    }
    throw expected("`above`, `below`, `at least`, `at most`, `outside` or `when`")
  }

  /// `forecast < £1m until 2014-03-31 because "agreed in the plan"`
  private mutating func suppression() throws(Reported) -> Clause.Kind {
    let condition = try expression()
    var until: Clause.Until?
    if take("until") {
      if case .date(let day) = current?.kind {
        until = .date(Written(value: day, span: here))
        advance()
      } else {
        guard current?.isYear == true else { throw expected("a date or a year, as in 2014-03-31 or 2013-14") }
        until = .year(try year())
      }
    }
    guard take("because") else {
      throw expected("`because` and the reason, which the alert shows", fix: "because \"…\"")
    }
    return .suppress(when: condition, until: until, because: try expectPlainText("the reason"))
  }

  /// `amber > 5%`, `red more than £5m`: what a band would say.
  private func bandInOtherWords() -> (Span, String)? {
    if case .symbol(let symbol) = current?.kind, let comparison = Comparison(rawValue: symbol.rawValue),
      comparison != .equal, comparison != .notEqual
    {
      return (here, comparison.bandWords)
    }
    guard let word = currentWord, let meant = Words.bandSynonyms[word] else { return nil }
    var span = here
    for word in ["than", "or"] {
      if let next = token(ahead: 1), next.isWord(word) { span.end = next.span.end }
    }
    return (span, meant)
  }

  /// `for 2 periods`
  private mutating func periods() throws(Reported) -> Written<Int> {
    if case .number = current?.kind {
      findings.add(
        .expectedSomethingElse, "expected `for` and a number of periods", at: here,
        repairs: [Repair("for …", [Edit(Span(text: text, start: here.start, end: here.start), "for ")])])
    } else {
      try expect(word: "for", "and a number of periods")
    }
    let count = try expectWhole("a number of periods", in: 1...120)
    if let word = currentWord, ["month", "months", "quarter", "quarters", "year", "years"].contains(word) {
      throw report(
        .unknownWord, "a rule counts periods, which are months where its measures come monthly", at: here,
        repairs: [.replacing(here, with: count.value == 1 ? "period" : "periods", isCertain: false)])
    }
    guard take("period") || take("periods") else { throw expected("`\(count.value == 1 ? "period" : "periods")`") }
    return count
  }

  private mutating func ifUnknown() throws(Reported) -> Clause.IfUnknown {
    switch try expect(oneOf: ["hold", "raise", "clear"], "what is done: hold, raise or clear") {
    case "hold": .hold(isAt("for") ? try periods() : nil)
    case "raise": .raise(try severity())
    default: .clear
    }
  }

  private mutating func effective() throws(Reported) -> Clause.Kind {
    if take("in") {
      let year = try self.year()
      let whole = YearOrPeriod(year: year, span: year.span)
      return .effective(from: whole, to: whole)
    }
    try expect(word: "from", "or `in` and a year")
    let from = try yearOrPeriod()
    return .effective(from: from, to: take("to") ? try yearOrPeriod() : nil)
  }

  mutating func yearOrPeriod() throws(Reported) -> YearOrPeriod {
    if let reported = monthBeforeYear() { throw reported }
    let year = try self.year()
    return YearOrPeriod(year: year, month: takeMonth(), span: span(from: year.span))
  }
}
