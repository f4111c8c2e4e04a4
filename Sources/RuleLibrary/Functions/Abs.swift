package import RuleLanguage

extension RuleFunction {
  package static let abs = RuleFunction(
    name: "abs",
    topic: .plain,
    parameters: [Parameter("x", .quantity)],
    gives: .like(0),
    summary: "The size of a quantity, whichever way it points.",
    formula: "x, or -x where x is below zero; neither way is adverse any more",
    source: "definition of the language",
    examples: [
      Example(
        "abs(x)", given: .init("x", "money in period", ["2013-14 M8": "-12.5"]), at: "2013-14 M8", gives: "12.5"),
      Example(
        "abs(x)", given: .init("x", "ratio", ["2013-14 M8": "0.02"]), at: "2013-14 M8", gives: "0.02"),
    ],
    synonyms: ["absolute", "size"],
    lower: { call throws(Misuse) in
      try call.make(.absolute(call.id(0)), call.node(0).type, basis: call.node(0).basis)
    })
}
