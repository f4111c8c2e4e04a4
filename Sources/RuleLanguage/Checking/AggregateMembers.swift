import Diagnostics
import Finance

// What stands behind the point of an aggregate: the counts of a share, the parts of a sum, the worst by name.

/// What a sum of quantities is made of, by which way is adverse. The sum itself is the net of its two sides.
package enum SumPart: String, Hashable, Sendable, CaseIterable {
  /// The adverse members together, and the favourable ones: how far, whichever way the sum counts.
  case adverse, favourable
  /// How many there are.
  case adverseCount = "adverse_count"
  case favourableCount = "favourable_count"
  /// The names of the furthest three of a side, each with how far.
  case worst, best

  package var meaning: String {
    switch self {
    case .adverse: "what the adverse members come to together, as a size: the gross overspend"
    case .favourable: "what the favourable members come to together, as a size: the gross underspend"
    case .adverseCount: "how many members are adverse"
    case .favourableCount: "how many members are favourable"
    case .worst: "the three members that are furthest adverse, by name, with how far"
    case .best: "the three members that are furthest favourable, by name, with how far"
    }
  }

  fileprivate var side: Adverse { [.adverse, .adverseCount, .worst].contains(self) ? .high : .low }

  /// Of these the names are given.
  static let named = 3
}

extension Tally {
  package var meaning: String {
    switch self {
    case .matching: "how many members the condition is true of"
    case .known: "for how many it could be decided"
    case .expected: "how many members there are, known or not"
    }
  }
}

extension ExpressionChecker {
  /// `hit.matching` of a share or a count, `net.adverse` of a sum.
  func aggregateMember(_ expression: Expression, of operand: Expression, _ member: Name, in scope: Scope) -> NodeID? {
    guard let id = check(operand, in: scope) else { return nil }
    if let tally = Tally(rawValue: member.text) {
      return attempt(expression, [operand]) { () throws(Misuse) in try self.tally(tally, of: id) }
    }
    if let part = SumPart(rawValue: member.text) {
      return attempt(expression, [operand]) { () throws(Misuse) in try self.part(part, of: id) }
    }
    let isSum = if case .aggregate(.sum, _, _, _) = builder[id].operation { true } else { false }
    let known = isSum ? SumPart.allCases.map(\.rawValue) : Tally.allCases.map(\.rawValue)
    let others = isSum ? Tally.allCases.map(\.rawValue) : SumPart.allCases.map(\.rawValue)
    findings.add(
      .unknownWord, "there is no `.\(member.text)`", at: member.span,
      fix: Suggestion.question(member.text, among: known + others)
        ?? Wording.list(known.map { "." + $0 }, "or") + (isSum ? ", of a sum" : ", of a share or a count"),
      repairs: Suggestion.repairs(member.text, at: member.span, among: known + others))
    return nil
  }

  private func tally(_ tally: Tally, of id: NodeID) throws(Misuse) -> NodeID {
    guard case .aggregate(let aggregate, _, .some, _) = builder[id].operation,
      aggregate == .share || aggregate == .count
    else {
      throw Misuse(
        .argumentUnfit, "`.\(tally.rawValue)` stands behind a share, or a count of what is true of whom", operand: 0,
        builder[id].spoken)
    }
    return try builder.make(.tally(tally, id), .count, frame: builder[id].frame)
  }

  private func part(_ part: SumPart, of id: NodeID) throws(Misuse) -> NodeID {
    let node = builder[id]
    guard case .aggregate(.sum, let population, let value?, let coverage) = node.operation else {
      throw Misuse(.argumentUnfit, "`.\(part.rawValue)` stands behind a sum over members", operand: 0, node.spoken)
    }
    guard let adverse = builder[value].adverse else {
      throw Misuse(
        .directionUnclear, "nothing says which members are adverse", operand: 0, node.spoken,
        fix: { _ in "`adverse high` or `adverse low` on the measures, or sum(… over … where … > £0)" })
    }
    // How far a member is on the side that is asked for: above zero where it is there.
    let distance = adverse == part.side ? value : try builder.negate(value)
    let zero = try builder.literal(.zero, like: distance)
    let isThere = try builder.compare(.greater, distance, zero)
    var side = population
    side.condition =
      try population.condition.map { condition throws(Misuse) in try builder.both(condition, isThere) } ?? isThere
    switch part {
    case .adverse, .favourable:
      return try builder.make(
        .aggregate(.sum, population: side, value: distance, coverage: coverage), node.type, basis: node.basis,
        adverse: part.side, frame: node.frame)
    case .adverseCount, .favourableCount:
      return try builder.make(
        .aggregate(.count, population: population, value: isThere, coverage: coverage), .count, frame: node.frame)
    case .worst, .best:
      return try builder.make(
        .names(population: population, value: isThere, by: distance, first: SumPart.named, withSizes: true), .text,
        frame: node.frame)
    }
  }
}

extension ProgramBuilder {
  /// A plain value of the type and frame of another node.
  fileprivate func literal(_ value: Quotient, like id: NodeID) throws(Misuse) -> NodeID {
    let node = self[id]
    return node.type.isAmount
      ? try amount(value, node.type, frame: node.frame) : try quotient(value, node.type, frame: node.frame)
  }
}
