import Finance
import RuleLanguage

/// How far a verdict hangs on members of populations that have not answered.
package enum Certainty: String, Hashable, Sendable {
  /// Somebody has not answered, and whatever they say, no test comes out otherwise.
  case certain
  /// Somebody has not answered, and their answers could still change it; a mean or a median can always be changed by them.
  case provisional
}

extension ArithmeticLines {
  /// Of some tests of a rule together; nil where every member of their shares, counts, means and
  /// medians has answered.
  func certainty(of tests: [NodeID], _ subject: Int, _ slot: Int) -> Certainty? {
    var found: Certainty?
    for test in tests {
      switch certainty(of: test, subject, slot) {
      case .provisional: return .provisional
      case .certain: found = .certain
      case nil: break
      }
    }
    return found
  }

  private func certainty(of id: NodeID, _ subject: Int, _ slot: Int) -> Certainty? {
    let operation = program[id].operation
    switch operation {
    case .aggregate:
      return lacksAnswers(id, subject, slot) ? .provisional : nil
    case .compare(let comparison, let left, let right):
      for (share, bound, ordering) in [
        (left, right, Ordering(comparison)), (right, left, Ordering(comparison).mirrored),
      ] where lacksAnswers(share, subject, slot) {
        if certainty(of: [bound], subject, slot) == .provisional { return .provisional }
        return isDecidedAtBothEnds(share, ordering, bound, subject, slot) ? .certain : .provisional
      }
      return certainty(of: [left, right], subject, slot)
    case .previous, .lastYear:
      guard let step = plan.stepOfNode[id], let earlier = engine.slotRead(by: step, at: slot) else { return nil }
      return certainty(of: operation.operands, subject, earlier)
    default:
      return certainty(of: operation.operands, subject, slot)
    }
  }

  /// Whether the node stands for members some of whom can't be decided.
  func lacksAnswers(_ id: NodeID, _ subject: Int, _ slot: Int) -> Bool {
    guard let known = tally(.known, of: id, subject, slot), let expected = tally(.expected, of: id, subject, slot)
    else {
      return false
    }
    return known < expected
  }

  /// Nil for what counts no members.
  private func tally(_ tally: Tally, of id: NodeID, _ subject: Int, _ slot: Int) -> Int64? {
    guard let step = plan.stepOfNode[id], let lanes = engine.tallies[step]?[tally].lanes else { return nil }
    return lanes.wholes[lanes.start(subject) + slot]
  }

  private func isDecidedAtBothEnds(
    _ id: NodeID, _ ordering: Ordering, _ bound: NodeID, _ subject: Int, _ slot: Int
  ) -> Bool {
    guard let counts = ends(of: id, subject, slot), let limit = outcome(bound, subject, slot).number else {
      return false
    }
    return !ordering.isEquality && ordering.holds(counts.lowest, limit) == ordering.holds(counts.highest, limit)
  }

  struct Ends {
    var known: Int64
    var expected: Int64
    var lowest: Quotient
    var highest: Quotient
  }

  /// Between which values a share or count lies, whatever those say who have not answered; nil for other expressions and
  /// for a share of nobody.
  func ends(of id: NodeID, _ subject: Int, _ slot: Int) -> Ends? {
    guard case .aggregate(let aggregate, _, _, _) = program[id].operation, aggregate.isOfShares,
      let matching = tally(.matching, of: id, subject, slot), let known = tally(.known, of: id, subject, slot),
      let expected = tally(.expected, of: id, subject, slot)
    else { return nil }
    let base = aggregate == .share ? expected : Amount.scale
    guard base > 0 else { return nil }
    return Ends(
      known: known, expected: expected,
      lowest: Quotient(numerator: Int128(matching), denominator: Int128(base)),
      highest: Quotient(numerator: Int128(matching + expected - known), denominator: Int128(base)))
  }
}

extension Aggregate {
  /// Known though some members are not: the others have to be every one.
  var toleratesGaps: Bool { isOfShares || self == .mean || self == .median }
  /// Lies between two ends, whatever those say who have not answered.
  var isOfShares: Bool { self == .share || self == .count }
}
