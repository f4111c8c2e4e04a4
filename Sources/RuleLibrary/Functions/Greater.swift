package import RuleLanguage

extension RuleFunction {
  package static let greater = RuleFunction(
    name: "greater",
    topic: .plain,
    parameters: [Parameter("a", .quantity), Parameter("b", .quantity)],
    gives: .like(0),
    summary: "The larger of two quantities.",
    formula: "max(a, b); unknown if either is",
    source: "definition of the language",
    examples: [
      Example(
        "greater(x, £5)", given: .init("x", "money in period", ["2013-14 M8": "3"]), at: "2013-14 M8", gives: "5"),
      Example(
        "greater(x, y)", given: .init("x", "money in period", ["2013-14 M8": "3"]),
        .init("y", "money in period", ["2013-14 M7": "4"]), at: "2013-14 M8", gives: "unknown"),
    ],
    synonyms: ["max", "maximum", "larger"],
    lower: { call throws(Misuse) in try call.choosing(max) })
}
