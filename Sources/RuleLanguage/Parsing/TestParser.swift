import Diagnostics
import Finance

// `test overspend "…"`: its first line, headings and rows of its grids, and what it expects.

extension Parser {
  mutating func testHeading() throws(Reported) -> TestSyntax {
    let start = here
    advance()
    let rule = try expectName("the name of the rule under test")
    let title = try expectPlainText("the test's title")
    try finish()
    return TestSyntax(rule: rule, title: title, steps: [], span: span(from: start))
  }

  /// `drop 2014-02-10`
  mutating func dropDay() throws(Reported) -> Written<Day> {
    advance()
    return try day("the day on which it came")
  }

  /// `absent unchanged`
  mutating func absence() throws(Reported) -> Written<TestSyntax.Absence> {
    advance()
    let place = here
    let word = try expect(
      oneOf: Words.absences, "what a cell that is left out means: \(Wording.list(Words.absences, "or"))")
    try finish()
    guard let absence = TestSyntax.Absence(rawValue: word) else { preconditionFailure("one of these was expected") }
    return Written(value: absence, span: place)
  }

  private mutating func day(_ what: String) throws(Reported) -> Written<Day> {
    guard case .date(let day) = current?.kind else { throw expected("\(what), as in 2014-02-10") }
    let place = here
    advance()
    return Written(value: day, span: place)
  }

  // MARK: Grids

  /// `organisation | kind | measure | 2013-14 M6`
  mutating func gridHeading() throws(Reported) -> GridSyntax {
    let start = here
    var columns = [try gridColumn()]
    while take(.bar) { columns.append(try gridColumn()) }
    try finish()
    return GridSyntax(columns: columns, rows: [], span: span(from: start))
  }

  private mutating func gridColumn() throws(Reported) -> GridSyntax.Column {
    if let reported = monthBeforeYear() { throw reported }
    if current?.isYear == true { return .period(try yearOrPeriod()) }
    // Words of the language elsewhere; here they are what every grid may have.
    if let word = currentWord, word == "measure" || word == "successors" {
      let column = Name(text: word, span: here)
      advance()
      return .name(column)
    }
    return .name(try expectName("a column: organisation, an attribute, a dimension, measure, or a period"))
  }

  /// The cells between the bars; `count` of them.
  mutating func gridRow(_ count: Int, heading: Span) throws(Reported) -> [Written<GridSyntax.Cell>] {
    let start = here
    var cells = [try gridCell()]
    while take(.bar) { cells.append(try gridCell()) }
    try finish()
    guard cells.count == count else {
      throw report(
        .rowUnlikeHeading, "the row has \(Wording.count(cells.count, "cell")), its heading \(count)",
        at: span(from: start), also: [Diagnostic.Label(heading, Wording.count(count, "column"))],
        fix: "a bar between any two cells; one that is empty was not returned")
    }
    return cells
  }

  private mutating func gridCell() throws(Reported) -> Written<GridSyntax.Cell> {
    guard let token = current, !token.isSymbol(.bar) else {
      // Where the row ends, or the next bar stands.
      return Written(value: .blank, span: here)
    }
    if token.isSymbol(.minus), self.token(ahead: 1).map({ $0.isSymbol(.bar) }) ?? true {
      advance()
      return Written(value: .blank, span: token.span)
    }
    if let word = currentWord, word != "true", word != "false" {
      advance()
      return Written(value: .name(word), span: token.span)
    }
    if let reported = negativeInBrackets() { throw reported }
    let literal = try signedLiteral("a cell")
    return Written(value: .literal(literal.value), span: literal.span)
  }

  /// `(£5,000)`, as accounts write what is below zero.
  private func negativeInBrackets() -> Reported? {
    guard token(ahead: 0)?.isSymbol(.open) == true, let number = token(ahead: 1), let close = token(ahead: 2),
      close.isSymbol(.close)
    else { return nil }
    switch number.kind {
    case .money, .number, .percent, .points: break
    default: return nil
    }
    let span = Span(text: text, start: here.start, end: close.span.end)
    let written = String(decoding: source.bytes[Int(number.span.start)..<Int(number.span.end)], as: UTF8.self)
    return report(
      .expectedSomethingElse, "what is below zero has a minus; brackets do not make it so", at: span,
      repairs: [.replacing(span, with: "-" + written)])
  }

  // MARK: Expectations

  /// `expect "Wessex" at 2013-14 M8 as of 2014-03-31 red "9.9%"`
  mutating func expectation() throws(Reported) -> TestSyntax.Expectation {
    let start = here
    advance()
    let subject = try testSubject()
    try expect(word: "at", "and the period")
    let at = try yearOrPeriod()
    let asOf = take("as", "of") ? try day("the day as of which it is asked") : nil
    let stateStart = here
    let state = try testState()
    let stateSpan = span(from: stateStart)
    let value = current == nil ? nil : try expectPlainText("the watched value as it is shown")
    try finish()
    return TestSyntax.Expectation(
      subject: subject, at: at, asOf: asOf, state: Written(value: state, span: stateSpan), value: value,
      span: span(from: start))
  }

  private mutating func testSubject() throws(Reported) -> TestSyntax.Subject {
    if isAt("overall") {
      let place = here
      advance()
      return .overall(place)
    }
    let endsName = { (token: Token) in token.isWord("at") || token.isWord("and") }
    var keys = [try expectPlainText("the subject's name", until: endsName)]
    while take("and") { keys.append(try expectPlainText("the subject's name", until: endsName)) }
    return .keys(keys)
  }

  private mutating func testState() throws(Reported) -> TestSyntax.State {
    switch try expect(oneOf: Words.states, "a state: \(Wording.list(Words.states, "or", most: 20))") {
    case "quiet": .quiet
    case "pending": .pending(try severity())
    case "info": .firing(.info)
    case "amber": .firing(.amber)
    case "red": .firing(.red)
    case "unknown": .unknown
    case "stale": .stale
    case "suppressed": .suppressed
    case "withdrawn": .withdrawn
    default: .closed
    }
  }
}
