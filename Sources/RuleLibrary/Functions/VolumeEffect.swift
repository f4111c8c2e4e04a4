package import RuleLanguage

extension RuleFunction {
  package static let volumeEffect = RuleFunction(
    name: "volume_effect",
    topic: .costs,
    parameters: [
      Parameter("cost", .cellExpression(.money())), Parameter("units", .cellExpression(.count())),
      Parameter("dimension", .dimension), Parameter("base_cost", .cellExpression(.money()), optional: true),
      Parameter("base_units", .cellExpression(.count()), optional: true),
    ],
    gives: Given(.of(.money), .like(0)),
    summary: "The part of a change in cost that is due to more or fewer units altogether.",
    formula:
      "(Q₁ - Q₀) × P̄₀: the change in all units at the mean price before; against last year unless a base is given",
    source: "the decomposition of a change in cost into price, volume and mix; the three add to it exactly",
    examples: [
      Example(
        "volume_effect(x, y, service)",
        given: .init(
          "x", "money in period by service",
          [
            .init("2012-13 M8", "10", cell: "a"), .init("2012-13 M8", "30", cell: "b"),
            .init("2013-14 M8", "10", cell: "a"), .init("2013-14 M8", "60", cell: "b"),
          ]),
        .init(
          "y", "count in period by service",
          [
            .init("2012-13 M8", "10", cell: "a"), .init("2012-13 M8", "10", cell: "b"),
            .init("2013-14 M8", "5", cell: "a"), .init("2013-14 M8", "15", cell: "b"),
          ]), at: "2013-14 M8", gives: "0"),
      Example(
        "volume_effect(x, y, service, z, w)",
        given: .init("x", "money in period by service", [.init("2013-14 M8", "70", cell: "a")]),
        .init("y", "count in period by service", [.init("2013-14 M8", "12", cell: "a")]),
        .init("z", "money in period by service", [.init("2013-14 M8", "50", cell: "a")]),
        .init("w", "count in period by service", [.init("2013-14 M8", "10", cell: "a")]), at: "2013-14 M8", gives: "10"),
    ],
    synonyms: ["volume_variance", "activity_variance", "volume"],
    lower: { call throws(Misuse) in
      let cost = try call.decomposedCost()
      return try call.change(from: cost.before, to: cost.atMeanPrice, in: cost)
    })
}
