package import RuleLanguage

extension RuleFunction {
  package static let lesser = RuleFunction(
    name: "lesser",
    topic: .plain,
    parameters: [Parameter("a", .quantity), Parameter("b", .quantity)],
    gives: .like(0),
    summary: "The smaller of two quantities.",
    formula: "min(a, b); unknown if either is",
    source: "definition of the language",
    examples: [
      Example(
        "lesser(x, £5)", given: .init("x", "money in period", ["2013-14 M8": "3"]), at: "2013-14 M8", gives: "3"),
      Example(
        "lesser(x, 2%)", given: .init("x", "ratio", ["2013-14 M8": "0.03"]), at: "2013-14 M8", gives: "0.02"),
    ],
    synonyms: ["min", "minimum", "smaller"],
    lower: { call throws(Misuse) in try call.choosing(min) })
}
