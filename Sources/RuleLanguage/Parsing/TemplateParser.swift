import Diagnostics

// A message: `"{organisation} forecasts {overspent | m} over plan"`.

extension Parser {
  mutating func template(_ what: String) throws(Reported) -> TemplateSyntax {
    let (parts, place) = try expectText(what)
    var result = TemplateSyntax(parts: [], span: place)
    var isBroken = false
    for part in parts {
      switch part {
      case .text(let text):
        result.parts.append(.text(text))
      case .hole(let range):
        // A fault in one hole does not hide those in the next.
        do throws(Reported) { result.parts.append(try hole(range)) } catch { isBroken = true }
      }
    }
    if isBroken { throw Reported() }
    return result
  }

  private func hole(_ range: Range<Int>) throws(Reported) -> TemplateSyntax.Part {
    let braces = Span(text: text, start: Int32(range.lowerBound) - 1, end: Int32(range.upperBound) + 1)
    var parser = parser(of: range)
    guard parser.current != nil else {
      throw report(
        .malformedHole, "the hole is empty", at: braces, fix: "{organisation}, {watched}, or {{ }} for braces")
    }
    let value = try parser.expression()
    var formats: [Name] = []
    while parser.take(.bar) { formats.append(try parser.format()) }
    try parser.finish()
    return .hole(value, formats: formats, span: braces)
  }

  /// `m`, `signed`, `3dp`.
  private mutating func format() throws(Reported) -> Name {
    let start = here
    switch current?.kind {
    case .word(let word):
      advance()
      return Name(text: word, span: start)
    case .decimalPlaces(let count):
      advance()
      return Name(text: "\(count)dp", span: start)
    case .number(let number), .percent(let number):
      // `2`, `0.1`, `2%`: so many decimals.
      let places = number.whole.map(Int.init) ?? number.decimals
      throw report(
        .expectedSomethingElse, "a format says what its number is", at: start,
        fix: (0...6).contains(places) ? nil : "0dp to 6dp",
        repairs: (0...6).contains(places) ? [.replacing(start, with: "\(places)dp")] : [])
    default:
      throw expected("a format: \(Wording.list(Words.formats, "or", most: 20))")
    }
  }
}
