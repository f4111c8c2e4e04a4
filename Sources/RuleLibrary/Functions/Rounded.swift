package import RuleLanguage

extension RuleFunction {
  package static let rounded = RuleFunction(
    name: "rounded",
    topic: .plain,
    parameters: [Parameter("x", .quantity), Parameter("decimals", .wholeNumber(0...6))],
    gives: .like(0),
    summary: "Rounded to a number of decimals, as it is printed: half away from zero.",
    formula: "the nearest multiple of 10^-decimals; of a percentage, 1 is 100%",
    source: "definition of the language",
    examples: [
      Example(
        "rounded(x, 1)", given: .init("x", "money in period", ["2013-14 M8": "2.45"]), at: "2013-14 M8", gives: "2.5"),
      Example(
        "rounded(x, 0)", given: .init("x", "money in period", ["2013-14 M8": "-2.5"]), at: "2013-14 M8", gives: "-3"),
    ],
    synonyms: ["round"],
    lower: { call throws(Misuse) in
      let node = call.node(0)
      return try call.make(
        .rounded(call.id(0), decimals: call.whole(1) ?? 0), node.type, basis: node.basis, adverse: node.adverse)
    })
}
