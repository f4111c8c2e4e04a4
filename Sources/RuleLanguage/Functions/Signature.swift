import Diagnostics

/// What a parameter takes: kinds of values and, of amounts, what they may stand for in time.
package struct Taken: Hashable, Sendable {
  /// In the order in which they are named.
  package var types: [ValueType]
  /// Empty where any basis will do, or none.
  package var bases: [Basis]

  package init(_ types: [ValueType], _ bases: [Basis] = []) {
    self.types = types
    self.bases = bases
  }

  package static let anything = Taken(ValueType.allCases)
  package static let quantity = Taken(ValueType.allCases.filter(\.isNumeric))
  package static let condition = Taken([.truth])
  /// Money or a count.
  package static func amount(_ bases: Basis...) -> Taken { Taken([.money, .count], bases) }
  package static func money(_ bases: Basis...) -> Taken { Taken([.money], bases) }
  package static func count(_ bases: Basis...) -> Taken { Taken([.count], bases) }
  package static func only(_ types: ValueType...) -> Taken { Taken(types) }

  /// "money or a count, year to date".
  package var spoken: String {
    if types == ValueType.allCases { return "any value" }
    let isAnyQuantity = types == Taken.quantity.types
    let kinds = isAnyQuantity ? "a quantity" : Wording.list(types.map(\.spoken), "or")
    return kinds + (bases.isEmpty ? "" : ", " + Wording.list(bases.map(\.rawValue), "or"))
  }
}

/// What a function gives, said by its parameters where it hangs on them.
package struct Given: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case of(ValueType)
    /// The type of a parameter, by its position.
    case like(Int)
    /// Of percentages a number of points, else the type of the parameter.
    case differenceOf(Int)
  }
  package enum Time: Hashable, Sendable {
    case none
    case of(Basis)
    /// The basis of a parameter.
    case like(Int)
  }

  package var kind: Kind
  package var time: Time

  package init(_ kind: Kind, _ time: Time = .none) {
    self.kind = kind
    self.time = time
  }

  package static func of(_ type: ValueType) -> Given { Given(.of(type)) }
  /// What the parameter is, in type and basis.
  package static func like(_ parameter: Int) -> Given { Given(.like(parameter), .like(parameter)) }
  package static func like(_ parameter: Int, as basis: Basis) -> Given { Given(.like(parameter), .of(basis)) }
}

extension RuleFunction {
  /// `previous(x[, n])`
  package var signature: String {
    var text = ""
    for (index, parameter) in parameters.enumerated() {
      let name = (index > 0 ? ", " : "") + parameter.shown
      text += parameter.isOptional ? "[\(name)]" : name
    }
    return "\(name)(\(text))"
  }

  /// Of each parameter its name and what it takes: ("x", "money or a count, year to date").
  package var takes: [(name: String, what: String)] {
    parameters.map { ($0.name, $0.spoken + ($0.isOptional ? " (may be left out)" : "")) }
  }

  /// "as x, full year"
  package var givesSpoken: String {
    func name(_ index: Int) -> String { parameters[index].name }
    let kind =
      switch gives.kind {
      case .of(let type): type.spoken
      case .like(let index): "as \(name(index))"
      case .differenceOf(let index): "as \(name(index)); of percentages, percentage points"
      }
    switch gives.time {
    case .none:
      // What is no amount has no basis anyway.
      if case .of(let type) = gives.kind, !type.isAmount { return kind }
      return kind + ", of no one stretch of time"
    case .of(let basis): return kind + ", " + basis.rawValue
    case .like(let index):
      if case .like(index) = gives.kind { return kind }
      if case .differenceOf(index) = gives.kind { return kind }
      return kind + ", in time as \(name(index))"
    }
  }
}

extension RuleFunction.Parameter {
  /// As it stands in a call.
  package var shown: String {
    switch kind {
    case .periods: "\(name) periods"
    case .start: "from \(name)"
    default: name
    }
  }

  package var spoken: String {
    switch kind {
    case .expression(let taken): taken.spoken
    case .ownersExpression: "any value, of the subject outside the population"
    case .cellExpression(let taken): "\(taken.spoken), of each cell"
    case .wholeNumber(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .dimension: "a dimension"
    case .periods(let range): "a number of periods, from \(range.lowerBound) to \(range.upperBound)"
    case .start: "the period at which it starts"
    case .day: "a date, as in 2014-03-31"
    case .rule: "the name of a rule about the same subjects"
    }
  }
}
