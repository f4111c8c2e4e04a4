import Finance
import RuleLanguage

/// What expressions would come to if one number in them were another, rounded at each step as evaluation rounds it.
struct Trial {
  private let reader: FormReader
  private let value: Quotient
  private var builder: ExplanationBuilder { reader.builder }
  private var program: Program { builder.program }

  /// - Parameter value: of the reader's variable; of an amount one that can be kept.
  init(_ reader: FormReader, at value: Quotient) { (self.reader, self.value) = (reader, value) }

  /// Whether a test that compares two numbers comes out so; nil where that can't be said.
  func comesOut(_ test: NodeID) -> Bool? {
    guard reader.depends(test) else { return builder.truth(test) }
    guard case .compare(let comparison, let left, let right) = program[test].operation,
      let one = number(left), let other = number(right)
    else { return nil }
    return comparison.holds(one, other)
  }

  /// Nil where it is undefined, not known, or hangs on the number in a way that is not followed.
  func number(_ id: NodeID) -> Quotient? { (try? read(id)) ?? nil }

  private func read(_ id: NodeID) throws(OutOfRange) -> Quotient? {
    if id == reader.variable { return value }
    guard reader.depends(id) else { return builder.outcome(id).number }
    switch program[id].operation {
    case .add(let left, let right):
      guard let left = try read(left), let right = try read(right) else { return nil }
      return try left.adding(right)
    case .subtract(let left, let right):
      guard let left = try read(left), let right = try read(right) else { return nil }
      return try left.subtracting(right)
    case .multiply(let left, let right):
      guard let left = try read(left), let right = try read(right) else { return nil }
      return try kept(try left.multiplied(by: right), id)
    case .divide(let left, let right):
      guard let top = try read(left), let bottom = try read(right), bottom.sign > 0 || program[id].type != .ratio
      else { return nil }
      // Of two amounts it is exact; any other is rounded to what a quotient holds.
      if program[left].type.isAmount, program[right].type.isAmount {
        return Quotient(try Amount(rounding: top), over: try Amount(rounding: bottom))
      }
      return try top.divided(by: bottom).map { quotient throws(OutOfRange) in try kept(quotient, id) }
    case .negate(let operand): return try read(operand)?.negated()
    case .converted(let operand): return try read(operand)
    case .yearToDate(let operand), .inMonth(let operand):
      // This period's operand is one term of it.
      guard let moved = try read(operand), let term = builder.outcome(operand).number,
        let total = builder.outcome(id).number
      else { return nil }
      return try total.subtracting(term).adding(moved)
    case .called(let callee, let operands): return try called(callee, operands)
    default: return nil
    }
  }

  private func kept(_ number: Quotient, _ id: NodeID) throws(OutOfRange) -> Quotient {
    program[id].type.isAmount ? Quotient(try Amount(rounding: number)) : number
  }

  private func called(_ callee: Callee, _ operands: [NodeID]) throws(OutOfRange) -> Quotient? {
    guard let kernel = program.kernels[callee] else { return nil }
    var moved: [Int: Outcome] = [:]
    for (number, operand) in operands.enumerated() where reader.depends(operand) {
      guard let value = try read(operand) else { return nil }
      moved[number] =
        program[operand].type.isAmount ? .known(.amount(try Amount(rounding: value))) : .known(.quotient(value))
    }
    let axis = builder.place.engine.axis
    let outcome = kernel.evaluate(builder.period, program.calendar) { argument, period in
      if period == builder.period, let value = moved[argument] { return value }
      let slot = axis.slot(period)
      return axis.slots.contains(slot) ? builder.outcome(operands[argument], slot) : .unknown(.missing)
    }
    return outcome.number
  }
}
