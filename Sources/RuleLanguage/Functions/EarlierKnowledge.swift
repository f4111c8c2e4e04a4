// Expressions as they would have come out of what was known at another time: every figure in them is read from there.

extension FunctionCall {
  /// An expression with its figures as they were seen from a vantage, down through populations.
  package func seen(_ id: NodeID, from vantage: Vantage) throws(Misuse) -> NodeID {
    var rewriting = EarlierKnowledge(vantage: vantage, name: name, builder: builder)
    return try rewriting.node(id)
  }
}

private struct EarlierKnowledge {
  let vantage: Vantage
  /// Of the function that asks.
  let name: String
  let builder: ProgramBuilder
  /// An expression may stand in many places of another.
  private var known: [NodeID: NodeID] = [:]

  init(vantage: Vantage, name: String, builder: ProgramBuilder) {
    self.vantage = vantage
    self.name = name
    self.builder = builder
  }

  mutating func node(_ id: NodeID) throws(Misuse) -> NodeID {
    if let known = known[id] { return known }
    let node = builder[id]
    let result = try builder.make(
      try operation(node.operation), node.type, basis: node.basis, adverse: node.adverse, frame: node.frame,
      conflict: builder.hasConflict(id))
    known[id] = result
    return result
  }

  private mutating func operation(_ operation: Operation) throws(Misuse) -> Operation {
    switch operation {
    case .amount, .quotient, .text, .truth, .severity, .period, .date, .attribute, .key, .month, .thisPeriod: operation
    case .cells(let measure, let slice): .earlierCells(measure: measure, slice: slice, seen: vantage)
    case .earlierCells, .received, .due, .reported: throw refused("already speaks of returns and their versions")
    case .breach, .severityOf: throw refused("speaks of another rule, which is of what is known now")
    case .lookup(let table, let column, let key): .lookup(table: table, column: column, key: try optional(key))
    case .add(let left, let right): .add(try node(left), try node(right))
    case .subtract(let left, let right): .subtract(try node(left), try node(right))
    case .multiply(let left, let right): .multiply(try node(left), try node(right))
    case .divide(let left, let right): .divide(try node(left), try node(right))
    case .compare(let comparison, let left, let right): .compare(comparison, try node(left), try node(right))
    case .and(let left, let right): .and(try node(left), try node(right))
    case .or(let left, let right): .or(try node(left), try node(right))
    case .ifUnknown(let left, let right): .ifUnknown(try node(left), try node(right))
    case .negate(let operand): .negate(try node(operand))
    case .absolute(let operand): .absolute(try node(operand))
    case .rounded(let operand, let decimals): .rounded(try node(operand), decimals: decimals)
    case .converted(let operand): .converted(try node(operand))
    case .not(let operand): .not(try node(operand))
    case .previous(let operand, let periods): .previous(try node(operand), periods: periods)
    case .lastYear(let operand): .lastYear(try node(operand))
    case .yearToDate(let operand): .yearToDate(try node(operand))
    case .inMonth(let operand): .inMonth(try node(operand))
    case .tally(let tally, let operand): .tally(tally, try node(operand))
    case .own(let operand): .own(try node(operand))
    case .called(let callee, let operands): .called(callee, try all(operands))
    case .aggregate(let aggregate, let population, let value, let coverage):
      .aggregate(aggregate, population: try self.population(population), value: try optional(value), coverage: coverage)
    case .names(let population, let value, let by, let first, let withSizes):
      .names(
        population: try self.population(population), value: try node(value), by: try optional(by), first: first,
        withSizes: withSizes)
    }
  }

  private mutating func population(_ population: Population) throws(Misuse) -> Population {
    var result = population
    result.condition = try optional(population.condition)
    return result
  }

  private mutating func optional(_ id: NodeID?) throws(Misuse) -> NodeID? {
    guard let id else { return nil }
    return try node(id)
  }

  private mutating func all(_ ids: [NodeID]) throws(Misuse) -> [NodeID] {
    var result: [NodeID] = []
    for id in ids { result.append(try node(id)) }
    return result
  }

  private func refused(_ why: String) -> Misuse {
    Misuse(.argumentUnfit, "`\(name)` takes an expression of figures; this one \(why)", operand: 0)
  }
}
