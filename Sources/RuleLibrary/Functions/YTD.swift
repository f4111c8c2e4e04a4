package import RuleLanguage

extension RuleFunction {
  package static let ytd = RuleFunction(
    name: "ytd",
    topic: .year,
    parameters: [Parameter("x", .amount(.inPeriod, .yearToDate))],
    gives: .like(0, as: .yearToDate),
    summary: "The running total of the year; one that is reported as such is itself.",
    formula: "Σ x over M1 to this month (or the quarters to this one), unknown if any of them is",
    source: "definition of the language",
    examples: [
      Example(
        "ytd(x)", given: .init("x", "money in period", ["2013-14 M1": "10", "2013-14 M2": "20", "2013-14 M3": "5"]),
        at: "2013-14 M3", gives: "35"),
      Example(
        "ytd(x)", given: .init("x", "money in period", ["2013-14 M1": "10", "2013-14 M3": "5"]), at: "2013-14 M3",
        gives: "unknown"),
      Example(
        "ytd(x)", given: .init("x", "money year to date", ["2013-14 M3": "35"]), at: "2013-14 M3", gives: "35"),
      Example(
        "ytd(x)", given: .init("x", "money in period every quarter", ["2013-14 M3": "10", "2013-14 M6": "20"]),
        at: "2013-14 M6", gives: "30"),
    ],
    synonyms: ["year_to_date", "to_date", "running_total", "cumulated"],
    lower: { call throws(Misuse) in
      let node = call.node(0)
      if node.basis == .yearToDate { return call.id(0) }
      return try call.make(.yearToDate(call.id(0)), node.type, basis: .yearToDate, adverse: node.adverse)
    })
}
