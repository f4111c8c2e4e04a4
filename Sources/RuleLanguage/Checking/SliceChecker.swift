import Diagnostics
import Finance

// `[category is "acute" and not (recurrence is "one-off")]`

extension ExpressionChecker {
  func slice(_ expression: Expression) -> Slice? {
    switch expression.kind {
    case .binary(.and, let left, let right):
      return both(slice(left), slice(right), Slice.and)
    case .binary(.or, let left, let right):
      return both(slice(left), slice(right), Slice.or)
    case .not(let operand):
      return slice(operand).map(Slice.not)
    case .binary(.compare(.equal), let left, let right):
      return sliceValue(left, right)
    case .binary(.compare(.notEqual), let left, let right):
      return sliceValue(left, right).map(Slice.not)
    case .isIn(let value, let list, let negated):
      let choices = list.map { sliceValue(value, $0) }
      guard let first = choices.first, !choices.contains(where: { $0 == nil }) else { return nil }
      let either = choices.dropFirst().reduce(first) { both($0, $1, Slice.or) }
      return negated ? either.map(Slice.not) : either
    default:
      findings.add(
        .notACondition, "a slice says which values of its dimensions are meant", at: expression.span,
        fix: "[\(declarations.dimensions.first ?? "category") is \"…\"]")
      return nil
    }
  }

  private func both(_ left: Slice?, _ right: Slice?, _ join: (Slice, Slice) -> Slice) -> Slice? {
    guard let left, let right else { return nil }
    return join(left, right)
  }

  private func sliceValue(_ dimension: Expression, _ value: Expression) -> Slice? {
    guard case .name(let name) = dimension.kind else {
      findings.add(
        .unknownDimension, "a dimension's name is expected on the left of a slice", at: dimension.span)
      return nil
    }
    guard declarations.dimensions.contains(name) else {
      if !declarations.broken.contains(name) {
        findings.add(
          .unknownDimension, "there is no dimension `\(name)`", at: dimension.span,
          fix: spellings.dimensions.question(name) ?? "dimension \(name)",
          repairs: spellings.dimensions.repairs(name, at: dimension.span))
      }
      return nil
    }
    guard case .literal(.text(let text)) = value.kind else {
      findings.add(
        .unlikeComparison, "a dimension's value is a text", at: value.span, fix: "\"…\" in quotation marks",
        repairs: quoting(value))
      return nil
    }
    return .isValue(dimension: name, value: text)
  }
}

extension ExpressionChecker {
  /// A word that was meant as a text.
  func quoting(_ value: Expression) -> [Repair] {
    guard case .name(let name) = value.kind else { return [] }
    return [.replacing(value.span, with: "\"\(name)\"")]
  }
}

extension Slice {
  /// The dimensions that it asks about.
  package var dimensions: Set<String> {
    switch self {
    case .everything: []
    case .isValue(let dimension, _): [dimension]
    case .not(let slice): slice.dimensions
    case .and(let left, let right), .or(let left, let right): left.dimensions.union(right.dimensions)
    }
  }

  func narrowed(by other: Slice) -> Slice { self == .everything ? other : .and(self, other) }
}
