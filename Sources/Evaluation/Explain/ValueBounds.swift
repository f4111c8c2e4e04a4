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

  private func multiplied(by factor: Quotient) -> ValueBounds {
    let low = lowest.flatMap { try? $0.multiplied(by: factor) }
    let high = highest.flatMap { try? $0.multiplied(by: factor) }
    return factor.sign < 0 ? ValueBounds(high, low) : ValueBounds(low, high)
  }

  /// By nothing it is nothing, whatever it is.
  func multiplied(by other: ValueBounds) -> ValueBounds {
    for (factor, bounds) in [(self, other), (other, self)] {
      if let number = factor.lowest, factor.isPoint {
        return number.sign == 0 ? ValueBounds(.zero, .zero) : bounds.multiplied(by: number)
      }
    }
    if let lowest, let highest, let low = other.lowest, let high = other.highest {
      let corners = [(lowest, low), (lowest, high), (highest, low), (highest, high)].map {
        try? $0.0.multiplied(by: $0.1)
      }
      guard !corners.contains(nil) else { return .anything }
      return ValueBounds(corners.compactMap(\.self).min(), corners.compactMap(\.self).max())
    }
    // Where neither is below zero, there is a limit below.
    guard let lowest, let low = other.lowest, lowest.sign >= 0, low.sign >= 0 else { return .anything }
    return ValueBounds(try? lowest.multiplied(by: low), product(highest, other.highest))
  }
  private func product(_ one: Quotient?, _ other: Quotient?) -> Quotient? {
    guard let one, let other else { return nil }
    return try? one.multiplied(by: other)
  }

  /// Nothing is known of it where the divisor may be zero.
  ///
  /// - Parameter quotient: of two numbers as evaluation has it: rounding never turns the order of two round.
  func divided(by other: ValueBounds, _ quotient: (Quotient, Quotient) -> Quotient?) -> ValueBounds {
    if let high = other.highest, high.sign < 0 { return negated.divided(by: other.negated, quotient) }
    guard let low = other.lowest, low.sign > 0 else { return .anything }
    // The quotient is the lower, the greater a divisor below a number that is not below zero.
    func end(_ number: Quotient?, isLow: Bool) -> Quotient? {
      guard let number else { return nil }
      let byGreatest = isLow == (number.sign >= 0)
      guard byGreatest else { return quotient(number, low) }
      return other.highest.map { quotient(number, $0) } ?? .zero
    }
    return ValueBounds(end(lowest, isLow: true), end(highest, isLow: false))
  }

  var absolute: ValueBounds {
    if let lowest, lowest.sign >= 0 { return self }
    if let highest, highest.sign <= 0 { return negated }
    let ends = [negated.highest, highest]
    return ValueBounds(.zero, ends.contains(nil) ? nil : ends.compactMap(\.self).max())
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
    let met = rule.breaches.filter { decided($0.test) == true }.map(\.severity).max()
    let open = rule.breaches.filter { decided($0.test) != false }.map(\.severity).max()
    let applies = rule.onlyWhen.map(decided) ?? true
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

  /// What no answer that is still missing can change; nil where one could.
  private func decided(_ test: NodeID) -> Bool? {
    arithmetic.certainty(of: [test], place.subject, slot) == .provisional ? nil : truth(test)
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
    case .absolute(let operand): return bounds(operand).absolute
    case .multiply(let left, let right): return kept(bounds(left).multiplied(by: bounds(right)), id)
    case .divide(let left, let right):
      let areAmounts = program[left].type.isAmount && program[right].type.isAmount
      return kept(bounds(left).divided(by: bounds(right)) { quotient($0, over: $1, areAmounts: areAmounts) }, id)
    case .aggregate(let aggregate, _, let value?, _) where aggregate == .highest || aggregate == .lowest:
      if outcome(id).number == nil { return extremeBounds(id, aggregate, value) }
    default: break
    }
    return outcome(id).number.map { ValueBounds($0, $0) } ?? .anything
  }

  /// Of two amounts it is exact.
  private func quotient(_ top: Quotient, over bottom: Quotient, areAmounts: Bool) -> Quotient? {
    if areAmounts, let top = try? Amount(rounding: top), let bottom = try? Amount(rounding: bottom) {
      return Quotient(top, over: bottom)
    }
    return (try? top.divided(by: bottom)) ?? nil
  }

  /// Amounts are rounded at every step.
  private func kept(_ bounds: ValueBounds, _ id: NodeID) -> ValueBounds {
    guard program[id].type.isAmount else { return bounds }
    func kept(_ end: Quotient?) -> Quotient? { end.flatMap { try? Quotient(Amount(rounding: $0)) } }
    return ValueBounds(kept(bounds.lowest), kept(bounds.highest))
  }

  /// The highest of all is no lower than the highest of those that are known to be members, and known.
  private func extremeBounds(_ id: NodeID, _ aggregate: Aggregate, _ value: NodeID) -> ValueBounds {
    let engine = place.engine
    guard let step = evaluator.plan.populations[id] else { return .anything }
    let population = step.population
    let grouping = engine.grouping(population.grouping)
    var known: [Quotient] = []
    for member in engine.members(step, grouping, of: place.subject, slot..<slot + 1)
    where grouping.belongs(Int(member), to: place.subject, slot) {
      if let condition = population.condition {
        let lanes = engine.columns[condition].lanes
        guard lanes.truth(lanes.start(Int(member)) + slot) == .true else { continue }
      }
      if let number = arithmetic.outcome(value, Int(member), slot).number { known.append(number) }
    }
    return aggregate == .highest ? ValueBounds(known.max(), nil) : ValueBounds(nil, known.min())
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
