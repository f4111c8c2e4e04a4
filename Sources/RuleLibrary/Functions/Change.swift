package import RuleLanguage

extension RuleFunction {
  package static let change = RuleFunction(
    name: "change",
    parameters: [Parameter("x")],
    summary: "How much more or less than one period earlier.",
    formula: "x - previous(x)",
    source: "definition of the language",
    examples: [
      Example(
        "change(x)", given: .init("money full year", ["2013-14 M5": "90", "2013-14 M6": "100"]), at: "2013-14 M6",
        gives: "10")
    ],
    lower: { call throws(Misuse) in try call.change(since: try call.previous(call.id(0), 1)) })
}
