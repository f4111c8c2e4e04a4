package import Diagnostics
package import Finance

/// An expression as it was written.
package struct Expression: Sendable {
  package indirect enum Kind: Sendable {
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
    /// `from 2013-14 M4`, an argument of a function alone.
    case from(Expression)
    case aggregate(AggregateSyntax)
  }

  package var kind: Kind
  package var span: Span
  /// How many expressions stand inside one another here.
  package var depth: Int

  init(_ kind: Kind, span: Span, over operands: [Expression] = []) {
    self.kind = kind
    self.span = span
    depth = 1 + (operands.map(\.depth).max() ?? 0)
  }
}

/// A name where it stands.
package struct Name: Hashable, Sendable {
  package var text: String
  package var span: Span
}

/// What was written, and where.
package struct Written<Value> {
  package var value: Value
  package var span: Span
}

extension Written: Sendable where Value: Sendable {}
extension Written: Equatable where Value: Equatable {}
extension Written: Hashable where Value: Hashable {}

package enum Literal: Hashable, Sendable {
  case money(DecimalNumber, currency: String)
  case percent(DecimalNumber)
  case points(DecimalNumber)
  case number(DecimalNumber)
  case text(String)
  case truth(Bool)
  /// `2013-14 M8`
  case period(WrittenYear, month: Int)
  case date(Day)
  /// `2 periods`, an argument of a function alone.
  case periods(Int)
}

package struct WrittenYear: Hashable, Sendable {
  /// The calendar year in which it starts.
  package var year: Int
  /// Written `2013-14`, not `2025`.
  package var isSplit: Bool
  package var span: Span
}

package enum BinaryOperator: Hashable, Sendable {
  case add, subtract, multiply, divide
  case compare(Comparison)
  case and, or

  package var word: String {
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
package struct AggregateSyntax: Sendable {
  package enum Kind: Hashable, Sendable {
    case value(Aggregate)
    case names

    var word: String {
      switch self {
      case .value(let aggregate): aggregate.rawValue
      case .names: "names"
      }
    }
  }

  package var kind: Kind
  package var value: Expression?
  package var population: PopulationSyntax
  /// `names` alone: what the largest are the largest of, and how many are named.
  package var by: Expression?
  package var first: Written<Int>?
}

package struct PopulationSyntax: Sendable {
  /// `organisation`, `children`, an attribute, a dimension.
  package var head: Name
  package var isAnywhere: Bool
  package var sameAs: Name?
  package var condition: Expression?
  package var span: Span
}
