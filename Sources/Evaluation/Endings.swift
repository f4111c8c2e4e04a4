package import Finance
import RuleLanguage

/// Why time has gone past an alert that has no later period to resolve it.
package enum Ending: Hashable, Sendable {
  /// The rule was in effect to an earlier period than the ledger has come to.
  case expired
  /// The organisation had left the register before the period that the ledger has come to.
  case left(organisation: String)
}

extension Evaluator {
  /// The organisation that an alert is about; nil for groups, everything together, and a rule that is not there.
  package func organisation(of key: AlertKey) -> String? {
    guard let position = rule(called: key.rule)?.frame.keys.firstIndex(of: .organisation) else { return nil }
    return key.subject.keys[position]
  }

  /// Whether time can go past anything: a rule that is in effect to some period, or an organisation with a last day.
  package var anythingEnds: Bool {
    program.rules.contains { $0.effectiveTo != nil } || register.rows.contains { $0.to != nil }
  }

  /// Nil while time has not gone past it.
  package func ending(of key: AlertKey) -> Ending? {
    guard let latest, let rule = rule(called: key.rule) else { return nil }
    if let last = rule.effectiveTo, last < latest { return .expired }
    guard let code = organisation(of: key), let last = register.lastDay(of: code),
      last < program.calendar.lastDay(latest)
    else { return nil }
    return .left(organisation: code)
  }

  /// The organisation's alerts that have been undecided for longer than their rules hold because figures are missing, and
  /// since when. Those of a year that is over, or that time has gone past, wait for nothing.
  package func waiting(for code: String) -> [Waiting] {
    guard let engine else { return [] }
    var found: [Waiting] = []
    for number in folds.indices where folds[number].hasBeenStale {
      let (rule, fold) = (plan.rules[number], folds[number])
      let axis = engine.axis(ofFrame: rule.frame)
      guard let organisation = engine.frames.organisationNumber(code) else { return [] }
      for row in axis.subjects(ofOrganisation: organisation) {
        guard let gap = fold.gap(Int(row), byYear: rule.isFoldedByYear) else { continue }
        let key = AlertKey(
          rule: program.rules[rule.step.rule].name, subject: axis.subjects[Int(row)],
          year: rule.isFoldedByYear ? Int(engine.axis.period(gap).year) : nil)
        let place = Place(rule: rule, fold: fold, subject: Int(row), engine: engine)
        if ending(of: key) == nil, !waitsForThePast(place) {
          found.append(Waiting(key: key, since: engine.axis.period(gap)))
        }
      }
    }
    return found
  }

  /// Whether all that is missing in the last period is of years before the first that the ledger has: nobody has failed
  /// to return it.
  private func waitsForThePast(_ place: Place) -> Bool {
    let axis = place.engine.axis
    guard let last = axis.slots.last(where: { place.fold.code(place.subject, $0).exists }).map(axis.period),
      !axis.contains(year: Int(last.year) - 1)
    else { return false }
    let missing = GapSearch(ExplanationBuilder(self, place, last)).gaps().missing
    return !missing.isEmpty && missing.allSatisfy { !axis.contains(year: Int($0.period.year)) }
  }
}

/// An alert that is not decided because figures are missing.
package struct Waiting: Hashable, Sendable {
  package var key: AlertKey
  package var since: Period
}

extension RuleFold {
  /// Where the run of unknown periods starts that has gone on for too long at the end of a row; nil where the row ends
  /// otherwise, or what is unknown is not missing.
  func gap(_ subject: Int, byYear: Bool) -> Int? {
    guard let last = (0..<width).last(where: { code(subject, $0).exists }), code(subject, last).isGap else {
      return nil
    }
    var first = last
    let start = byYear ? last / PeriodAxis.slotsInYear * PeriodAxis.slotsInYear : 0
    for slot in (start..<last).reversed() where code(subject, slot).exists {
      guard code(subject, slot).isUnknown else { break }
      first = slot
    }
    return first
  }
}
