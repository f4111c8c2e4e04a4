import Finance
import RuleLanguage

// What price, volume and mix effects share: a change in cost, taken in three steps.
//
//     before → all units now, at the mean price before → each unit now, at its own price before → now
//
// Each step is an amount of its own, rounded once, so that the three differences add to the change exactly.

struct DecomposedCost {
  var before: NodeID
  var atMeanPrice: NodeID
  var atBasePrices: NodeID
  var now: NodeID
  var basis: Basis?
  var adverse: Adverse?
}

extension FunctionCall {
  /// The arguments are cost, units, dimension and, unless last year is the base, the base's cost and units.
  func decomposedCost() throws(Misuse) -> DecomposedCost {
    if has(3), !has(4) {
      throw Misuse(
        .wrongArguments, "`\(name)` takes the units of the base beside its cost", operand: 3, "units of this?")
    }
    let cells = cells(2)
    let (cost, units) = (id(0), id(1))
    let baseCost = try has(3) ? id(3) : lastYear(cost, of: cells)
    let baseUnits = try has(4) ? id(4) : lastYear(units, of: cells)
    let basis = try has(4) ? requireOneBasis(0, 1, 3, 4) : requireOneBasis(0, 1)

    let (before, unitsBefore) = (try sum(baseCost, over: cells), try sum(baseUnits, over: cells))
    let meanPrice = try builder.divide(before, unitsBefore)
    let basePrice = try builder.divide(baseCost, baseUnits)
    return DecomposedCost(
      before: before, atMeanPrice: try builder.multiply(meanPrice, try sum(units, over: cells)),
      atBasePrices: try sum(try builder.multiply(basePrice, units), over: cells), now: try sum(cost, over: cells),
      basis: basis, adverse: node(0).adverse)
  }

  /// A cell's value of the year before: a node of the cells, not of the call.
  private func lastYear(_ id: NodeID, of cells: Population) throws(Misuse) -> NodeID {
    let node = builder[id]
    return try builder.make(
      .lastYear(id), node.type, basis: node.basis, adverse: node.adverse, frame: cells.members)
  }
}

extension RuleFunction {
  /// One of the three parts of a change in cost: from one of its steps to the next.
  ///
  /// - Parameters:
  ///   - againstLastYear: what the example over two years gives, in which the mix becomes dearer and prices rise.
  ///   - againstBase: what the example of one service against a base gives, with more units at a higher price.
  static func partOfChangeInCost(
    _ name: String, summary: String, formula: String, againstLastYear: String, againstBase: String,
    synonyms: [String], from before: any KeyPath<DecomposedCost, NodeID> & Sendable,
    to after: any KeyPath<DecomposedCost, NodeID> & Sendable
  ) -> RuleFunction {
    RuleFunction(
      name: name,
      topic: .costs,
      parameters: [
        Parameter("cost", .cellExpression(.money())), Parameter("units", .cellExpression(.count())),
        Parameter("dimension", .dimension), Parameter("base_cost", .cellExpression(.money()), optional: true),
        Parameter("base_units", .cellExpression(.count()), optional: true),
      ],
      gives: Given(.of(.money), .like(0)),
      summary: summary,
      formula: formula,
      source: "the decomposition of a change in cost into price, volume and mix; the three add to it exactly",
      examples: [
        Example(
          "\(name)(x, y, service)",
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
            ]), at: "2013-14 M8", gives: againstLastYear),
        Example(
          "\(name)(x, y, service, z, w)",
          given: .init("x", "money in period by service", [.init("2013-14 M8", "70", cell: "a")]),
          .init("y", "count in period by service", [.init("2013-14 M8", "12", cell: "a")]),
          .init("z", "money in period by service", [.init("2013-14 M8", "50", cell: "a")]),
          .init("w", "count in period by service", [.init("2013-14 M8", "10", cell: "a")]), at: "2013-14 M8",
          gives: againstBase),
      ],
      synonyms: synonyms,
      lower: { call throws(Misuse) in
        let cost = try call.decomposedCost()
        return try call.make(
          .subtract(cost[keyPath: after], cost[keyPath: before]), .money, basis: cost.basis, adverse: cost.adverse)
      })
  }
}
