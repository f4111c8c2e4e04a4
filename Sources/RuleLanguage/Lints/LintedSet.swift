import Diagnostics
import Finance

/// A rule set in which nothing is wrong, as lints look at it: what was written beside what it means.
struct LintedSet: Sendable {
  let tree: SyntaxTree
  let texts: [SourceText]
  let program: Program
  let today: Day
  /// Those at the left margin, by name.
  let lets: [String: LetSyntax]
  private let meanings: [String: Rule]

  init(tree: SyntaxTree, texts: [SourceText], program: Program, today: Day) {
    self.tree = tree
    self.texts = texts
    self.program = program
    self.today = today
    lets = Self.byName(tree.lets)
    meanings = Dictionary(program.rules.map { ($0.name, $0) }) { first, _ in first }
  }

  var rules: [LintedRule] {
    tree.rules.compactMap { syntax in
      meanings[syntax.name.text].map { LintedRule(syntax: syntax, meaning: $0, all: self) }
    }
  }

  /// Every name that is mentioned from here on, through these lets alone.
  static func names(from mentioned: Set<String>, through lets: [String: LetSyntax]) -> Set<String> {
    var open = Array(mentioned)
    var seen = mentioned
    while let name = open.popLast() {
      for other in lets[name]?.value.mentions ?? [] where seen.insert(other).inserted { open.append(other) }
    }
    return seen
  }

  /// Those of these lets that mention a name that is looked for, directly or not.
  static func names(of lets: some Collection<LetSyntax>, reaching isLookedFor: (String) -> Bool) -> Set<String> {
    var readers: [String: [String]] = [:]
    var open: [String] = []
    for binding in lets {
      for name in binding.value.mentions {
        if isLookedFor(name) {
          open.append(binding.name.text)
        } else {
          readers[name, default: []].append(binding.name.text)
        }
      }
    }
    var found: Set<String> = []
    while let name = open.popLast() {
      if found.insert(name).inserted { open += readers[name] ?? [] }
    }
    return found
  }

  static func byName(_ lets: [LetSyntax]) -> [String: LetSyntax] {
    Dictionary(lets.map { ($0.name.text, $0) }) { first, _ in first }
  }
}

/// One rule as it was written, and what it means.
struct LintedRule: Sendable {
  let syntax: RuleSyntax
  let meaning: Rule
  let all: LintedSet

  var program: Program { all.program }
  var printer: NodePrinter { NodePrinter(program, names: meaning.names) }
  /// What decides the result, beside the bands.
  var conditions: [NodeID] {
    [meaning.onlyWhen].compactMap { $0 } + meaning.breaches.filter { $0.band == nil }.map(\.test)
  }

  func clause(_ word: String) -> Clause? { syntax.clauses.first { $0.kind.word == word } }
  func clauses(_ word: String) -> [Clause] { syntax.clauses.filter { $0.kind.word == word } }

  /// A line more, behind the line on which a clause (the rule, for nil) ends.
  func adding(_ line: String, after clause: Clause? = nil) -> Edit {
    let text = all.texts[Int(syntax.span.text)]
    let last = clause ?? syntax.clauses.last
    let end = text.lineRange(text.lineNumber(of: Int(last?.span.end ?? syntax.span.end))).upperBound
    let place = Span(text: syntax.span.text, start: Int32(end), end: Int32(end))
    return Edit(place, "\n" + margin + line)
  }

  /// How far its clauses are indented.
  var margin: String {
    guard let first = syntax.clauses.first else { return "  " }
    let text = all.texts[Int(first.span.text)]
    let start = text.lineRange(text.lineNumber(of: Int(first.span.start))).lowerBound
    return String(repeating: " ", count: max(0, Int(first.span.start) - start))
  }

  func written(_ span: Span) -> String {
    String(decoding: all.texts[Int(span.text)].bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
  }
}
