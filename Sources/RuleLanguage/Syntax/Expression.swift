import Diagnostics
import Finance

/// An expression as it was written.
struct Expression: Sendable {
  indirect enum Kind: Sendable {
    case literal(Literal)
    case name(String)
    case negated(Expression)
    case not(Expression)
    case binary(BinaryOperator, Expression, Expression)
    case between(Expression, Expression, Expression)
    case isIn(Expression, [Expression], negated: Bool)
    /// `hit.matching`
    case member(Expression, Name)
    /// `actual[category is "acute"]`
    case slice(Expression, Expression)
    case call(Name, [Expression])
    case aggregate(AggregateSyntax)
  }

  var kind: Kind
  var span: Span
  /// How many expressions stand inside one another here.
  var depth: Int

  init(_ kind: Kind, span: Span, over operands: [Expression] = []) {
    self.kind = kind
    self.span = span
    depth = 1 + (operands.map(\.depth).max() ?? 0)
  }
}

/// A name where it stands.
struct Name: Hashable, Sendable {
  var text: String
  var span: Span
}

enum Literal: Hashable, Sendable {
  case money(DecimalNumber, currency: String)
  case percent(DecimalNumber)
  case points(DecimalNumber)
  case number(DecimalNumber)
  case text(String)
  case truth(Bool)
  /// `2013-14 M8`
  case period(WrittenYear, month: Int)
  case date(Day)
}

struct WrittenYear: Hashable, Sendable {
  /// The calendar year in which it starts.
  var year: Int
  /// Written `2013-14`, not `2025`.
  var isSplit: Bool
  var span: Span
}

enum BinaryOperator: Hashable, Sendable {
  case add, subtract, multiply, divide
  case compare(Comparison)
  case and, or

  var word: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .compare(let comparison): comparison.rawValue
    case .and: "and"
    case .or: "or"
    }
  }
}

/// `share(position < £0 over organisation where kind is "PCT")`
struct AggregateSyntax: Sendable {
  enum Kind: Hashable, Sendable {
    case value(Aggregate)
    case names

    var word: String {
      switch self {
      case .value(let aggregate): aggregate.rawValue
      case .names: "names"
      }
    }
  }

  var kind: Kind
  var value: Expression?
  var population: PopulationSyntax
  /// `names` alone: what the largest are the largest of, and how many are named.
  var by: Expression?
  var first: Int?
}

struct PopulationSyntax: Sendable {
  /// `organisation`, `children`, an attribute, a dimension.
  var head: Name
  var isAnywhere: Bool
  var sameAs: Name?
  var condition: Expression?
}
