import Diagnostics
import RuleLanguage

/// What a name in a rule file stands for.
enum Symbol: Hashable {
  /// A measure, dimension, table or let at the left margin, or what the register says of an organisation: one namespace.
  case name(String)
  /// A let of a rule, which is told by where its name stands.
  case ruleLet(rule: Span, String)
  case rule(String)
  case column(table: String, String)
  case function(String)

  var text: String {
    switch self {
    case .name(let text), .ruleLet(_, let text), .rule(let text), .column(_, let text), .function(let text): text
    }
  }
}

/// A name where it stands.
struct Occurrence: Hashable {
  var symbol: Symbol
  var span: Span
  var isDeclaration = false
}

/// Something that a rule file declares.
struct Declared {
  enum Kind: String { case measure, dimension, table, `let`, rule, test, column }

  var kind: Kind
  var name: Name
  var title: String?
  var span: Span
  /// Lets of a rule, columns of a table.
  var parts: [Declared] = []
}
