package import RuleLanguage

extension RuleFunction {
  package static let month = RuleFunction(
    name: "month",
    topic: .plain,
    parameters: [],
    gives: .of(.count),
    summary: "The number of the month in the financial year: 8 in M8.",
    formula: "1 to 12; 13 for final accounts",
    source: "definition of the language",
    examples: [
      Example(
        "month()", at: "2013-14 M8", gives: "8"),
      Example(
        "month()", at: "2013-14 M13", gives: "13"),
    ],
    synonyms: ["month_number", "period_number"],
    lower: { call throws(Misuse) in try call.make(.month, .count) })
}
