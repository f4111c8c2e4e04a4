import Finance

// What lints ask of expressions.

extension Program {
  /// Every node that these read, and they themselves; without going into populations, where asked.
  func reachable(from roots: [NodeID], intoPopulations: Bool = true) -> [NodeID] {
    var seen = NodeSet(of: nodes.count)
    var open = roots.filter { seen.insert($0) }
    var found: [NodeID] = []
    while let id = open.popLast() {
      found.append(id)
      if !intoPopulations, self[id].operation.isOfPopulation { continue }
      for operand in self[id].operation.operands where seen.insert(operand) { open.append(operand) }
    }
    return found
  }

  func measuresRead(from root: NodeID) -> Set<Int> {
    var result: Set<Int> = []
    for id in reachable(from: [root]) {
      if case .cells(let measure, _) = self[id].operation { result.insert(measure) }
    }
    return result
  }

  /// The value of what is written out as a number.
  func literal(_ id: NodeID) -> Quotient? {
    switch self[id].operation {
    case .quotient(let numerator, let denominator): Quotient(numerator: numerator, denominator: denominator)
    case .amount(let amount): Quotient(amount)
    case .converted(let operand): literal(operand)
    default: nil
    }
  }

  /// Quantities that these compare with something written out, in the rule or in a table; with each row's value.
  func comparedWithLiterals(in roots: [NodeID]) -> [(value: NodeID, literal: Quotient)] {
    reachable(from: roots, intoPopulations: false).flatMap { id -> [(value: NodeID, literal: Quotient)] in
      guard case .compare(_, let left, let right) = self[id].operation else { return [] }
      return literals(right).map { (left, $0) } + literals(left).map { (right, $0) }
    }
  }

  /// The value of what is written out as a number, or the values that a column of a table writes out.
  private func literals(_ id: NodeID) -> [Quotient] {
    switch self[id].operation {
    case .lookup(let table, let column, _):
      tables[table].rows.compactMap { row in
        switch row.values[column] {
        case .amount(let amount): Quotient(amount)
        case .quotient(let quotient): quotient
        default: nil
        }
      }
    case .converted(let operand): literals(operand)
    default: literal(id).map { [$0] } ?? []
    }
  }

  /// The divisions that give a percentage of an amount, nearest the root first.
  func percentages(in root: NodeID) -> [(part: NodeID, base: NodeID)] {
    reachable(from: [root], intoPopulations: false).compactMap { id in
      guard case .divide(let part, let base) = self[id].operation, self[id].type == .ratio,
        self[part].type == self[base].type, self[base].type.isAmount
      else { return nil }
      return (part, base)
    }
  }
}

extension Operation {
  var isOfPopulation: Bool {
    switch self {
    case .aggregate, .names, .own: true
    default: false
    }
  }
}

/// The values on one side of a bound.
struct HalfLine {
  /// Towards more.
  var isUpper: Bool
  var includesBound: Bool
  var bound: Quotient

  /// Of `watched COMPARISON literal`; nil for what is no such comparison.
  ///
  /// - Parameter row: where the number comes out of a table, the row that it is taken from.
  init?(_ test: NodeID, watched: NodeID?, in program: Program, _ row: TableCase? = nil) {
    guard case .compare(let comparison, let left, let right) = program[test].operation, left == watched,
      let bound = program.number(right, in: row)
    else { return nil }
    self.init(comparison, bound)
  }

  /// Of `… COMPARISON bound`; nil for what has no side.
  init?(_ comparison: Comparison, _ bound: Quotient) {
    switch comparison {
    case .greater: (isUpper, includesBound) = (true, false)
    case .greaterOrEqual: (isUpper, includesBound) = (true, true)
    case .less: (isUpper, includesBound) = (false, false)
    case .lessOrEqual: (isUpper, includesBound) = (false, true)
    case .equal, .notEqual: return nil
    }
    self.bound = bound
  }

  func overlaps(_ other: HalfLine) -> Bool {
    if isUpper == other.isUpper { return true }
    let (upper, lower) = isUpper ? (self, other) : (other, self)
    return lower.bound > upper.bound || (lower.bound == upper.bound && lower.includesBound && upper.includesBound)
  }

  /// No value lies in this one that does not lie in the other.
  func isWithin(_ other: HalfLine) -> Bool {
    guard isUpper == other.isUpper else { return false }
    if bound == other.bound { return other.includesBound || !includesBound }
    return isUpper ? bound > other.bound : bound < other.bound
  }
}
