package import RuleLanguage

extension RuleFunction {
  package static let changeOnYear = RuleFunction(
    name: "change_on_year",
    topic: .earlier,
    parameters: [Parameter("x", .quantity)],
    gives: Given(.differenceOf(0), .like(0)),
    summary: "How much more or less than in the same period of the year before.",
    formula: "x - last_year(x)",
    source: "definition of the language",
    examples: [
      Example(
        "change_on_year(x)", given: .init("x", "money year to date", ["2012-13 M6": "80", "2013-14 M6": "100"]),
        at: "2013-14 M6", gives: "20"),
      Example(
        "change_on_year(x)", given: .init("x", "money year to date", ["2013-14 M6": "100"]), at: "2013-14 M6",
        gives: "unknown"),
    ],
    synonyms: ["yoy", "year_on_year"],
    lower: { call throws(Misuse) in try call.change(since: try call.lastYear(call.id(0))) })
}
