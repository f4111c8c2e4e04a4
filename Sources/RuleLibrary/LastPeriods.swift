import Finance
import RuleLanguage

// What `moving_average`, `highest_of` and `lowest_of` share: the values of the last periods.

extension FunctionCall {
  /// One value out of those of the last n periods, all of which have to be known. A figure of a whole year is only
  /// compared with those of its own year.
  func overLastPeriods(
    _ work: @escaping @Sendable ([Quotient]) throws(OutOfRange) -> Quotient
  ) throws(Misuse) -> NodeID {
    let (count, step, node) = (whole(1) ?? 2, step(0), node(0))
    let staysInYear = node.basis == .fullYear && step != .year
    let kernel = SeriesKernel(reach: .months((count - 1) * step.months)) { period, _, read in
      .working {
        var values: [Quotient] = []
        for back in (0..<count).reversed() {
          let earlier = back == 0 ? period : period.advanced(by: -back, step)
          if staysInYear, earlier.year != period.year { throw NotKnown(.undefined) }
          values.append(try read(0, earlier).quotient())
        }
        let result = try work(values)
        return node.type.isAmount ? .amount(try Amount(rounding: result)) : .quotient(result)
      }
    }
    return try called(
      node.type, basis: node.basis, adverse: node.adverse, written: [written(1)], step: step, kernel: kernel)
  }
}

extension [Quotient] {
  /// Of some values; rounded once where they are amounts.
  func mean() throws(OutOfRange) -> Quotient {
    var total = Quotient.zero
    for value in self { total = try total.adding(value) }
    return try total.divided(by: Quotient(Int64(count))) ?? .zero
  }
}
