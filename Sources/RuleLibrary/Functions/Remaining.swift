package import RuleLanguage

extension RuleFunction {
  package static let remaining = RuleFunction(
    name: "remaining",
    topic: .year,
    parameters: [Parameter("plan", .amount(.fullYear)), Parameter("x", .amount(.yearToDate))],
    gives: .like(0),
    summary: "What is left of a plan for the year.",
    formula: "plan - x; below zero where more is spent than planned",
    source: "definition of the language",
    examples: [
      Example(
        "remaining(x, y)", given: .init("x", "money full year", ["2013-14 M8": "120"]),
        .init("y", "money year to date", ["2013-14 M8": "90"]), at: "2013-14 M8", gives: "30"),
      Example(
        "remaining(x, y)", given: .init("x", "money full year", ["2013-14 M8": "120"]),
        .init("y", "money year to date", ["2013-14 M8": "130"]), at: "2013-14 M8", gives: "-10"),
    ],
    synonyms: ["left", "balance", "headroom", "unspent"],
    lower: { call throws(Misuse) in
      try call.requireAlike(0, 1)
      return try call.make(
        .subtract(call.id(0), call.id(1)), call.node(0).type, basis: .fullYear, adverse: call.node(1).adverse?.flipped)
    })
}
