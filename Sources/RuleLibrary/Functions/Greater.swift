package import RuleLanguage

extension RuleFunction {
  package static let greater = RuleFunction(
    name: "greater",
    parameters: [Parameter("a"), Parameter("b")],
    summary: "The larger of two quantities.",
    formula: "max(a, b); unknown if either is",
    source: "definition of the language",
    examples: [
      Example("greater(x, £5)", given: .init("money in period", ["2013-14 M8": "3"]), at: "2013-14 M8", gives: "5")
    ],
    kernel: .choosing(max),
    lower: { call throws(Misuse) in try call.choosing() })
}
