import Finance

// Money that is written out is a price where it stands beside one, or times how many: £1,250 each.

extension ProgramBuilder {
  /// Money written in the rule or in a table, read as a unit price where the other side is one; all else as it stands.
  package func besideUnitPrice(_ id: NodeID, _ other: NodeID) throws(Misuse) -> NodeID {
    self[other].type == .unitPrice ? try asUnitPrice(id) ?? id : id
  }

  /// The same beside a count that it is multiplied by.
  func timesCount(_ id: NodeID, _ other: NodeID) throws(Misuse) -> NodeID {
    self[other].type == .count ? try asUnitPrice(id) ?? id : id
  }

  /// The same among the arguments of one function: `greater(unit, £900)`.
  func besideUnitPrices(_ arguments: [FunctionCall.Argument]) throws(Misuse) -> [FunctionCall.Argument] {
    let price = arguments.lazy.compactMap { if case .value(let id) = $0 { id } else { nil } }
      .first { self[$0].type == .unitPrice }
    guard let price else { return arguments }
    return try arguments.map { argument throws(Misuse) in
      if case .value(let id) = argument { .value(try besideUnitPrice(id, price)) } else { argument }
    }
  }

  /// Nil for what is no money, and for money that somebody returned or that was worked out from it: that is a total.
  private func asUnitPrice(_ id: NodeID) throws(Misuse) -> NodeID? {
    let node = self[id]
    guard node.type == .money else { return nil }
    switch node.operation {
    case .amount(let amount): return try quotient(Quotient(amount), .unitPrice, frame: node.frame)
    case .lookup: return try make(node.operation, .unitPrice, frame: node.frame)
    case .negate(let operand): return try asUnitPrice(operand).map { price throws(Misuse) in try negate(price) }
    case .add(let left, let right):
      guard let one = try asUnitPrice(left), let other = try asUnitPrice(right) else { return nil }
      return try add(one, other)
    case .subtract(let left, let right):
      guard let one = try asUnitPrice(left), let other = try asUnitPrice(right) else { return nil }
      return try subtract(one, other)
    // `£1,250 * 1.1`, `limits.amber * 110%`: the other side is no money, and stays as it is.
    case .multiply(let left, let right):
      if let price = try asUnitPrice(left) { return try multiply(price, right) }
      return try asUnitPrice(right).map { price throws(Misuse) in try multiply(left, price) }
    case .divide(let left, let right):
      return try asUnitPrice(left).map { price throws(Misuse) in try divide(price, right) }
    default: return nil
    }
  }
}
