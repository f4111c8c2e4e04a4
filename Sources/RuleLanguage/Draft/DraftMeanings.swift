package import Diagnostics

// What names and stretches of text would mean at a place that is being written.

extension RuleDraft {
  /// A place in a piece, as far as it matters for what an expression there means.
  package struct Standpoint {
    fileprivate let checker: ExpressionChecker
    fileprivate let scopes: [Scope]
    fileprivate let piece: Piece
    /// The rule that the place is in, as far as it can be read.
    package let rule: RuleSyntax?
    /// Of what the rule watches.
    package let watched: Meaning?
  }

  package func standpoint(at offset: Int32, of piece: Piece) -> Standpoint {
    let checker = checker(Findings())
    let syntax = piece.tree.rules.last { $0.span.start <= offset }
    var scope = Scope(frame: .organisation)
    if let syntax, let index = whole.declarations.ruleIndex[syntax.name.text] {
      scope.rule = index
      scope.frame = ProgramAssembly(checker, settings: whole.settings).frame(of: index) ?? .organisation
    }
    for case .watch(let value) in syntax?.clauses.map(\.kind) ?? [] {
      scope.watched = checker.quantity(value, in: scope)
    }
    // Inside a population about organisations, what is said is said of a member.
    var member = scope
    member.frame = .organisation
    return Standpoint(
      checker: checker, scopes: [scope, member], piece: piece, rule: syntax,
      watched: scope.watched.map { Meaning(checker.builder[$0]) })
  }
}

extension RuleDraft.Standpoint {
  /// What a name would mean; nil for one that means nothing here.
  package func meaning(of name: String) -> Meaning? {
    meaning(of: Expression(.name(name), span: Span(text: piece.number, start: 0, end: 0)))
  }

  /// What the expression in a stretch of the piece means.
  package func meaning(in span: Span) -> Meaning? {
    let functions = Set(checker.library.functions.keys)
    let tokens = Lexer.tokens(
      of: piece.source, text: piece.number, hole: Int(span.start)..<Int(span.end), findings: Findings())
    var parser = Parser(
      tokens[...], of: piece.source, text: piece.number, findings: Findings(), functions: functions)
    guard let expression = try? parser.sum() else { return nil }
    return meaning(of: expression)
  }

  private func meaning(of expression: Expression) -> Meaning? {
    for scope in scopes {
      if let id = checker.check(expression, in: scope) { return Meaning(checker.builder[id]) }
    }
    return nil
  }
}
