package import RuleLanguage

extension RuleFunction {
  package static let inMonth = RuleFunction(
    name: "in_month",
    topic: .year,
    parameters: [Parameter("x", .amount(.yearToDate))],
    gives: .like(0, as: .inPeriod),
    summary: "The flow of one month, or quarter, out of a total of the year to date.",
    formula: "x less x of the month (or quarter) before; in the year's first x itself; unknown after a missing one",
    source: "definition of the language",
    examples: [
      Example(
        "in_month(x)", given: .init("x", "money year to date", ["2013-14 M2": "30", "2013-14 M3": "35"]),
        at: "2013-14 M3", gives: "5"),
      Example(
        "in_month(x)", given: .init("x", "money year to date", ["2013-14 M1": "30"]), at: "2013-14 M1", gives: "30"),
      Example(
        "in_month(x)", given: .init("x", "money year to date", ["2013-14 M1": "30", "2013-14 M3": "35"]),
        at: "2013-14 M3", gives: "unknown"),
      Example(
        "in_month(x)",
        given: .init("x", "money year to date every quarter", ["2013-14 M3": "10", "2013-14 M6": "30"]),
        at: "2013-14 M6", gives: "20"),
    ],
    synonyms: ["monthly", "month_of", "this_month"],
    lower: { call throws(Misuse) in
      let node = call.node(0)
      return try call.make(.inMonth(call.id(0)), node.type, basis: .inPeriod, adverse: node.adverse)
    })
}
