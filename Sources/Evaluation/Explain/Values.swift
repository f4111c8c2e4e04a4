package import Finance
package import RuleLanguage

extension Evaluator {
  /// What an expression came to for a subject of its frame in a period, as of the last run. Nil for a subject or period
  /// that is not there, for an expression that depends on the subject outside a population, and for a list of names.
  package func outcome(of node: NodeID, for subject: Subject, at period: Period) -> Outcome? {
    guard let engine, let step = plan.stepOfNode[node], !plan.steps[step].readsOwner,
      let row = engine.axis(ofFrame: plan.steps[step].frame)[subject]
    else { return nil }
    let slot = engine.axis.slot(period)
    guard engine.axis.slots.contains(slot) else { return nil }
    if case .names = program[node].operation { return nil }
    return engine.outcome(step, program[node].type, row, slot)
  }
}

extension Evaluator {
  /// The latest period that somebody reported, or that was due; nil for an empty ledger.
  package var lastPeriod: Period? { latest }

  /// What an expression came to, as a person reads it: "9.9%", "£2.4m", "not known".
  package func shown(_ outcome: Outcome, as node: NodeID) -> String {
    var node = program[node]
    node.adverse = nil
    return ValueText(program).quantity(outcome, node).shown
  }
}

extension Engine {
  func outcome(_ step: Int, _ type: ValueType, _ row: Int, _ slot: Int) -> Outcome {
    let lanes = columns[step].lanes
    return lanes.outcome(lanes.start(row) + slot, type, texts)
  }
}
