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

  /// From one step of the decomposition to the next.
  func change(from: NodeID, to: NodeID, in cost: DecomposedCost) throws(Misuse) -> NodeID {
    try make(.subtract(to, from), .money, basis: cost.basis, adverse: cost.adverse)
  }

  /// A cell's value of the year before: a node of the cells, not of the call.
  private func lastYear(_ id: NodeID, of cells: Population) throws(Misuse) -> NodeID {
    let node = builder[id]
    return try builder.make(
      .lastYear(id), node.type, basis: node.basis, adverse: node.adverse, frame: cells.members)
  }
}
