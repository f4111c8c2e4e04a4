import Finance
package import RuleLanguage

extension RuleFunction {
  package static let lowestOf = RuleFunction(
    name: "lowest_of",
    topic: .earlier,
    parameters: [
      Parameter("x", Taken(Taken.quantity.types, [.inPeriod, .fullYear, .atPeriodEnd])),
      Parameter("n", .periods(2...60)),
    ],
    gives: .like(0),
    summary: "The lowest value of the last n periods, this one among them.",
    formula: "min of x over the n periods up to this one; unknown if any of them is",
    source: "definition of the language",
    examples: [
      Example(
        "lowest_of(x, 3 periods)",
        given: .init("x", "money in period", ["2013-14 M6": "10", "2013-14 M7": "20", "2013-14 M8": "30"]),
        at: "2013-14 M8", gives: "10"),
      Example(
        "lowest_of(x, 3 periods)", given: .init("x", "money in period", ["2013-14 M6": "10", "2013-14 M8": "30"]),
        at: "2013-14 M8", gives: "unknown"),
      Example(
        "lowest_of(x, 2 periods)", given: .init("x", "money full year", ["2012-13 M12": "10", "2013-14 M1": "30"]),
        at: "2013-14 M1", gives: "unknown"),
    ],
    synonyms: ["min", "trough", "rolling_min"],
    lower: { call throws(Misuse) in
      try call.overLastPeriods { values throws(OutOfRange) in values.min() ?? .zero }
    })
}
