package import RuleLanguage

extension RuleFunction {
  package static let lesser = RuleFunction(
    name: "lesser",
    parameters: [Parameter("a"), Parameter("b")],
    summary: "The smaller of two quantities.",
    formula: "min(a, b); unknown if either is",
    source: "definition of the language",
    examples: [
      Example("lesser(x, £5)", given: .init("money in period", ["2013-14 M8": "3"]), at: "2013-14 M8", gives: "3")
    ],
    kernel: .choosing(min),
    lower: { call throws(Misuse) in try call.choosing() })
}
