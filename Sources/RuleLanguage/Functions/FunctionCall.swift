package import Finance

/// One call of a library function: its arguments, checked as far as their kind goes, and what it is put together with.
package struct FunctionCall {
  package enum Argument: Hashable, Sendable {
    case value(NodeID)
    /// A whole number, or a number of periods.
    case whole(Int)
    case period(Period)
    case rule(String)
  }

  package let name: String
  package let arguments: [Argument]
  /// Of the call.
  package let frame: Frame
  package let builder: ProgramBuilder

  init(name: String, arguments: [Argument], frame: Frame, builder: ProgramBuilder) {
    self.name = name
    self.arguments = arguments
    self.frame = frame
    self.builder = builder
  }

  /// The node of an argument that is an expression.
  package func id(_ index: Int) -> NodeID {
    guard case .value(let id) = arguments[index] else { preconditionFailure("argument \(index) is an expression") }
    return id
  }

  package func node(_ index: Int) -> Node { builder[id(index)] }

  package func whole(_ index: Int) -> Int? {
    guard index < arguments.count, case .whole(let number) = arguments[index] else { return nil }
    return number
  }

  /// The period at which something starts.
  package func period(_ index: Int) -> Period {
    guard case .period(let period) = arguments[index] else { preconditionFailure("argument \(index) is a period") }
    return period
  }

  package func rule(_ index: Int) -> String {
    guard case .rule(let name) = arguments[index] else { preconditionFailure("argument \(index) is a rule") }
    return name
  }

  /// A node of the call's frame.
  package func make(
    _ operation: Operation, _ type: ValueType, basis: Basis? = nil, adverse: Adverse? = nil
  ) throws(Misuse) -> NodeID {
    try builder.make(
      operation, type, basis: basis, adverse: adverse, frame: frame,
      conflict: operation.operands.contains { builder.hasConflict($0) })
  }

  /// The call as a node of its own, that the function's kernel works out.
  package func called(_ type: ValueType, basis: Basis? = nil, adverse: Adverse? = nil) throws(Misuse) -> NodeID {
    let operands = arguments.indices.map(id)
    return try make(.called(name, operands), type, basis: basis, adverse: adverse)
  }

  // MARK: What a function requires

  package func requireNumeric(_ index: Int) throws(Misuse) {
    guard !node(index).type.isNumeric else { return }
    throw Misuse(
      .argumentUnfit, "`\(name)` takes a quantity, not \(node(index).type.spoken)", operand: index, node(index).spoken)
  }

  /// Money or a count.
  package func requireAmount(_ index: Int) throws(Misuse) {
    guard !node(index).type.isAmount else { return }
    throw Misuse(
      .argumentUnfit, "`\(name)` takes money or a count, not \(node(index).type.spoken)", operand: index,
      node(index).spoken)
  }

  /// An amount that stands for one of these stretches of time. The call as it would be right is given the argument as it
  /// is written, and its basis.
  package func requireBasis(
    _ index: Int, _ bases: Basis..., fix: (@Sendable (String, Basis?) -> String?)? = nil
  ) throws(Misuse) {
    let basis = node(index).basis
    guard basis.map(bases.contains) != true else { return }
    let taken = bases.map { "`\($0.rawValue)`" }.joined(separator: " or ")
    let given = basis.map { "one that is `\($0.rawValue)`" } ?? "one that says nothing of its time"
    var misuse = Misuse(
      .basisUnfit, "`\(name)` takes an amount that is \(taken), not \(given)", operand: index, node(index).spoken)
    if let fix, fix("", basis) != nil {
      misuse.rewritings = { texts in
        let text = fix(texts[index], basis) ?? ""
        return [Misuse.Rewriting(text, [.whole: text])]
      }
    }
    throw misuse
  }
}

extension FunctionCall {
  /// The basis of two arguments that stand side by side: the same, or one of them has none.
  package func commonBasis(_ left: Int, _ right: Int) throws(Misuse) -> Basis? {
    try builder.commonBasis(id(left), id(right), "and")
  }

  /// An expression n steps of its own measures earlier: months, quarters or years.
  package func previous(_ id: NodeID, _ count: Int) throws(Misuse) -> NodeID {
    let node = builder[id]
    if node.basis == .yearToDate {
      throw Misuse(
        .basisUnfit, "a total of the year to date has no previous one at M1", operand: 0, node.spoken,
        fix: { "in_month(\($0[0])), or last_year(\($0[0]))" })
    }
    let step = builder.step(of: id) ?? .month
    guard step == .year else {
      return try make(
        .previous(id, periods: count * step.months), node.type, basis: node.basis, adverse: node.adverse)
    }
    var result = id
    for _ in 0..<count { result = try lastYear(result) }
    return result
  }

  /// How much the first argument is above an earlier value of itself. More of what is adverse when high is adverse.
  package func change(since earlier: NodeID) throws(Misuse) -> NodeID {
    try requireNumeric(0)
    let difference = builder[try builder.subtract(id(0), earlier)]
    return try builder.make(
      difference.operation, difference.type, basis: difference.basis, adverse: node(0).adverse, frame: frame,
      conflict: builder.hasConflict(id(0)))
  }

  /// An expression in the same period of the year before.
  package func lastYear(_ id: NodeID) throws(Misuse) -> NodeID {
    let node = builder[id]
    return try make(.lastYear(id), node.type, basis: node.basis, adverse: node.adverse)
  }
}
