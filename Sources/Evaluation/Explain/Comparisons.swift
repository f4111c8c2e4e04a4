import RuleLanguage

/// Which numbers a rule compares with which: from what a figure has to be told apart wherever it is shown.
struct Comparisons {
  private var others: [NodeID: [NodeID]] = [:]
  private var seen: Set<NodeID> = []

  init(of rule: Rule, in program: Program) {
    let tests = [rule.onlyWhen, rule.watch, rule.clears].compactMap { $0 } + rule.breaches.map(\.test)
    for test in tests + rule.suppressions.map(\.condition) { visit(test, program) }
  }

  subscript(node: NodeID) -> [NodeID] { others[node] ?? [] }

  private mutating func visit(_ id: NodeID, _ program: Program) {
    guard seen.insert(id).inserted else { return }
    if case .compare(_, let left, let right) = program[id].operation, program[left].type.isNumeric {
      others[left, default: []].append(right)
      others[right, default: []].append(left)
    }
    for operand in program[id].operation.operands { visit(operand, program) }
  }
}
