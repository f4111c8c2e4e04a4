import Finance
package import RuleLanguage

extension RuleFunction {
  package static let movingAverage = RuleFunction(
    name: "moving_average",
    topic: .earlier,
    parameters: [
      Parameter("x", Taken(Taken.quantity.types, [.inPeriod, .fullYear, .atPeriodEnd])),
      Parameter("n", .periods(2...60)),
    ],
    gives: .like(0),
    summary: "The mean of the last n periods, this one among them.",
    formula: "Σ x over the n periods up to this one ÷ n; unknown if any of them is",
    source: "definition of the language",
    examples: [
      Example(
        "moving_average(x, 3 periods)",
        given: .init("x", "money in period", ["2013-14 M6": "10", "2013-14 M7": "20", "2013-14 M8": "30"]),
        at: "2013-14 M8", gives: "20"),
      Example(
        "moving_average(x, 3 periods)", given: .init("x", "money in period", ["2013-14 M6": "10", "2013-14 M8": "30"]),
        at: "2013-14 M8", gives: "unknown"),
      Example(
        "moving_average(x, 2 periods)",
        given: .init("x", "money full year", ["2012-13 M12": "10", "2013-14 M1": "30"]), at: "2013-14 M1",
        gives: "unknown"),
    ],
    synonyms: ["average", "rolling_average", "rolling_mean", "smoothed"],
    lower: { call throws(Misuse) in
      try call.overLastPeriods { values throws(OutOfRange) in try values.mean() }
    })
}
