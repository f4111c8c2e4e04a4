package import RuleLanguage

extension RuleFunction {
  package static let abs = RuleFunction(
    name: "abs",
    parameters: [Parameter("x")],
    summary: "The size of a quantity, whichever way it points.",
    formula: "x, or -x where x is below zero; neither way is adverse any more",
    source: "definition of the language",
    examples: [
      Example("abs(x)", given: .init("money in period", ["2013-14 M8": "-12.5"]), at: "2013-14 M8", gives: "12.5")
    ],
    lower: { call throws(Misuse) in
      try call.requireNumeric(0)
      return try call.make(.absolute(call.id(0)), call.node(0).type, basis: call.node(0).basis)
    })
}
