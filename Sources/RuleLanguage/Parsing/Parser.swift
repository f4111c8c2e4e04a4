import Diagnostics

/// What is wrong has been reported; the clause or declaration is given up.
struct Reported: Error {}

/// Reads one declaration or one clause: a run of tokens that ends where the next one starts. Its parts stand in
/// extensions: expressions, populations, templates, clauses, declarations.
struct Parser {
  let source: SourceText
  let text: Int32
  let findings: Findings
  /// Names of library functions: nothing else may have them.
  let functions: Set<String>
  private let tokens: ArraySlice<Token>
  private var index: Int
  /// What the files declare, where a name may be written with hyphens.
  var declared: DeclaredNames?
  /// How many expressions stand open around the place being read.
  var depth = 0

  /// Deeper than any sentence that a person can follow, and shallow enough for the stack.
  static let deepest = 100
  /// A chain `a + b + …` is as deep as it is long.
  static let longestChain = 200
  /// Each value of `in (…)` is a comparison that the next one stands upon.
  static let longestList = 400

  init(
    _ tokens: ArraySlice<Token>, of source: SourceText, text: Int32, findings: Findings, functions: Set<String>
  ) {
    self.tokens = tokens
    self.source = source
    self.text = text
    self.findings = findings
    self.functions = functions
    index = tokens.startIndex
  }

  func parser(of hole: Range<Int>) -> Parser {
    let tokens = Lexer.tokens(of: source, text: text, hole: hole, findings: findings)
    var parser = Parser(tokens[...], of: source, text: text, findings: findings, functions: functions)
    parser.declared = declared
    return parser
  }

  // MARK: Where it stands

  var current: Token? { index < tokens.endIndex ? tokens[index] : nil }
  func token(ahead count: Int) -> Token? { index + count < tokens.endIndex ? tokens[index + count] : nil }
  /// The last token taken.
  var previous: Token? { index > tokens.startIndex ? tokens[index - 1] : nil }

  /// From a place to the last token taken.
  func span(from start: Span) -> Span {
    Span(text: text, start: start.start, end: max(start.end, previous?.span.end ?? start.end))
  }

  /// Where the next token stands, or directly behind the last.
  var here: Span {
    if let current { return current.span }
    let end = tokens.last?.span.end ?? 0
    return Span(text: text, start: end, end: end)
  }

  // MARK: Taking

  mutating func advance() { index += 1 }

  mutating func take(_ symbol: Token.Symbol) -> Bool {
    guard current?.isSymbol(symbol) == true else { return false }
    advance()
    return true
  }

  /// All of these words in a row, or none of them.
  mutating func take(_ words: String...) -> Bool {
    for (offset, word) in words.enumerated() where token(ahead: offset)?.isWord(word) != true { return false }
    index += words.count
    return true
  }

  func isAt(_ words: String...) -> Bool {
    words.enumerated().allSatisfy { token(ahead: $0.offset)?.isWord($0.element) == true }
  }

  var currentWord: String? {
    if case .word(let word) = current?.kind { word } else { nil }
  }

  mutating func expect(_ symbol: Token.Symbol, _ why: String) throws(Reported) {
    guard take(symbol) else { throw expected("`\(symbol.rawValue)` \(why)") }
  }

  mutating func expect(word: String, _ why: String) throws(Reported) {
    guard take(word) else { throw expected("`\(word)` \(why)") }
  }

  /// One of several words; a near miss is asked about.
  mutating func expect(oneOf words: [String], _ what: String) throws(Reported) -> String {
    guard let word = currentWord else { throw expected(what) }
    guard words.contains(word) else {
      throw report(
        .unknownWord, "expected \(what), found `\(word)`", at: here,
        fix: Suggestion.question(word, among: words) ?? Wording.list(words, "or"),
        repairs: Suggestion.repairs(word, at: here, among: words))
    }
    advance()
    return word
  }

  mutating func expectText(
    _ what: String, until endsText: (Token) -> Bool = { _ in false }
  ) throws(Reported) -> (parts: [TextPart], span: Span) {
    guard case .text(let parts) = current?.kind else { throw expectedText(what, until: endsText) }
    let span = here
    advance()
    return (parts, span)
  }

