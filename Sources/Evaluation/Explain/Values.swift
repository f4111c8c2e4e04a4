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

extension Engine {
  func outcome(_ step: Int, _ type: ValueType, _ row: Int, _ slot: Int) -> Outcome {
    let lanes = columns[step].lanes
    return lanes.outcome(lanes.start(row) + slot, type, texts)
  }
}
