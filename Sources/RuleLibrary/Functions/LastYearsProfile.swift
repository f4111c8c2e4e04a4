package import RuleLanguage

extension RuleFunction {
  package static let lastYearsProfile = RuleFunction(
    name: "last_years_profile",
    topic: .year,
    parameters: [Parameter("plan", .amount(.fullYear)), Parameter("x", .amount(.yearToDate))],
    gives: .like(0, as: .yearToDate),
    summary: "What a plan for the year comes to by this month, spread as x was spread last year.",
    formula: "plan × last_year(x) ÷ last_year_end(x); undefined where last year came to zero or less",
    source: "a working definition of NHS finance returns",
    examples: [
      Example(
        "last_years_profile(x, y)", given: .init("x", "money full year", ["2013-14 M8": "120"]),
        .init("y", "money year to date", ["2012-13 M8": "45", "2012-13 M12": "90"]), at: "2013-14 M8", gives: "60"),
      Example(
        "last_years_profile(x, y)", given: .init("x", "money full year", ["2013-14 M8": "120"]),
        .init("y", "money year to date", ["2012-13 M8": "45"]), at: "2013-14 M8", gives: "unknown"),
    ],
    synonyms: ["profile", "seasonal", "seasonal_profile"],
    lower: { call throws(Misuse) in
      let (last, end) = (try call.lastYear(call.id(1)), try call.lastYearEnd(call.id(1)))
      let part = try call.make(.divide(last, end), .ratio)
      return try call.make(
        .multiply(call.id(0), part), call.node(0).type, basis: .yearToDate, adverse: call.node(0).adverse)
    })
}
