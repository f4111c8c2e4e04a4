package import RuleLanguage

extension RuleFunction {
  package static let profiled = RuleFunction(
    name: "profiled",
    topic: .year,
    parameters: [
      Parameter("x", .amount(.yearToDate)), Parameter("plan", .amount(.fullYear)),
      Parameter("plan_to_date", .amount(.yearToDate)),
    ],
    gives: .like(0, as: .fullYear),
    summary: "The outturn if the year to date stays as far from its phased plan as it is now.",
    formula: "x × plan ÷ plan_to_date; undefined where the plan to date is zero or less",
    source: "a working definition of NHS finance returns",
    examples: [
      Example(
        "profiled(x, y, z)", given: .init("x", "money year to date", ["2013-14 M8": "66"]),
        .init("y", "money full year", ["2013-14 M8": "100"]), .init("z", "money year to date", ["2013-14 M8": "60"]),
        at: "2013-14 M8", gives: "110"),
      Example(
        "profiled(x, y, z)", given: .init("x", "money year to date", ["2013-14 M8": "66"]),
        .init("y", "money full year", ["2013-14 M8": "100"]), .init("z", "money year to date", ["2013-14 M8": "0"]),
        at: "2013-14 M8", gives: "unknown"),
    ],
    synonyms: ["profiled_forecast", "phased_forecast", "forecast"],
    lower: { call throws(Misuse) in
      try call.requireAlike(0, 1)
      try call.requireAlike(1, 2)
      let scale = try call.make(.divide(call.id(1), call.id(2)), .ratio)
      return try call.make(
        .multiply(call.id(0), scale), call.node(0).type, basis: .fullYear, adverse: call.node(0).adverse)
    })
}
