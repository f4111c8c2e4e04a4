package import RuleLanguage

extension RuleFunction {
  package static let previous = RuleFunction(
    name: "previous",
    topic: .earlier,
    parameters: [Parameter("x", .anything), Parameter("n", .wholeNumber(1...60), optional: true)],
    gives: .like(0),
    summary: "The value one period earlier, or n periods: a month, or a quarter or year where the measures are such.",
    formula: "x at the period n steps before; M1 looks back at the M12 of the year before, never at its M13",
    source: "definition of the language",
    examples: [
      Example(
        "previous(x)", given: .init("x", "money in period", ["2013-14 M5": "90", "2013-14 M6": "100"]),
        at: "2013-14 M6", gives: "90"),
      Example(
        "previous(x, 2)", given: .init("x", "money in period", ["2012-13 M12": "70", "2013-14 M2": "100"]),
        at: "2013-14 M2", gives: "70"),
      Example(
        "previous(x)", given: .init("x", "money full year", ["2012-13 M12": "70", "2013-14 M1": "100"]),
        at: "2013-14 M1", gives: "unknown"),
    ],
    synonyms: ["prior", "lag", "last_month", "last_period", "before"],
    lower: { call throws(Misuse) in try call.previous(call.id(0), call.whole(1) ?? 1) })
}
