extension Operation {
  /// Every node that this one reads, of whatever frame, in the order of the sentence.
  package var operands: [NodeID] {
    switch self {
    case .amount, .quotient, .text, .truth, .severity, .period, .date, .cells, .earlierCells, .received, .due,
      .reported, .attribute, .key, .month,
      .thisPeriod, .breach, .severityOf:
      []
    case .add(let left, let right), .subtract(let left, let right), .multiply(let left, let right),
      .divide(let left, let right), .compare(_, let left, let right), .and(let left, let right),
      .or(let left, let right), .ifUnknown(let left, let right):
      [left, right]
    case .negate(let operand), .absolute(let operand), .rounded(let operand, _), .converted(let operand),
      .not(let operand), .previous(let operand, _), .lastYear(let operand), .yearToDate(let operand),
      .inMonth(let operand), .tally(_, let operand), .own(let operand):
      [operand]
    case .lookup(_, _, let key):
      key.map { [$0] } ?? []
    case .called(_, let operands):
      operands
    case .aggregate(_, let population, let value, _):
      [value, population.condition].compactMap { $0 }
    case .names(let population, let value, let by, _, _):
      [value, population.condition, by].compactMap { $0 }
    }
  }
}
