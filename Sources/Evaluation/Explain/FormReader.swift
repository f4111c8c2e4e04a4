import Finance
import RuleLanguage

/// Reads how an expression hangs on one of the numbers in it, for a subject in a period.
struct FormReader {
  let builder: ExplanationBuilder
  /// The expression that is the number.
  let variable: NodeID
  private var program: Program { builder.program }

  func form(_ id: NodeID) -> LinearForm? { (try? read(id)) ?? nil }

  private func read(_ id: NodeID) throws(OutOfRange) -> LinearForm? {
    if id == variable { return .itself }
    switch program[id].operation {
    case .add(let left, let right):
      guard let (left, right) = try both(left, right) else { return nil }
      return try left.adding(right)
    case .subtract(let left, let right):
      guard let (left, right) = try both(left, right) else { return nil }
      return try left.adding(try right.negated())
    case .multiply(let left, let right):
      guard let (left, right) = try both(left, right) else { return nil }
      return try left.multiplied(by: right)
    case .divide(let left, let right):
      guard let (left, right) = try both(left, right) else { return nil }
      return try left.divided(by: right)
    case .negate(let operand): return try read(operand)?.negated()
    case .converted(let operand): return try read(operand)
    case .yearToDate(let operand), .inMonth(let operand): return try total(id, of: operand)
    case .called(_, let operands): return try called(id, operands)
    default: return depends(id) ? nil : constant(id)
    }
  }

  private func both(_ left: NodeID, _ right: NodeID) throws(OutOfRange) -> (LinearForm, LinearForm)? {
    guard let left = try read(left), let right = try read(right) else { return nil }
    return (left, right)
  }

  private func constant(_ id: NodeID) -> LinearForm? { builder.outcome(id).number.map(LinearForm.init(constant:)) }

  /// Of a running total, or one month's part of one, this period's operand is one term.
  private func total(_ id: NodeID, of operand: NodeID) throws(OutOfRange) -> LinearForm? {
    guard depends(operand) else { return constant(id) }
    guard let form = try read(operand), form.isPlain, let total = builder.outcome(id).number,
      let term = builder.outcome(operand).number
    else { return nil }
    return LinearForm(try total.subtracting(term).adding(form.p), form.p1)
  }

  /// A step that the usual divisors (months to date, months to go, three months) all divide.
  private static let probe = Quotient(27_720_000)

  /// A library function is asked what it gives two and four steps on: where that is a straight line, it is one.
  private func called(_ id: NodeID, _ operands: [NodeID]) throws(OutOfRange) -> LinearForm? {
    guard operands.contains(where: depends) else { return constant(id) }
    guard let now = builder.outcome(variable).number, let value = builder.outcome(id).number else { return nil }
    let forms = try operands.filter(depends).map { operand throws(OutOfRange) in try read(operand) }
    guard forms.allSatisfy({ $0?.isPlain == true }),
      let one = Trial(self, at: try now.adding(Self.probe)).number(id),
      let two = Trial(self, at: try now.adding(Self.probe).adding(Self.probe)).number(id),
      try one.subtracting(value) == two.subtracting(one),
      let slope = try one.subtracting(value).divided(by: Self.probe)
    else { return nil }
    return LinearForm(try value.subtracting(try slope.multiplied(by: now)), slope)
  }

  /// Whether the number stands anywhere below, in whatever period or population.
  func depends(_ id: NodeID) -> Bool {
    if id == variable { return true }
    switch program[id].operation {
    // Other periods and other bodies stay as they are.
    case .previous, .lastYear: return false
    case .aggregate(_, let population, _, _) where population.relation != .all: return false
    default: return program[id].operation.operands.contains(where: depends)
    }
  }
}
