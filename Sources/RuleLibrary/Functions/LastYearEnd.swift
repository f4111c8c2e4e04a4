package import RuleLanguage

extension RuleFunction {
  package static let lastYearEnd = RuleFunction(
    name: "last_year_end",
    topic: .earlier,
    parameters: [Parameter("x", Taken(Taken.quantity.types, [.yearToDate, .fullYear, .atPeriodEnd]))],
    gives: Given(.like(0), .like(0)),
    summary: "What stood at the end of the year before: its final accounts, or its last month while there are none.",
    formula: "x at M13 of the year before, else at its M12; a total to date is then of the full year",
    source: "definition of the language",
    examples: [
      Example(
        "last_year_end(x)", given: .init("x", "money year to date", ["2012-13 M12": "80", "2012-13 M13": "81"]),
        at: "2013-14 M6", gives: "81"),
      Example(
        "last_year_end(x)", given: .init("x", "money at period end", ["2012-13 M12": "80"]), at: "2013-14 M6",
        gives: "80"),
    ],
    synonyms: ["opening", "opening_balance", "prior_year_outturn", "year_end"],
    lower: { call throws(Misuse) in try call.lastYearEnd(call.id(0)) })
}
