import Finance
import RuleLanguage

// What `greater` and `lesser` share.

extension SeriesKernel {
  static func choosing(_ choose: @escaping @Sendable (Quotient, Quotient) -> Quotient) -> SeriesKernel {
    SeriesKernel(reach: 0) { period, _, read in
      let (left, right) = (read(0, period), read(1, period))
      guard case .known(let a) = left else { return left }
      guard case .known(let b) = right else { return right }
      let (first, second) = (a.quotient, b.quotient)
      return choose(first, second) == first ? left : right
    }
  }
}

extension Value {
  /// A quantity of whatever type, to be compared.
  fileprivate var quotient: Quotient {
    switch self {
    case .amount(let amount): Quotient(amount)
    case .quotient(let quotient): quotient
    default: preconditionFailure("the checker lets only quantities through")
    }
  }
}

extension FunctionCall {
  /// Two quantities of one type and basis, of which the kernel takes one.
  func choosing() throws(Misuse) -> NodeID {
    try requireNumeric(0)
    try requireNumeric(1)
    guard node(0).type == node(1).type else {
      throw Misuse(
        .argumentUnfit, "`\(name)` takes two of a kind, not \(node(0).type.spoken) and \(node(1).type.spoken)",
        operand: 1, node(1).spoken, others: [0: node(0).spoken])
    }
    let basis = try commonBasis(0, 1)
    let adverse = node(0).adverse == node(1).adverse ? node(0).adverse : nil
    return try called(node(0).type, basis: basis, adverse: adverse)
  }
}
