extension Program {
  /// The rule alone, with those whose results it reads: what is enough to evaluate it. Nil for a rule that is not there.
  package func part(for rule: String) -> Program? {
    let numbers = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($0.element.name, $0.offset) })
    guard let start = numbers[rule] else { return nil }
    var wanted: Set<Int> = [start]
    var open = [start]
    while let number = open.popLast() {
      for name in rulesRead(by: rules[number]) {
        guard let other = numbers[name], wanted.insert(other).inserted else { continue }
        open.append(other)
      }
    }
    var part = self
    part.rules = wanted.sorted().map { rules[$0] }
    return part
  }

  /// Whose results a rule reads itself.
  private func rulesRead(by rule: Rule) -> Set<String> {
    var names: Set<String> = []
    var seen = NodeSet(of: nodes.count)
    var open = rule.roots
    while let id = open.popLast() {
      guard seen.insert(id) else { continue }
      switch self[id].operation {
      case .breach(let name), .severityOf(let name): names.insert(name)
      case let operation: open += operation.operands
      }
    }
    return names
  }
}

extension Rule {
  /// Every expression that it evaluates.
  fileprivate var roots: [NodeID] {
    var roots = [condition, onlyWhen, watch, clears].compactMap { $0 }
    roots += breaches.flatMap { [$0.test] + ($0.band.map { [$0.bound] } ?? []) }
    roots += suppressions.map(\.condition)
    for case .hole(let id, _) in message.parts + (detail?.parts ?? []) { roots.append(id) }
    return roots
  }
}