  /// A text that is shown as it is: without holes.
  ///
  /// - Parameter endsText: what may follow the text, so that it is not taken for a part of one without quotation marks.
  mutating func expectPlainText(
    _ what: String, until endsText: (Token) -> Bool = { _ in false }
  ) throws(Reported) -> Written<String> {
    let (parts, place) = try expectText(what, until: endsText)
    var result = ""
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .hole(let range):
        throw report(
          .holeOutOfPlace, "\(what) is shown as it is; holes stand in `message` and `detail`",
          at: Span(text: text, start: Int32(range.lowerBound) - 1, end: Int32(range.upperBound) + 1),
          fix: "{{ and }} for braces")
      }
    }
    return Written(value: result, span: place)
  }

  mutating func expectWhole(_ what: String, in range: ClosedRange<Int>) throws(Reported) -> Written<Int> {
    if let word = currentWord, let number = Words.numbers.firstIndex(of: word.lowercased()) {
      throw report(
        .expectedSomethingElse, "expected \(what) in digits", at: here,
        repairs: [.replacing(here, with: "\(number + 1)")])
    }
    guard case .number(let number) = current?.kind else { throw expected(what) }
    let place = here
    guard let whole = number.whole.map(Int.init), range.contains(whole) else {
      throw report(.outOfRange, "\(what) is a whole number from \(range.lowerBound) to \(range.upperBound)", at: place)
    }
    advance()
    return Written(value: whole, span: place)
  }

  /// A name being given or used.
  mutating func expectName(_ what: String) throws(Reported) -> Name {
    guard let word = currentWord else { throw expected(what) }
    if let reported = hyphenatedName() { throw reported }
    let span = here
    if Words.reserved.contains(word) || functions.contains(word) {
      throw report(
        .notAName, "`\(word)` is a word of the language and cannot be \(what)", at: span, fix: "another name")
    }
    guard Parser.isName(word) else {
      throw report(
        .notAName, "a name is of small letters, digits and `_`, a letter first", at: span,
        repairs: naming(word.lowercased(), at: span))
    }
    advance()
    return Name(text: word, span: span)
  }

  /// The same as a name, where it can be one.
  private func naming(_ word: String, at span: Span) -> [Repair] {
    guard Parser.isName(word), !Words.reserved.contains(word), !functions.contains(word) else { return [] }
    return [.replacing(span, with: word)]
  }

  /// `Spent-to-date`: words that hyphens join without a space, which no name has. Nil where none do.
  private func hyphenatedName() -> Reported? {
    guard let (written, span) = hyphenated(), span != here else { return nil }
    let meant = written.lowercased().replacing("-", with: "_")
    return report(
      .notAName, "a name is of small letters, digits and `_`, a letter first", at: span, "no hyphens",
      repairs: naming(meant, at: span))
  }

  /// `spent-to-date` where `spent_to_date` is declared: taken as that name, which is reported.
  mutating func takeHyphenatedName() -> Expression? {
    guard let declared, let (written, span) = hyphenated(), span != here else { return nil }
    let meant = written.replacing("-", with: "_")
    guard declared.contains(meant) else { return nil }
    findings.add(
      .notAName, "a name has underscores, no hyphens", at: span, repairs: [.replacing(span, with: meant)])
    while let current, current.span.start < span.end { advance() }
    return Expression(.name(meant), span: span)
  }

  /// The words from here on that hyphens alone stand between, as they are written.
  func hyphenated() -> (written: String, span: Span)? {
    guard case .word = current?.kind, var last = current else { return nil }
    var ahead = 1
    while let hyphen = token(ahead: ahead), let next = token(ahead: ahead + 1), hyphen.isSymbol(.minus),
      hyphen.span.start == last.span.end, next.span.start == hyphen.span.end
    {
      switch next.kind {
      case .word, .number: last = next
      default: return nil
      }
      ahead += 2
    }
    let span = Span(text: text, start: here.start, end: last.span.end)
    return (String(decoding: source.bytes[Int(span.start)..<Int(span.end)], as: UTF8.self), span)
  }

  static func isName(_ word: String) -> Bool {
    guard let first = word.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
    return !word.utf8.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
  }

  /// What stands to the line's end was meant as the text, where it has no quotation mark of its own.
  private func expectedText(_ what: String, until endsText: (Token) -> Bool) -> Reported {
    let what = what + " in quotation marks"
    guard case .word = current?.kind, let first = current else { return expected(what) }
    var last = first
    var ahead = 1
    while let next = token(ahead: ahead), next.indent == nil, !endsText(next) {
      // Where a text or something broken follows, it is not clear what is meant.
      switch next.kind {
      case .text, .broken: return expected(what)
      default: last = next
      }
      ahead += 1
    }
    let span = Span(text: text, start: first.span.start, end: last.span.end)
    let written = String(decoding: source.bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
    return report(
      .expectedSomethingElse, "expected \(what), found `\(written)`", at: span,
      repairs: [.replacing(span, with: "\"\(written)\"")])
  }

  // MARK: Reporting

  func report(
    _ code: RuleCode, _ message: String, at span: Span, _ label: String = "", also: [Diagnostic.Label] = [],
    fix: @autoclosure () -> String? = nil, repairs: @autoclosure () -> [Repair] = []
  ) -> Reported {
    findings.add(code, message, at: span, label, also: also, fix: fix(), repairs: repairs())
    return Reported()
  }

  /// That something else was to stand here. What is broken has been reported already.
  func expected(_ what: String, fix: String? = nil) -> Reported {
    guard let current else {
      return report(.expectedSomethingElse, "expected \(what)", at: here, fix: fix)
    }
    if current.kind == .broken { return Reported() }
    return report(.expectedSomethingElse, "expected \(what), found \(shown(current))", at: current.span, fix: fix)
  }

  /// Nothing more may stand in this declaration or clause.
  func finish() throws(Reported) {
    guard let current, current.kind != .broken else {
      if current != nil { throw Reported() }
      return
    }
    if case .symbol(let symbol) = current.kind,
      [.less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual]
        .contains(symbol)
    {
      throw report(
        .chainedComparison, "one comparison has two sides", at: current.span,
        fix: "a < b and b < c, or b between a and c")
    }
    if let indent = current.indent, let word = currentWord,
      Words.clauses.contains(where: { $0.split(separator: " ").first.map(String.init) == word })
    {
      throw report(
        .misplacedLine, "a deeper line continues the clause above it", at: current.span,
        "indented by \(indent)", fix: "indent `\(word)` like the rule's first clause")
    }
    throw report(.expectedSomethingElse, "nothing more is expected here, found \(shown(current))", at: current.span)
  }

  func shown(_ token: Token) -> String {
    let bytes = source.bytes[Int(token.span.start)..<Int(token.span.end)]
    let written = String(decoding: bytes.prefix(40), as: UTF8.self)
    return bytes.count > 40 ? "`\(written)…`" : "`\(written)`"
  }
}
