import Finance
import RuleLanguage

/// One organisation's figures, and what an expression comes to in one period: the reference worked out in the plainest
/// way, one value at a time. Populations and other rules are not here.
struct ScalarEvaluation {
  let program: Program
  /// By measure and period; in ten-thousandths for amounts, in billionths for the rest.
  let figures: [[Period: Amount]]

  func outcome(_ id: NodeID, _ period: Period) -> Outcome {
    do {
      return .known(try value(id, period))
    } catch let unknown as Unknown {
      return .unknown(unknown.reason)
    } catch {
      return .unknown(.undefined)
    }
  }

  private struct Unknown: Error { var reason: UnknownReason }

  private func value(_ id: NodeID, _ period: Period) throws -> Value {
    let node = program[id]
    switch node.operation {
    case .amount(let amount): return .amount(amount)
    case .quotient(let numerator, let denominator):
      return .quotient(Quotient(numerator: numerator, denominator: denominator))
    case .truth(let truth): return .truth(truth)
    case .cells(let measure, .everything):
      guard let figure = figures[measure][period] else { throw Unknown(reason: .missing) }
      return node.type.isAmount ? .amount(figure) : .quotient(Quotient(figure))
    case .reported(let measures): return .truth(measures.contains { figures[$0][period] != nil })
    case .month: return .amount(try Amount(units: Int64(period.month)))
    case .add(let left, let right):
      return try arithmetic(left, right, period, { try $0.adding($1) }, { try $0.adding($1) })
    case .subtract(let left, let right):
      return try arithmetic(left, right, period, { try $0.subtracting($1) }, { try $0.subtracting($1) })
    case .divide(let left, let right):
      let (top, bottom) = (try quantity(left, period), try quantity(right, period))
      let isPercentage = program[left].type == program[right].type && node.type == .ratio
      guard bottom.sign != 0, !(isPercentage && bottom.sign < 0), let result = try top.divided(by: bottom) else {
        throw Unknown(reason: .undefined)
      }
      return node.type.isAmount ? .amount(try Amount(rounding: result)) : .quotient(result)
    case .absolute(let operand):
      switch try value(operand, period) {
      case .amount(let amount): return .amount(try amount.absolute())
      case .quotient(let quotient): return .quotient(try quotient.absolute())
      default: preconditionFailure("a quantity")
      }
    case .rounded(let operand, let decimals):
      switch try value(operand, period) {
      case .amount(let amount): return .amount(try amount.rounded(decimals: decimals))
      case .quotient(let quotient): return .quotient(try quotient.rounded(decimals: decimals))
      default: preconditionFailure("a quantity")
      }
    case .previous(let operand, let months):
      let earlier = period.advanced(months: -months)
      guard program[operand].basis != .fullYear || earlier.year == period.year else { throw Unknown(reason: .missing) }
      return try value(operand, earlier)
    case .lastYear(let operand): return try value(operand, period.sameMonthLastYear)
    case .yearToDate(let operand):
      let months = (1...Int(period.month)).map { Period(year: Int(period.year), month: $0) }
      return try months.reduce(Value.amount(.zero)) { sum, month in
        .amount(try amount(sum).adding(try amount(try value(operand, month))))
      }
    case .inMonth(let operand):
      let total = try amount(try value(operand, period))
      guard period.month > 1 else { return .amount(total) }
      return .amount(try total.subtracting(try amount(try value(operand, period.previousMonth))))
    case .ifUnknown(let operand, let other):
      if case .known(let known) = outcome(operand, period) { return known }
      return try value(other, period)
    case .called(let name, let operands):
      guard let kernel = program.kernels[name] else { preconditionFailure("a kernel for \(name)") }
      let result = kernel.evaluate(period, program.calendar) { argument, asked in
        precondition(
          asked <= period && asked >= period.advanced(months: -kernel.reach), "\(name) reads within its reach")
        return outcome(operands[argument], asked)
      }
      switch result {
      case .known(let known): return known
      case .unknown(let reason): throw Unknown(reason: reason)
      }
    default:
      preconditionFailure("no example needs \(node.operation)")
    }
  }

  private func amount(_ value: Value) throws -> Amount {
    guard case .amount(let amount) = value else { preconditionFailure("an amount") }
    return amount
  }

  private func quantity(_ id: NodeID, _ period: Period) throws -> Quotient {
    switch try value(id, period) {
    case .amount(let amount): Quotient(amount)
    case .quotient(let quotient): quotient
    default: preconditionFailure("a quantity")
    }
  }

  private func arithmetic(
    _ left: NodeID, _ right: NodeID, _ period: Period, _ amounts: (Amount, Amount) throws -> Amount,
    _ quotients: (Quotient, Quotient) throws -> Quotient
  ) throws -> Value {
    switch (try value(left, period), try value(right, period)) {
    case (.amount(let a), .amount(let b)): .amount(try amounts(a, b))
    case (.quotient(let a), .quotient(let b)): .quotient(try quotients(a, b))
    default: preconditionFailure("two quantities of one kind")
    }
  }
}
