import Finance
import RuleLanguage

// What `greater` and `lesser` share.

extension FunctionCall {
  /// Two quantities of one type and basis, of which one is taken.
  func choosing(_ choose: @escaping @Sendable (Quotient, Quotient) -> Quotient) throws(Misuse) -> NodeID {
    try requireAlike(0, 1)
    let kernel = SeriesKernel(reach: .months(0)) { period, _, read in
      let (left, right) = (read(0, period), read(1, period))
      guard let first = try? left.quotient() else { return left }
      guard let second = try? right.quotient() else { return right }
      return choose(first, second) == first ? left : right
    }
    let adverse = node(0).adverse == node(1).adverse ? node(0).adverse : nil
    return try called(node(0).type, basis: try requireOneBasis(0, 1), adverse: adverse, kernel: kernel)
  }
}
