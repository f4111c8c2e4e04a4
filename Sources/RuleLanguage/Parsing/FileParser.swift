import Diagnostics

/// Reads whole files. A word at the left margin starts a declaration, and a line at the rule's own indentation a clause:
/// whatever is wrong in one of them, the next is read afresh.
struct FileParser {
  private let source: SourceText
  private let text: Int32
  private let findings: Findings
  private let functions: Set<String>
  private let declared: DeclaredNames

  static func parse(_ sources: [SourceText], functions: Set<String>, findings: Findings) -> SyntaxTree {
    var tree = SyntaxTree()
    let declared = DeclaredNames(sources)
    for (index, source) in sources.enumerated() {
      FileParser(source: source, text: Int32(index), findings: findings, functions: functions, declared: declared)
        .parse(into: &tree)
    }
    return tree
  }

  /// One text, whose spans say that it is number `text`.
  static func parse(
    _ source: SourceText, text: Int32, functions: Set<String>, findings: Findings, into tree: inout SyntaxTree
  ) {
    FileParser(
      source: source, text: text, findings: findings, functions: functions, declared: DeclaredNames([source])
    ).parse(into: &tree)
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
    let line = source.lineRange(source.lineNumber(of: Int(token.span.start)))
    let margin = Span(text: text, start: Int32(line.lowerBound), end: token.span.start)
    return Edit(margin, String(repeating: " ", count: spaces))
  }

  /// The name that a declaration or a let gives.
  private func secondWord(_ tokens: ArraySlice<Token>) -> String? {
    if case .word(let name) = tokens.dropFirst().first?.kind { name } else { nil }
  }

