import Diagnostics

/// What misspelt names are held against, each list made ready when it is first asked for.
final class Spellings {
  private let declarations: Declarations

  init(_ declarations: Declarations) { self.declarations = declarations }

  /// Every name that can stand in an expression.
  private(set) lazy var names = Vocabulary(declarations.names)
  private(set) lazy var rules = Vocabulary(declarations.rules.map(\.name.text))
  private(set) lazy var dimensions = Vocabulary(declarations.dimensions)
}
