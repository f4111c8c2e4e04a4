package import RuleLanguage

extension RuleFunction {
  package static let costAbovePeers = RuleFunction(
    name: "cost_above_peers",
    topic: .costs,
    parameters: [Parameter("cost", .money()), Parameter("units", .count())],
    gives: .like(0),
    summary: "What would be saved if a unit cost as much as it does among the organisation's peers.",
    formula: "(cost ÷ units - the median of cost ÷ units over peers) × units",
    source: "benchmarking as the NHS publishes it: own unit cost against that of similar bodies",
    examples: [
      Example(
        "cost_above_peers(x, y)",
        given: .init(
          "x", "money in period",
          [.init("2013-14 M8", "60"), .init("2013-14 M8", "40", of: "B"), .init("2013-14 M8", "60", of: "C")]),
        .init(
          "y", "count at period end",
          [.init("2013-14 M8", "10"), .init("2013-14 M8", "10", of: "B"), .init("2013-14 M8", "12", of: "C")]),
        at: "2013-14 M8", gives: "15"),
      Example(
        "cost_above_peers(x, y)",
        given: .init("x", "money in period", [.init("2013-14 M8", "40"), .init("2013-14 M8", "60", of: "B")]),
        .init("y", "count at period end", [.init("2013-14 M8", "10"), .init("2013-14 M8", "10", of: "B")]),
        at: "2013-14 M8", gives: "-20"),
    ],
    synonyms: ["benchmark", "opportunity", "excess_cost", "unit_cost_gap"],
    lower: { call throws(Misuse) in
      let unit = try call.builder.divide(call.id(0), call.id(1))
      let gap = try call.builder.subtract(unit, try call.medianOfPeers(unit))
      let excess = try call.builder.multiply(gap, call.id(1))
      return try call.meaning(excess, basis: call.node(0).basis, adverse: call.node(0).adverse)
    })
}
