import Diagnostics
import Finance

// Comparisons and logic.

extension ProgramBuilder {
  func compare(_ comparison: Comparison, _ left: NodeID, _ right: NodeID) throws(Misuse) -> NodeID {
    var (left, right) = (try besideCount(left, right), try besideCount(right, left))
    (left, right) = (try besideUnitPrice(left, right), try besideUnitPrice(right, left))
    let (a, b) = (self[left], self[right])
    guard a.type == b.type else { throw unlikeComparison(left, right) }
    let isOrdered = a.type != .text
    guard a.type != .truth else {
      throw Misuse(
        .unlikeComparison, "conditions are not compared", operand: 1, b.spoken, others: [0: a.spoken],
        fix: { "\($0[0]), or not \($0[0])" })
    }
    guard isOrdered || comparison == .equal || comparison == .notEqual else {
      throw Misuse(
        .unlikeComparison, "texts have no order; they are the same or not", operand: 1, b.spoken, others: [0: a.spoken],
        fix: { "\($0[0]) is \($0[1])" })
    }
    _ = try commonBasis(left, right, comparison.rawValue)
    return try make(.compare(comparison, left, right), .truth, frame: a.frame)
  }

  func both(_ left: NodeID, _ right: NodeID) throws(Misuse) -> NodeID {
    try requireTruth([left, right])
    return try make(.and(left, right), .truth, frame: self[left].frame)
  }

  func either(_ left: NodeID, _ right: NodeID) throws(Misuse) -> NodeID {
    try requireTruth([left, right])
    return try make(.or(left, right), .truth, frame: self[left].frame)
  }

  func not(_ operand: NodeID) throws(Misuse) -> NodeID {
    try requireTruth([operand])
    return try make(.not(operand), .truth, frame: self[operand].frame)
  }

  func requireTruth(_ operands: [NodeID]) throws(Misuse) {
    for (index, operand) in operands.enumerated() where self[operand].type != .truth {
      var misuse = Misuse(
        .notACondition, "a condition is expected, not \(self[operand].type.spoken)", operand: index,
        self[operand].spoken)
      if self[operand].type.isNumeric { misuse.fix = { "a comparison, as in \($0[index]) > …" } }
      if self[operand].type == .text, operands.count > 1 {
        misuse.fix = { _ in "each side compares: kind is \"A\" or kind is \"B\"; or kind in (\"A\", \"B\")" }
      }
      throw misuse
    }
  }

  // MARK: Parts

  /// A plain number written beside a count is a count.
  private func besideCount(_ id: NodeID, _ other: NodeID) throws(Misuse) -> NodeID {
    guard self[other].type == .count, self[id].type == .number else { return id }
    if case .lookup = self[id].operation { return try make(self[id].operation, .count, frame: self[id].frame) }
    guard isPlainNumber(id), let value = literalValue(id) else { return id }
    return try amount(value, .count, frame: self[id].frame)
  }

  private func unlikeComparison(_ left: NodeID, _ right: NodeID) -> Misuse {
    let (a, b) = (self[left], self[right])
    if let money = plainNumberBesideMoney(left, right, "compared with") { return money }
    let sides = [a.type, b.type]
    for (index, id) in [left, right].enumerated() where isPlainNumber(id) {
      let other = sides[1 - index]
      guard other == .ratio || other == .points, let value = literalValue(id) else { continue }
      let inPercent = Quotient(numerator: value.numerator * 100, denominator: value.denominator)
      let percent = DecimalText.plain(inPercent)
      let plain = DecimalText.plain(value)
      // `0.2` beside a percentage was meant either way; `5` is no 500%, and `1` no 1%.
      let unit = other == .ratio ? "%" : "pp"
      let isFraction = Quotient(numerator: -1, denominator: 1) < value && value < Quotient(1)
      let texts = isFraction ? [percent + unit, plain + unit] : [plain + unit, percent + unit]
      return Misuse(
        .plainNumberForRatio, "\(other.spoken) cannot be compared with a plain number", operand: index,
        "a plain number", others: [1 - index: index == 1 ? a.spoken : b.spoken], rewrittenAs: { _ in texts })
    }
    for (index, id) in [left, right].enumerated() where sides[1 - index] != sides[index] {
      guard let value = literalValue(id), Set(sides) == [.ratio, .points] else { continue }
      let digits = DecimalText.plain(Quotient(numerator: value.numerator * 100, denominator: value.denominator))
      let other = self[index == 0 ? right : left]
      return sides[index] == .ratio
        ? Misuse(
          .percentageForPoints, "a percentage cannot band a number of percentage points", operand: index, "percentage",
          others: [1 - index: other.spoken], rewrittenAs: { _ in [digits + "pp"] })
        : Misuse(
          .pointsForPercentage, "a number of percentage points cannot band a percentage", operand: index, "points",
          others: [1 - index: other.spoken], rewrittenAs: { _ in [digits + "%"] })
    }
    var misuse = Misuse(
      .unlikeComparison, "\(a.type.spoken) cannot be compared with \(b.type.spoken)", operand: 1, b.spoken,
      others: [0: a.spoken])
    if a.type.isAmount, b.type == .ratio { misuse.fix = { "of what? as in (\($0[0])) / plan" } }
    if Set(sides) == [.money, .unitPrice] { misuse.fix = { _ in ProgramBuilder.priceOfTotal } }
    return misuse
  }
}