  private func parser(_ tokens: ArraySlice<Token>) -> Parser {
    var parser = Parser(tokens, of: source, text: text, findings: findings, functions: functions)
    parser.declared = declared
    return parser
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
    case "table": tree.tables.append(try table(tokens))
    case "test": tree.tests.append(try test(tokens))
    case let word:
      guard let word else {
        throw parser.expected("a declaration: \(Wording.list(Words.declarations, "or"))")
      }
      if Words.clauseStarts.contains(word) || Words.testLines.contains(word) { markIncomplete(&tree) }
      if let margin = tokens.first, Words.clauseStarts.contains(word) || Words.testLines.contains(word) {
        throw parser.report(
          .unknownDeclaration, "`\(word)` starts no declaration; a line of a rule or a test is indented below it",
          at: parser.here, fix: "two spaces before it",
          repairs: [Repair("indent it by 2", [indenting(margin, by: 2)], isCertain: !tree.rules.isEmpty)])
      }
      throw parser.report(
        .unknownDeclaration, "no declaration starts with `\(word)`", at: parser.here,
        fix: Suggestion.question(word, among: Words.declarations) ?? Wording.list(Words.declarations, "or"),
        repairs: Suggestion.repairs(word, at: parser.here, among: Words.declarations))
    }
  }

  /// What stands before a clause at the margin lacks it, and is not told so again.
  private func markIncomplete(_ tree: inout SyntaxTree) {
    let rule = tree.rules.last?.span
    let test = tree.tests.last?.span
    if let rule, test.map({ ($0.text, $0.start) < (rule.text, rule.start) }) ?? true {
      tree.rules[tree.rules.count - 1].isIncomplete = true
    } else if test != nil {
      tree.tests[tree.tests.count - 1].isIncomplete = true
    }
  }

  private func rule(_ tokens: ArraySlice<Token>) throws(Reported) -> RuleSyntax {
    let (first, lines) = body(of: tokens, "the clauses of a rule")
    var heading = parser(first)
    var result: RuleSyntax?
    do throws(Reported) { result = try heading.ruleHeading() } catch {}
    for line in lines {
      var parser = parser(line)
      do throws(Reported) {
        let clause = try parser.clause()
        result?.clauses.append(clause)
      } catch {
        result?.isIncomplete = true
        if line.first?.isWord("let") == true, let name = secondWord(line) { result?.brokenLets.insert(name) }
      }
    }
    guard var result else { throw Reported() }
    result.span.end = tokens.last?.span.end ?? result.span.end
    return result
  }

  private func table(_ tokens: ArraySlice<Token>) throws(Reported) -> TableSyntax {
    let firstRow = tokens.dropFirst().drop { $0.indent == nil }
    let isHeaded = HeadingRow.isHeading(firstRow.prefix { $0.span == firstRow.first?.span || $0.indent == nil })
    // A heading stands further in than what is below it.
    let (first, lines) =
      isHeaded
      ? findings.quietly { body(of: tokens, "the rows of a table") } : body(of: tokens, "the rows of a table")
    var heading = parser(first)
    var result: TableSyntax?
    do throws(Reported) { result = try heading.tableHeading() } catch {}
    if let file = result?.file, let line = lines.first?.first {
      throw heading.report(
        .expectedSomethingElse, "the rows of the table stand in its file", at: line.span, "and here",
        also: [Diagnostic.Label(file.span, "in this file")], fix: "one of the two")
    }
    if let result, let headings = HeadingRow(lines, keyedBy: result.key.text) {
      throw headings.report(in: source, to: findings)
    }
    for line in lines {
      var parser = parser(line)
      do throws(Reported) {
        let row = try parser.tableRow(isByYear: result?.isByYear)
        result?.rows.append(row)
      } catch {
        result?.isIncomplete = true
      }
    }
    guard var result else { throw Reported() }
    if result.rows.isEmpty, result.file == nil, !result.isIncomplete {
      throw heading.report(
        .expectedSomethingElse, "the table has no rows", at: result.name.span,
        fix: "rows below it, or from \"….csv\"")
    }
    result.span.end = tokens.last?.span.end ?? result.span.end
    return result
  }

  private func test(_ tokens: ArraySlice<Token>) throws(Reported) -> TestSyntax {
    let (first, lines) = body(of: tokens, "the lines of a test")
    var heading = parser(first)
    var result: TestSyntax?
    do throws(Reported) { result = try heading.testHeading() } catch {}
    for line in lines {
      do throws(Reported) { try testLine(line, into: &result) } catch { result?.isIncomplete = true }
    }
    guard var result else { throw Reported() }
    result.span.end = tokens.last?.span.end ?? result.span.end
    if !result.isIncomplete, result.given == nil {
      findings.add(
        .clauseMissing, "the test is given nothing", at: result.title.span,
        fix: "given organisation | measure | 2013-14 M6")
    }
    return result
  }

  private func testLine(_ line: ArraySlice<Token>, into test: inout TestSyntax?) throws(Reported) {
    // A grid's rows stand below its heading, one a line.
    let rows = line.indices.dropFirst().filter { line[$0].indent != nil }
    var parser = parser(line[line.startIndex..<(rows.first ?? line.endIndex)])
    func grid() throws(Reported) -> GridSyntax {
      var grid = try parser.gridHeading()
      var isWhole = true
      for (position, start) in rows.enumerated() {
        var row = self.parser(line[start..<(position + 1 < rows.count ? rows[position + 1] : line.endIndex)])
        do throws(Reported) {
          grid.rows.append(try row.gridRow(grid.columns.count, heading: grid.span))
        } catch { isWhole = false }
      }
      guard isWhole else { throw Reported() }
      grid.span.end = line.last?.span.end ?? grid.span.end
      return grid
    }
    switch parser.currentWord {
    case "given":
      if let first = test?.given {
        throw parser.report(
          .clauseTwice, "`given` stands twice in one test", at: parser.here, "here again",
          also: [Diagnostic.Label(first.span, "first here")], fix: "drop 2014-02-10 … for what came later")
      }
      parser.advance()
      let given = try grid()
      test?.given = given
    case "drop":
      let start = parser.here
      let day = try parser.dropDay()
      let grid = try grid()
      let span = Span(text: text, start: start.start, end: grid.span.end)
      test?.steps.append(.drop(TestSyntax.Drop(day: day, grid: grid, span: span)))
    case "absent":
      parser = self.parser(line)
      let absence = try parser.absence()
      if let first = test?.absence {
        throw parser.report(
          .clauseTwice, "`absent` stands twice in one test", at: absence.span, "here again",
          also: [Diagnostic.Label(first.span, "first here")], fix: "one of the two")
      }
      test?.steps.append(.absent(absence))
    case "expect":
      parser = self.parser(line)
      test?.steps.append(.expect(try parser.expectation()))
    case let word:
      throw parser.report(
        .unknownClause, "a test has no line `\(word ?? "")`", at: parser.here,
        fix: Suggestion.question(word ?? "", among: Words.testLines) ?? Wording.list(Words.testLines, "or"))
    }
  }

  /// A declaration's first line with what continues it, and the lines below it, each with what continues it.
  private func body(
    of tokens: ArraySlice<Token>, _ what: String
  ) -> (heading: ArraySlice<Token>, lines: [ArraySlice<Token>]) {
    let all = tokens.indices.dropFirst().filter { tokens[$0].indent != nil }
    guard let first = all.first, let indent = tokens[first].indent else { return (tokens, []) }
    let starts = all.filter { (tokens[$0].indent ?? 0) <= indent }
    for start in starts where (tokens[start].indent ?? 0) < indent && tokens[start].kind != .broken {
      findings.add(
        .misplacedLine, "\(what) are indented alike", at: tokens[start].span,
        "indented by \(tokens[start].indent ?? 0)",
        repairs: [Repair("indent it by \(indent), like the first of them", [indenting(tokens[start], by: indent)])])
    }
    let ends = starts.dropFirst() + [tokens.endIndex]
    return (tokens[tokens.startIndex..<first], zip(starts, ends).map { tokens[$0..<$1] })
  }
}
