import Diagnostics

/// Reads whole files. A word at the left margin starts a declaration, and a line at the rule's own indentation a clause:
/// whatever is wrong in one of them, the next is read afresh.
struct FileParser {
  private let source: SourceText
  private let text: Int32
  private let findings: Findings
  private let functions: Set<String>

  static func parse(_ sources: [SourceText], functions: Set<String>, findings: Findings) -> SyntaxTree {
    var tree = SyntaxTree()
    for (index, source) in sources.enumerated() {
      FileParser(source: source, text: Int32(index), findings: findings, functions: functions).parse(into: &tree)
    }
    return tree
  }

  private func parse(into tree: inout SyntaxTree) {
    let tokens = Lexer.tokens(of: source, text: text, findings: findings)
    let starts = tokens.indices.filter { tokens[$0].indent == 0 }
    if let first = tokens.first, first.indent != 0, first.kind != .broken {
      findings.add(
        .misplacedLine, "a declaration starts at the left margin", at: first.span,
        repairs: [Repair("without spaces before it", [indenting(first, by: 0)])])
    }
    for (position, start) in starts.enumerated() {
      let end = position + 1 < starts.count ? starts[position + 1] : tokens.count
      do throws(Reported) {
        try declaration(tokens[start..<end], into: &tree)
      } catch {
        if let name = secondWord(tokens[start..<end]) { tree.broken.insert(name) }
      }
    }
  }

  /// The first token of a line with so many spaces before it.
  private func indenting(_ token: Token, by spaces: Int) -> Edit {
    let margin = Span(text: text, start: token.span.start - Int32(token.indent ?? 0), end: token.span.start)
    return Edit(margin, String(repeating: " ", count: spaces))
  }

  /// The name that a declaration or a let gives.
  private func secondWord(_ tokens: ArraySlice<Token>) -> String? {
    if case .word(let name) = tokens.dropFirst().first?.kind { name } else { nil }
  }

  private func parser(_ tokens: ArraySlice<Token>) -> Parser {
    Parser(tokens, of: source, text: text, findings: findings, functions: functions)
  }

  private func declaration(_ tokens: ArraySlice<Token>, into tree: inout SyntaxTree) throws(Reported) {
    var parser = parser(tokens)
    switch parser.currentWord {
    case "currency": tree.currencies.append(try parser.currency())
    case "year": tree.yearStarts.append(try parser.yearStart())
    case "measure": tree.measures.append(try parser.measure())
    case "dimension": tree.dimensions.append(try parser.dimension())
    case "let": tree.lets.append(try parser.binding())
    case "rule": tree.rules.append(try rule(tokens))
    case "table", "test":
      let isTable = parser.isAt("table")
      throw parser.report(
        .notSupported, "`\(isTable ? "table" : "test")` is not supported yet", at: parser.here,
        fix: isTable ? "one rule for each kind, with `for each organisation where kind is …`" : "leave it out")
    case let word:
      guard let word else {
        throw parser.expected("a declaration: \(Wording.list(Words.declarations, "or"))")
      }
      throw parser.report(
        .unknownDeclaration, "no declaration starts with `\(word)`", at: parser.here,
        fix: Suggestion.question(word, among: Words.declarations) ?? Wording.list(Words.declarations, "or"),
        repairs: Suggestion.repairs(word, at: parser.here, among: Words.declarations))
    }
  }

  private func rule(_ tokens: ArraySlice<Token>) throws(Reported) -> RuleSyntax {
    let lines = tokens.indices.dropFirst().filter { tokens[$0].indent != nil }
    var clauseStarts: [Int] = []
    if let first = lines.first, let indent = tokens[first].indent {
      clauseStarts = lines.filter { (tokens[$0].indent ?? 0) <= indent }
      for start in clauseStarts where (tokens[start].indent ?? 0) < indent && tokens[start].kind != .broken {
        findings.add(
          .misplacedLine, "the clauses of a rule are indented alike", at: tokens[start].span,
          "indented by \(tokens[start].indent ?? 0)",
          repairs: [Repair("indent it by \(indent), like the rule's first clause", [indenting(tokens[start], by: indent)])])
      }
    }

    var heading = parser(tokens[tokens.startIndex..<(clauseStarts.first ?? tokens.endIndex)])
    var result: RuleSyntax?
    do throws(Reported) { result = try heading.ruleHeading() } catch {}
    for (position, start) in clauseStarts.enumerated() {
      let end = position + 1 < clauseStarts.count ? clauseStarts[position + 1] : tokens.endIndex
      var parser = parser(tokens[start..<end])
      do throws(Reported) {
        let clause = try parser.clause()
        result?.clauses.append(clause)
      } catch {
        result?.isIncomplete = true
        if tokens[start].isWord("let"), let name = secondWord(tokens[start..<end]) { result?.brokenLets.insert(name) }
      }
    }
    guard var result else { throw Reported() }
    result.span.end = tokens.last?.span.end ?? result.span.end
    return result
  }
}
