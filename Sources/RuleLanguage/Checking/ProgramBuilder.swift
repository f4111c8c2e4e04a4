package import Finance

/// Collects the distinct expressions of a program. What is put together here is right in type, unit and basis, or it is
/// a `Misuse`.
package final class ProgramBuilder {
  /// More than thousands of rules need; lets that unfold into more than this are meant to exhaust.
  static let mostNodes = 100_000
  static let deepest = 500
  /// Of all rules together: more than thousands of rules that share hundreds of lets.
  static let mostReads = 2_000_000

  /// What is known of a node beside what evaluation needs.
  private struct Facts {
    /// The longest of the measures it reads that are not for reference; nil where it reads none.
    var step: Step?
    /// How many populations outward it looks: 1 for `own(x)`.
    var outward: Int
    var depth: Int
    /// High and low meet in it: no way is adverse.
    var hasConflict: Bool
  }

  package let currency: Currency
  package let calendar: FinancialCalendar
  package let measures: [Measure]
  /// What literals come to.
  var constants: Constants { Constants(currency: currency, calendar: calendar) }
  private(set) var nodes: [Node] = []
  private var facts: [Facts] = []
  private var ids: [Node: NodeID] = [:]
  /// Of the library functions that are called.
  private(set) var kernels: [Callee: SeriesKernel] = [:]
  /// Nothing more is put together: what is still asked for would only be more of the same.
  private(set) var isExhausted = false

  init(currency: Currency, calendar: FinancialCalendar, measures: [Measure]) {
    self.currency = currency
    self.calendar = calendar
    self.measures = measures
  }

  package subscript(_ id: NodeID) -> Node { nodes[Int(id.index)] }

  /// The longest of the measures read, but for reference ones.
  package func step(of id: NodeID) -> Step? { facts[Int(id.index)].step }
  func hasConflict(_ id: NodeID) -> Bool { facts[Int(id.index)].hasConflict }

  /// The node, which is made only if there is none like it.
  package func make(
    _ operation: Operation, _ type: ValueType, basis: Basis? = nil, adverse: Adverse? = nil, frame: Frame,
    conflict: Bool = false
  ) throws(Misuse) -> NodeID {
    let operands = operation.operands
    var known = Facts(step: nil, outward: 0, depth: 1, hasConflict: conflict)
    for operand in operands {
      let other = facts[Int(operand.index)]
      known.step = [known.step, other.step].compactMap { $0 }.max { $0.months < $1.months }
      known.outward = max(known.outward, other.outward)
      known.depth = max(known.depth, other.depth + 1)
    }
    switch operation {
    case .own: known.outward += 1
    case .aggregate, .names: known.outward = max(0, known.outward - 1)
    case .cells(let measure, _) where !measures[measure].isReference,
      .earlierCells(let measure, _, _) where !measures[measure].isReference:
      known.step = measures[measure].step
    default: break
    }
    let node = Node(
      operation: operation, type: type, basis: basis, adverse: conflict ? nil : adverse, frame: frame,
      readsOwner: known.outward > 0)
    if let id = ids[node] { return id }
    guard nodes.count < ProgramBuilder.mostNodes, known.depth <= ProgramBuilder.deepest else {
      isExhausted = true
      throw Misuse(
        .expandsTooFar, "the lets in this expression unfold into more than can be evaluated",
        fix: { _ in "fewer slices and sums in lets that are built on one another" })
    }
    let id = NodeID(index: Int32(nodes.count))
    nodes.append(node)
    facts.append(known)
    ids[node] = id
    return id
  }

  /// A call that a kernel works out.
  package func call(
    _ callee: Callee, _ kernel: SeriesKernel, _ operands: [NodeID], _ type: ValueType, basis: Basis?,
    adverse: Adverse?, frame: Frame
  ) throws(Misuse) -> NodeID {
    kernels[callee] = kernel
    return try make(
      .called(callee, operands), type, basis: basis, adverse: adverse, frame: frame,
      conflict: operands.contains { hasConflict($0) })
  }

  /// Every node that these read, directly or not, and they themselves; each once.
  package func reachable(from roots: some Sequence<NodeID>) -> [NodeID] {
    var seen = NodeSet(of: nodes.count)
    var found = roots.filter { seen.insert($0) }
    var next = 0
    while next < found.count {
      for operand in self[found[next]].operation.operands where seen.insert(operand) { found.append(operand) }
      next += 1
    }
    return found
  }

  /// Indexes of the measures that these read.
  package func measuresRead(from roots: some Sequence<NodeID>) -> Set<Int> { measures(in: reachable(from: roots)) }

  /// Indexes of the measures that these nodes are the figures of.
  func measures(in nodes: [NodeID]) -> Set<Int> {
    var result: Set<Int> = []
    for id in nodes {
      switch self[id].operation {
      case .cells(let measure, _): result.insert(measure)
      case .earlierCells(let measure, _, _): result.insert(measure)
      case .reported(let measures), .received(let measures), .due(let measures): result.formUnion(measures)
      default: break
      }
    }
    return result
  }
}

// MARK: - Literals

extension ProgramBuilder {
  /// A plain number written in the rule, and not something that was worked out.
  func isPlainNumber(_ id: NodeID) -> Bool {
    if case .quotient = self[id].operation { self[id].type == .number } else { false }
  }

  func isLiteral(_ id: NodeID) -> Bool {
    switch self[id].operation {
    case .quotient, .amount, .lookup: true
    case .converted(let operand): isLiteral(operand)
    default: false
    }
  }

  /// The value of a literal with digits.
  func literalValue(_ id: NodeID) -> Quotient? {
    switch self[id].operation {
    case .quotient(let numerator, let denominator): Quotient(numerator: numerator, denominator: denominator)
    case .amount(let amount): Quotient(amount)
    case .converted(let operand): literalValue(operand)
    default: nil
    }
  }

  package func quotient(_ value: Quotient, _ type: ValueType, frame: Frame) throws(Misuse) -> NodeID {
    let lowest = value.inLowestTerms
    return try make(
      .quotient(numerator: lowest.numerator, denominator: lowest.denominator), type, frame: frame)
  }

  package func amount(_ value: Quotient, _ type: ValueType, frame: Frame) throws(Misuse) -> NodeID {
    guard let amount = try? Amount(rounding: value), Quotient(amount) == value else {
      throw Misuse(.outOfRange, "the amount is too large, or finer than a ten-thousandth")
    }
    return try make(.amount(amount), type, frame: frame)
  }
}

extension Quotient {
  /// Equal quotients are then equal in both parts.
  var inLowestTerms: Quotient {
    var (a, b) = (numerator.magnitude, denominator.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    let divisor = Int128(max(a, 1))
    return Quotient(numerator: numerator / divisor, denominator: denominator / divisor)
  }
}
