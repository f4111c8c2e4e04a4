/// Lets by what they came to. What reads as well without a name (a measure, a number) has none.
struct NodeNames {
  /// Of the lets at the left margin, and of those of each rule.
  private var shared: [NodeID: String] = [:]
  private var own: [Int: [NodeID: String]] = [:]

  init(_ lets: [NodeID: [LetName]], in builder: ProgramBuilder) {
    for (id, names) in lets where !builder[id].operation.operands.isEmpty {
      for name in names {
        if let rule = name.rule {
          own[rule, default: [:]][id] = max(own[rule]?[id] ?? "", name.name)
        } else {
          shared[id] = max(shared[id] ?? "", name.name)
        }
      }
    }
  }

  /// Of the nodes that one rule reads, by its place among the rules.
  func names(of nodes: [NodeID], inRule rule: Int?) -> [NodeID: String] {
    let own = rule.flatMap { self.own[$0] } ?? [:]
    var result: [NodeID: String] = [:]
    for id in nodes {
      guard let name = [shared[id], own[id]].compactMap({ $0 }).max() else { continue }
      result[id] = name
    }
    return result
  }
}
