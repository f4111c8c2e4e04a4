import Finance
import RuleLanguage

/// Between which values a number lies, whatever the missing figures turn out to be; nil on a side without a limit.
struct ValueBounds {
  var lowest: Quotient?
  var highest: Quotient?

  init(_ lowest: Quotient?, _ highest: Quotient?) { (self.lowest, self.highest) = (lowest, highest) }
  static let anything = ValueBounds(nil, nil)

  var isPoint: Bool { lowest != nil && lowest == highest }
  var isAnything: Bool { lowest == nil && highest == nil }

  func adding(_ other: ValueBounds) -> ValueBounds {
    ValueBounds(sum(lowest, other.lowest), sum(highest, other.highest))
  }
  private func sum(_ one: Quotient?, _ other: Quotient?) -> Quotient? {
    guard let one, let other else { return nil }
    return try? one.adding(other)
  }

  var negated: ValueBounds {
    ValueBounds(highest.flatMap { try? $0.negated() }, lowest.flatMap { try? $0.negated() })
  }

  /// By what is known and not zero.
  func multiplied(by factor: Quotient) -> ValueBounds {
    let low = lowest.flatMap { try? $0.multiplied(by: factor) }
    let high = highest.flatMap { try? $0.multiplied(by: factor) }
    return factor.sign < 0 ? ValueBounds(high, low) : ValueBounds(low, high)
  }
}

extension ExplanationBuilder {
  /// One of the counts behind a share or a count, as a whole number.
  func tally(_ column: Column) -> Int64 {
    let lanes = column.lanes
    return lanes.wholes[lanes.start(place.subject) + slot] / Amount.scale
  }

  /// Where the watched value and the result lie while something is missing; nil where nothing is, or nothing is known of
  /// it.
  func bounds() -> Explanation.Bounds? {
    let met = rule.breaches.filter { truth($0.test) == true }.map(\.severity).max()
    let open = rule.breaches.filter { truth($0.test) != false }.map(\.severity).max()
    let applies = rule.onlyWhen.map { truth($0) } ?? true
    let mildest = applies == true ? met : nil
    let gravest = applies == false ? nil : open
    let values = rule.watch.map(bounds) ?? .anything
    let isOpen = mildest != gravest
    guard isOpen || !(values.isPoint || values.isAnything) else { return nil }
    func shown(_ value: Quotient?) -> Finding.Quantity? {
      guard let value, let watch = rule.watch, program[watch].type.isNumeric else { return nil }
      return text.quantity(value, program[watch].type, nil)
    }
    return Explanation.Bounds(
      lowest: shown(values.lowest), highest: shown(values.highest), mildest: mildest, gravest: gravest)
  }

  private func bounds(_ id: NodeID) -> ValueBounds {
    switch program[id].operation {
    case .aggregate(let aggregate, _, _, _) where aggregate == .share || aggregate == .count:
      return memberBounds(id, aggregate)
    case .tally(.matching, let aggregate): return memberBounds(aggregate, .count)
    case .add(let left, let right): return bounds(left).adding(bounds(right))
    case .subtract(let left, let right): return bounds(left).adding(bounds(right).negated)
    case .negate(let operand): return bounds(operand).negated
    case .converted(let operand): return bounds(operand)
    case .multiply(let left, let right):
      if let factor = point(left), factor != .zero { return bounds(right).multiplied(by: factor) }
      if let factor = point(right), factor != .zero { return bounds(left).multiplied(by: factor) }
    case .divide(let left, let right):
      if let divisor = point(right), let factor = try? divisor.inverse() { return bounds(left).multiplied(by: factor) }
    default: break
    }
    return outcome(id).number.map { ValueBounds($0, $0) } ?? .anything
  }

  private func point(_ id: NodeID) -> Quotient? {
    let bounds = bounds(id)
    return bounds.isPoint ? bounds.lowest : nil
  }

  /// With none, and with all, of the undecided members counted.
  private func memberBounds(_ id: NodeID, _ aggregate: Aggregate) -> ValueBounds {
    guard let step = evaluator.plan.stepOfNode[id], let tallies = place.engine.tallies[step] else { return .anything }
    let (expected, known, matching) = (tally(tallies.expected), tally(tallies.known), tally(tallies.matching))
    let (least, most) = (matching, matching + expected - known)
    if aggregate == .count { return ValueBounds(Quotient(least), Quotient(most)) }
    guard expected > 0 else { return .anything }
    // While nobody is undecided it is the share itself.
    return ValueBounds(
      Quotient(numerator: Int128(least), denominator: Int128(expected)),
      Quotient(numerator: Int128(most), denominator: Int128(expected)))
  }
}
