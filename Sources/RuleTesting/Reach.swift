import Evaluation
import Finance
import RuleLanguage

/// A part of a rule that an expectation has looked at while it mattered.
package enum Reach: Hashable, Sendable {
  /// A way to breach, by its position among them: it was breached, and no graver one.
  case breach(Int)
  /// `only when` was this.
  case onlyWhen(Bool)
  /// Over the line, and not yet for long enough.
  case persistence
  /// An alert was firing, and what ends it held.
  case clearing
  /// The period was not known.
  case unknown
  /// It would have fired, and was held back for this reason.
  case suppression(String)
}

extension Evaluator {
  /// What an expectation about this subject and period looks at.
  func reached(_ rule: Rule, _ key: AlertKey, at period: Period) -> Set<Reach> {
    guard let standing = standing(of: key), let now = standing.periods.firstIndex(of: period) else { return [] }
    func truth(_ node: NodeID) -> Bool? {
      if case .known(.truth(let truth)) = outcome(of: node, for: key.subject, at: period) { truth } else { nil }
    }
    var reached: Set<Reach> = []
    let applies = rule.onlyWhen.map(truth) ?? true
    if rule.onlyWhen != nil, let applies { reached.insert(.onlyWhen(applies)) }
    let breached = applies == true ? rule.breaches.indices.filter { truth(rule.breaches[$0].test) == true } : []
    let gravest = breached.map { rule.breaches[$0].severity }.max()
    for number in breached where rule.breaches[number].severity == gravest { reached.insert(.breach(number)) }
    let state = standing.states[now]
    if state.unknown != nil { reached.insert(.unknown) }
    if case .pending = state.phase { reached.insert(.persistence) }
    if case .suppressed = state.phase, let reason = state.suppression { reached.insert(.suppression(reason)) }
    let wasFiring = now > 0 && standing.states[now - 1].breached != nil
    if wasFiring, let clears = rule.clears, truth(clears) == true || applies == false { reached.insert(.clearing) }
    return reached
  }
}
