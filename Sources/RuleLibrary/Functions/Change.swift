package import RuleLanguage

extension RuleFunction {
  package static let change = RuleFunction(
    name: "change",
    topic: .earlier,
    parameters: [Parameter("x", .quantity)],
    gives: Given(.differenceOf(0), .like(0)),
    summary: "How much more or less than one period earlier.",
    formula: "x - previous(x)",
    source: "definition of the language",
    examples: [
      Example(
        "change(x)", given: .init("x", "money full year", ["2013-14 M5": "90", "2013-14 M6": "100"]), at: "2013-14 M6",
        gives: "10"),
      Example(
        "change(x)", given: .init("x", "ratio", ["2013-14 M5": "0.95", "2013-14 M6": "0.92"]), at: "2013-14 M6",
        gives: "-0.03"),
    ],
    synonyms: ["difference", "delta", "mom"],
    lower: { call throws(Misuse) in try call.change(since: try call.previous(call.id(0), 1)) })
}
