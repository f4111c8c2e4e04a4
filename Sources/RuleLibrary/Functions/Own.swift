package import RuleLanguage

extension RuleFunction {
  package static let own = RuleFunction(
    name: "own",
    parameters: [Parameter("x", .ownersExpression)],
    summary: "Inside a population, the value for the subject that the population belongs to.",
    formula: "count(peers where cost > own(cost)): peers that cost more than this organisation",
    source: "definition of the language",
    examples: [],
    lower: { call throws(Misuse) in
      let node = call.node(0)
      return try call.make(.own(call.id(0)), node.type, basis: node.basis, adverse: node.adverse)
    })
}
