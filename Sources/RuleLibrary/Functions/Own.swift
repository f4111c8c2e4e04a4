package import RuleLanguage

extension RuleFunction {
  package static let own = RuleFunction(
    name: "own",
    topic: .rules,
    parameters: [Parameter("x", .ownersExpression)],
    gives: .like(0),
    summary: "Inside a population, the value for the subject that the population belongs to.",
    formula: "x of the subject outside, the same for every member",
    source: "definition of the language",
    examples: [
      Example(
        "count(x > own(x) over peers)",
        given: .init(
          "x", "money in period",
          [.init("2013-14 M8", "5"), .init("2013-14 M8", "6", of: "B"), .init("2013-14 M8", "4", of: "C")]),
        at: "2013-14 M8", gives: "1"),
      Example(
        "share(x < own(x) over peers)",
        given: .init(
          "x", "money in period",
          [.init("2013-14 M8", "5"), .init("2013-14 M8", "6", of: "B"), .init("2013-14 M8", "4", of: "C")]),
        at: "2013-14 M8", gives: "0.5"),
    ],
    synonyms: ["self", "mine", "this", "my"],
    lower: { call throws(Misuse) in
      let node = call.node(0)
      return try call.make(.own(call.id(0)), node.type, basis: node.basis, adverse: node.adverse)
    })
}
