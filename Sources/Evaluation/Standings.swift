import Finance
package import RuleLanguage

extension Evaluator {
  /// Whether rules ask what was known at another time than now: the ledger's history is then to be taken in from its
  /// beginning, a drop at a time.
  package var readsHistory: Bool { !plan.vantages.isEmpty }

  /// The program that it runs.
  package var program: Program { plan.program }

  /// Where an alert stands as of the last run; nil where no period exists for it.
  package func standing(of key: AlertKey) -> Standing? {
    guard let place = place(key.rule, key.subject) else { return nil }
    if place.rule.isFoldedByYear {
      guard let year = key.year, place.engine.axis.contains(year: year) else { return nil }
      return standing(key, place, slots: place.engine.axis.slots(ofYear: year))
    }
    return key.year == nil ? standing(key, place, slots: place.engine.axis.slots) : nil
  }

  /// Every alert that is firing or pending after its last period.
  package func activeStandings() -> [Standing] {
    standings { state in if case .quiet = state.phase { false } else { true } }
  }

  /// Every alert whose state after its last period is such: `isStale` finds the gaps in the data.
  package func standings(where isWanted: (FoldState) -> Bool) -> [Standing] {
    guard let engine else { return [] }
    var found: [Standing] = []
    for (rule, fold) in zip(plan.rules, folds) {
      let name = program.rules[rule.step.rule].name
      let years = engine.axis.firstYear...engine.axis.lastYear
      let spans: [(year: Int?, slots: Range<Int>)] =
        rule.isFoldedByYear ? years.map { ($0, engine.axis.slots(ofYear: $0)) } : [(nil, engine.axis.slots)]
      for (number, subject) in engine.axis(ofFrame: rule.frame).subjects.enumerated() {
        for (year, slots) in spans {
          // Only what is wanted is made whole: most subjects of most rules are quiet.
          guard let last = slots.last(where: { fold.code(number, $0).exists }),
            isWanted(fold.code(number, last).state(since: engine.axis.period(last)))
          else { continue }
          let place = Place(rule: rule, fold: fold, subject: number, engine: engine)
          let key = AlertKey(rule: name, subject: subject, year: year)
          if let standing = standing(key, place, slots: slots) { found.append(standing) }
        }
      }
    }
    return found
  }

  /// A rule's row of one subject.
  struct Place {
    let rule: Plan.RulePlan
    let fold: RuleFold
    let subject: Int
    let engine: Engine

    /// Of the suppressions that hold in a slot the first one's reason.
    func suppression(at slot: Int) -> String? {
      RuleSuppressions(rule, engine).first(subject, slot).map { rule.suppressions[$0].reason }
    }
  }

  func place(_ rule: String, _ subject: Subject) -> Place? {
    guard let engine, let number = planNumbers[rule],
      let row = engine.axis(ofFrame: plan.rules[number].frame)[subject]
    else { return nil }
    return Place(rule: plan.rules[number], fold: folds[number], subject: row, engine: engine)
  }

  private func standing(_ key: AlertKey, _ place: Place, slots: Range<Int>) -> Standing? {
    var periods: [Period] = []
    var states: [FoldState] = []
    var spell = Spell()
    for slot in slots {
      let code = place.fold.code(place.subject, slot)
      guard code.exists else { continue }
      let period = place.engine.axis.period(slot)
      periods.append(period)
      states.append(
        spell.state(code, at: period, suppression: code.isSuppressed ? place.suppression(at: slot) : nil))
    }
    guard !periods.isEmpty else { return nil }
    let later = place.rule.isFoldedByYear ? slots.upperBound..<place.engine.axis.width : 0..<0
    return Standing(
      key: key, periods: periods, states: states,
      yearIsOver: later.contains { place.fold.code(place.subject, $0).exists })
  }
}
