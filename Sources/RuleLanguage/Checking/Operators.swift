import Finance

// The operator table: which quantities go together, and what they give.

extension ProgramBuilder {
  package func add(_ left: NodeID, _ right: NodeID) throws(Misuse) -> NodeID {
    try sum(left, right, "+")
  }

  package func subtract(_ left: NodeID, _ right: NodeID) throws(Misuse) -> NodeID {
    try sum(left, right, "-")
  }

  private func sum(_ left: NodeID, _ right: NodeID, _ sign: String) throws(Misuse) -> NodeID {
    var (left, right) = (try besideRatio(left, right), try besideRatio(right, left))
    (left, right) = (try besideUnitPrice(left, right), try besideUnitPrice(right, left))
    let (a, b) = (self[left], self[right])
    let type: ValueType
    switch (a.type, b.type) {
    case (.ratio, .ratio):
      // The difference of two percentages is points; a target written as 95% is meant as a percentage.
      type = sign == "-" && !isLiteral(left) && !isLiteral(right) ? .points : .ratio
    case (let same, let other) where same == other && same.isNumeric: type = same
    case (.ratio, .points): type = .ratio
    case (.points, .ratio) where sign == "+": type = .ratio
    default: throw unlikeTypes(left, right, sign)
    }
    let basis = try commonBasis(left, right, sign)
    let second = sign == "-" ? b.adverse?.flipped : b.adverse
    let conflicts =
      hasConflict(left) || hasConflict(right) || (a.adverse != nil && second != nil && a.adverse != second)
    return try make(
      sign == "-" ? .subtract(left, right) : .add(left, right), type, basis: basis, adverse: a.adverse ?? second,
      frame: a.frame, conflict: conflicts)
  }

  package func multiply(_ left: NodeID, _ right: NodeID) throws(Misuse) -> NodeID {
    let (left, right) = (try timesCount(left, right), try timesCount(right, left))
    let (a, b) = (self[left], self[right])
    let type: ValueType
    let basis: Basis?
    switch (a.type, b.type) {
    case (.unitPrice, .count): (type, basis) = (.money, b.basis)
    case (.count, .unitPrice): (type, basis) = (.money, a.basis)
    case (.number, .ratio), (.ratio, .number): (type, basis) = (.ratio, a.basis ?? b.basis)
    case (let type_, .number), (let type_, .ratio): (type, basis) = (type_, a.basis)
    case (.number, let type_), (.ratio, let type_): (type, basis) = (type_, b.basis)
    default: throw noSuchProduct(left, right, "*")
    }
    guard type.isNumeric else { throw noSuchProduct(left, right, "*") }
    return try make(
      .multiply(left, right), type, basis: basis, adverse: direction(of: left, scaledBy: right, orBy: left),
      frame: a.frame, conflict: hasConflict(left) || hasConflict(right))
  }

  package func divide(_ left: NodeID, _ right: NodeID) throws(Misuse) -> NodeID {
    // `unit / £1,250` is a share of a price; of `£5m / unit` nobody knows whether it is one.
    let right = try besideUnitPrice(right, left)
    let (a, b) = (self[left], self[right])
    let type: ValueType
    var basis: Basis?
    switch (a.type, b.type) {
    case (let type_, .number) where type_.isNumeric: (type, basis) = (type_, a.basis)
    case (.ratio, .ratio): type = .ratio
    case (let type_, .ratio) where type_.isNumeric: (type, basis) = (type_, a.basis)
    case (let same, let other) where same == other && same.isNumeric:
      type = .ratio
      try requireDivisible(left, right)
    case (.money, .count):
      type = .unitPrice
      try requireDivisible(left, right)
    default: throw noSuchProduct(left, right, "/")
    }
    return try make(
      .divide(left, right), type, basis: basis, adverse: b.adverse == nil ? direction(of: left, scaledBy: right) : nil,
      frame: a.frame, conflict: hasConflict(left) || hasConflict(right))
  }

  package func negate(_ operand: NodeID) throws(Misuse) -> NodeID {
    let node = self[operand]
    guard node.type.isNumeric else {
      throw Misuse(.notAQuantity, "\(node.type.spoken) has no negative", operand: 0, node.spoken)
    }
    // `-£5m` is a literal in its own right.
    switch node.operation {
    case .amount(let amount):
      return try make(.amount(Amount(tenThousandths: -amount.tenThousandths)), node.type, frame: node.frame)
    case .quotient(let numerator, let denominator):
      return try make(.quotient(numerator: -numerator, denominator: denominator), node.type, frame: node.frame)
    default:
      return try make(
        .negate(operand), node.type, basis: node.basis, adverse: node.adverse?.flipped, frame: node.frame,
        conflict: hasConflict(operand))
    }
  }

  // MARK: Parts

  /// A plain number written beside a percentage is one: 1 reads as 100%.
  private func besideRatio(_ id: NodeID, _ other: NodeID) throws(Misuse) -> NodeID {
    guard isPlainNumber(id), self[other].type == .ratio else { return id }
    return try make(.converted(id), .ratio, frame: self[id].frame)
  }

  /// A positive factor keeps the direction, a negative one turns it; what is not written out is taken as positive.
  /// Two factors that both have one leave none.
  private func direction(of left: NodeID, scaledBy right: NodeID, orBy other: NodeID? = nil) -> Adverse? {
    func turned(_ adverse: Adverse?, by factor: NodeID) -> Adverse? {
      (literalValue(factor)?.sign ?? 1) < 0 ? adverse?.flipped : adverse
    }
    switch (self[left].adverse, self[right].adverse) {
    case (let adverse?, nil): return turned(adverse, by: right)
    case (nil, let adverse?): return other.flatMap { turned(adverse, by: $0) }
    default: return nil
    }
  }

  /// ± and comparisons: the same basis, or one side without.
  func commonBasis(_ left: NodeID, _ right: NodeID, _ sign: String) throws(Misuse) -> Basis? {
    guard let a = self[left].basis, let b = self[right].basis, a != b else {
      return self[left].basis ?? self[right].basis
    }
    throw unlikeBases(left, right, sign)
  }

  private func requireDivisible(_ left: NodeID, _ right: NodeID) throws(Misuse) {
    guard let a = self[left].basis, let b = self[right].basis, a != b else { return }
    // Anything is divided by a stock; to date ÷ full year is progress through the year.
    if b == .atPeriodEnd || (a == .yearToDate && b == .fullYear) { return }
    throw unlikeBases(left, right, "/")
  }
}

extension Adverse {
  package var flipped: Adverse { self == .high ? .low : .high }
}
