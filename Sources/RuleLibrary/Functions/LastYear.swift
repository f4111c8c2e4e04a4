package import RuleLanguage

extension RuleFunction {
  package static let lastYear = RuleFunction(
    name: "last_year",
    topic: .earlier,
    parameters: [Parameter("x", .anything)],
    gives: .like(0),
    summary: "The value in the same period of the year before.",
    formula: "x twelve months earlier",
    source: "definition of the language",
    examples: [
      Example(
        "last_year(x)", given: .init("x", "money year to date", ["2012-13 M6": "80", "2013-14 M6": "100"]),
        at: "2013-14 M6", gives: "80"),
      Example(
        "last_year(x) > £50", given: .init("x", "money full year", ["2012-13 M13": "80"]), at: "2013-14 M13",
        gives: "true"),
    ],
    synonyms: ["prior", "prior_year", "previous_year", "year_ago", "py"],
    lower: { call throws(Misuse) in try call.lastYear(call.id(0)) })
}
