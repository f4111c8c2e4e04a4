package import Diagnostics

/// What all pieces declare together.
struct DraftDeclarations: Sendable {
  let tree: SyntaxTree
  let settings: Settings
  let declarations: Declarations
  let tables: [Table]
  let diagnostics: [Diagnostic]

  init(_ tree: SyntaxTree, attributes: Set<String>) {
    let findings = Findings()
    self.tree = tree
    settings = Settings(tree, findings)
    declarations = Declarations(tree, attributes: attributes, findings: findings)
    let constants = Constants(currency: settings.currency, calendar: settings.calendar)
    tables = TableChecker(declarations: declarations, constants: constants, findings: findings).check(tree.tables)
    diagnostics = findings.inOrder
  }
}

extension RuleDraft {
  /// What some pieces come to on the background of the others.
  package struct Checked: Sendable {
    /// That lie in these pieces, in order.
    package var diagnostics: [Diagnostic]
    /// Of every expression that means something, by where it stands.
    package var meanings: [Span: Meaning]
  }

  /// Checks the declarations of these pieces, by their numbers. What they change for others is not looked at.
  package func check(_ numbers: Set<Int32>) -> Checked {
    let findings = Findings()
    let checker = checker(findings)
    let recording = Recording()
    checker.recording = recording
    ProgramAssembly(checker, settings: whole.settings).check(only: numbers)
    let syntax = pieces.joined().filter { numbers.contains($0.number) }.flatMap(\.findings)
    let meant = (whole.diagnostics + findings.inOrder).filter { diagnostic in
      diagnostic.primary.map { numbers.contains($0.span.text) } ?? false
    }
    return Checked(diagnostics: syntax + meant, meanings: recording.meanings)
  }

  func checker(_ findings: Findings) -> ExpressionChecker {
    ExpressionChecker(
      declarations: whole.declarations, tables: whole.tables, library: library,
      builder: ProgramBuilder(
        currency: whole.settings.currency, calendar: whole.settings.calendar, measures: whole.declarations.measures),
      findings: findings, sources: sources)
  }
}
