package import RuleLanguage

extension RuleFunction {
  package static let lastYear = RuleFunction(
    name: "last_year",
    parameters: [Parameter("x")],
    summary: "The value in the same period of the year before.",
    formula: "x twelve months earlier",
    source: "definition of the language",
    examples: [
      Example(
        "last_year(x)", given: .init("money year to date", ["2012-13 M6": "80", "2013-14 M6": "100"]), at: "2013-14 M6",
        gives: "80")
    ],
    lower: { call throws(Misuse) in try call.lastYear(call.id(0)) })
}
