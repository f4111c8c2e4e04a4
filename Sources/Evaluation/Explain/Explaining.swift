package import Finance
import RuleLanguage

extension Evaluator {
  /// Those of whom a rule says something in any period, in the order of the register.
  package func subjects(of rule: String) -> [Subject] {
    guard let engine, let number = planNumbers[rule] else { return [] }
    let fold = folds[number]
    return engine.axis(ofFrame: plan.rules[number].frame).subjects.enumerated().compactMap { row, subject in
      engine.axis.slots.contains { fold.code(row, $0).exists } ? subject : nil
    }
  }

  /// The periods that exist for a rule and a subject, oldest first.
  package func periods(of rule: String, _ subject: Subject) -> [Period] {
    guard let place = place(rule, subject) else { return [] }
    return place.engine.axis.slots.filter { place.fold.code(place.subject, $0).exists }.map(place.engine.axis.period)
  }

  /// The subject as a person says it, with the names it had in a period.
  package func name(of subject: Subject, rule: String, at period: Period) -> String {
    guard let place = place(rule, subject), place.engine.axis.contains(year: Int(period.year)) else {
      return subject.keys.joined(separator: ", ")
    }
    return place.name(place.engine.axis.slot(period))
  }

  /// Everything that led to what a rule says of a subject in a period; nil where one of them is not there.
  package func explanation(of rule: String, _ subject: Subject, at period: Period) -> Explanation? {
    guard let place = place(rule, subject), place.engine.axis.contains(year: Int(period.year)) else { return nil }
    let year = place.rule.isFoldedByYear ? Int(period.year) : nil
    return ExplanationBuilder(self, place, period).explanation(AlertKey(rule: rule, subject: subject, year: year))
  }
}

extension Evaluator.Place {
  /// As a person says it; `overall` for a rule that has one subject.
  func name(_ slot: Int) -> String {
    let axis = engine.axis(ofFrame: rule.frame)
    guard !axis.frame.keys.isEmpty else { return "overall" }
    return zip(axis.frame.keys, axis.subjects[subject].keys).map { key, value in
      key == .organisation ? engine.register.name(Int(axis.organisations[subject]), slot) : value
    }.joined(separator: ", ")
  }
}

/// Puts an explanation together.
struct ExplanationBuilder {
  let evaluator: Evaluator
  let place: Evaluator.Place
  let rule: Rule
  let period: Period
  let slot: Int
  let text: ValueText
  let arithmetic: ArithmeticLines
  let printer: NodePrinter
  let reading: RuleReading
  var program: Program { evaluator.program }

  /// So many periods before it are told of.
  private static let longestHistory = 28

  init(_ evaluator: Evaluator, _ place: Evaluator.Place, _ period: Period) {
    self.evaluator = evaluator
    self.place = place
    self.period = period
    rule = evaluator.program.rules[place.rule.step.rule]
    slot = place.engine.axis.slot(period)
    text = ValueText(evaluator.program)
    arithmetic = ArithmeticLines(evaluator, place.engine, rule, text)
    printer = NodePrinter(evaluator.program, names: rule.names)
    reading = RuleReading(place.rule.step, place.engine.columns)
  }

  func explanation(_ key: AlertKey) -> Explanation {
    let finding = FindingBuilder(evaluator, place, slot: slot).finding(at: period, inFull: true)
    let result = reading.result(place.subject, slot)
    let gaps = GapSearch(self).gaps()
    let code = place.fold.code(place.subject, slot)
    let (history, fold) = history()
    return Explanation(
      key: key, name: place.name(slot), finding: finding, unknown: UnknownReason(rawValue: result.unknownReason),
      state: code.exists ? history.last { $0.period == period }?.state : nil, limits: limits(), changes: changes(code),
      outlook: code.exists ? outlook(code, fold, result) : [], history: history, missing: gaps.missing,
      undefined: gaps.undefined, bounds: bounds())
  }

  func outcome(_ node: NodeID, _ slot: Int? = nil) -> Outcome {
    arithmetic.outcome(node, place.subject, slot ?? self.slot)
  }

  func truth(_ node: NodeID) -> Bool? {
    if case .known(.truth(let truth)) = outcome(node) { truth } else { nil }
  }

  // MARK: Limits

  private func limits() -> [Explanation.Limit] {
    var limits: [Explanation.Limit] = []
    if let onlyWhen = rule.onlyWhen { limits.append(limit(.applies, onlyWhen, band: nil)) }
    for breach in rule.breaches.sorted(by: { $0.severity < $1.severity }) {
      limits.append(limit(.breach(breach.severity), breach.test, band: breach.band))
    }
    if let clears = rule.clears { limits.append(limit(.clears, clears, band: band(of: clears))) }
    return limits
  }

  func limit(_ role: Explanation.Limit.Role, _ test: NodeID, band: Rule.Band?) -> Explanation.Limit {
    guard let band, let watch = rule.watch else {
      return Explanation.Limit(role: role, words: printer.text(test), isMet: truth(test))
    }
    let bound = arithmetic.shown(band.bound, place.subject, slot)
    let words = program[band.bound].operation.isLiteral ? printer.text(band.bound) : bound.shown
    return Explanation.Limit(
      role: role, words: "\(band.comparison.words) \(words)", isMet: truth(test),
      distance: text.distance(outcome(watch), from: outcome(band.bound), called: role.line, program[watch]))
  }

  /// Where a test compares the watched value with something.
  func band(of test: NodeID) -> Rule.Band? {
    guard case .compare(let comparison, let left, let right) = program[test].operation, left == rule.watch else {
      return nil
    }
    return Rule.Band(comparison: comparison, bound: right)
  }

  // MARK: History

  private func history() -> (past: [Explanation.Past], fold: Fold) {
    let axis = place.engine.axis
    let slots = place.rule.isFoldedByYear ? axis.yearSlots(of: slot) : 0..<slot + 1
    var fold = Fold(place.rule.policy)
    var spell = Spell()
    var past: [Explanation.Past] = []
    for slot in slots where slot <= self.slot {
      let code = place.fold.code(place.subject, slot)
      guard code.exists else { continue }
      let result = reading.result(place.subject, slot)
      _ = fold.step(result)
      let period = axis.period(slot)
      let suppression = code.isSuppressed ? place.suppression(at: slot) : nil
      past.append(
        Explanation.Past(
          period: period, severity: Severity(rawValue: result.severityRank),
          unknown: UnknownReason(rawValue: result.unknownReason),
          watched: rule.watch.map { arithmetic.shown($0, place.subject, slot) },
          state: spell.state(code, at: period, suppression: suppression), counts: counts(fold, code)))
    }
    return (past.suffix(ExplanationBuilder.longestHistory), fold)
  }

  /// How far the periods up to this one go towards raising or ending it.
  private func counts(_ fold: Fold, _ code: FoldCode) -> String? {
    let (raised, cleared) = (fold.breachedInARow, fold.clearInARow)
    switch code.phase {
    case .pending(let severity):
      return "\(raised) of \(rule.persistsFor) periods at \(severity.word) or worse"
    case .firing where cleared > 0 && rule.clearsAfter > 1: return "\(cleared) of \(rule.clearsAfter) periods clear"
    default: return nil
    }
  }
}
