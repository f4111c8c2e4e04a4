import Diagnostics
import Finance

// Conditions that come to the same whatever the figures are.

extension Lint {
  static let conditionDecided = Lint(
    .conditionDecided,
    ofSet: { set in
      set.bounds.compactMap(set.reversed) + set.expressions.flatMap { $0.parts.compactMap(set.decided) }
    })

  /// `in (1,000, 2,000)` is four values.
  static let thousandsInList = Lint(
    .thousandsInList,
    ofSet: { set in
      set.expressions.flatMap(\.parts).compactMap { part in
        guard case .isIn(_, let list, _) = part.kind else { return nil }
        for (first, second) in zip(list, list.dropFirst()) {
          let (whole, rest) = (set.written(first.span), set.written(second.span))
          guard rest.count == 3, rest.hasPrefix("0"), rest.allSatisfy(\.isNumber), first.number != nil else { continue }
          let both = Span(text: first.span.text, start: first.span.start, end: second.span.end)
          return .warning(
            .thousandsInList, "between values a comma separates: this is \(whole), and \(rest) by itself", at: both,
            fix: whole + rest, repairs: [.replacing(both, with: whole + rest, isCertain: false)])
        }
        return nil
      }
    })
}

extension LintedSet {
  /// The bands of rules that have a bound on each side.
  fileprivate var bounds: [(low: Expression, high: Expression)] {
    tree.rules.flatMap(\.clauses).compactMap { clause in
      switch clause.kind {
      case .band(_, .outside(let low, let high)), .clears(.band(.outside(let low, let high)), _): (low, high)
      default: nil
      }
    }
  }

  fileprivate func reversed(_ bound: (low: Expression, high: Expression)) -> Diagnostic? {
    guard let low = bound.low.number, let high = bound.high.number, high < low else { return nil }
    return swapped(bound.low, bound.high, "to", "every value lies outside")
  }

  fileprivate func decided(_ part: Expression) -> Diagnostic? {
    switch part.kind {
    case .between(_, let low, let high):
      guard let least = low.number, let most = high.number, most < least else { return nil }
      return swapped(low, high, "and", "no value lies between")
    case .binary(.compare, let left, let right):
      if left.number != nil, right.number != nil {
        return .warning(
          .conditionDecided, "both sides are written out, so that the answer is always the same", at: part.span,
          fix: "compare a figure with a number")
      }
      guard plainly(left) == plainly(right) else { return nil }
      return .warning(
        .conditionDecided, "both sides are the same, so that the answer is always the same", at: part.span,
        fix: "compare it with another figure, or with a number")
    case .binary(.and, let left, let right):
      guard let one = side(left), let other = side(right), one.of == other.of, !one.values.overlaps(other.values) else {
        return nil
      }
      return .warning(
        .conditionDecided, "no value is both, so that this is never true", at: right.span,
        "excluded by the other", also: [.init(left.span)], fix: "`or`, or another bound")
    case .call(_, let arguments):
      guard !arguments.isEmpty, arguments[0].number != nil, arguments.allSatisfy(\.isWrittenOut) else { return nil }
      return .warning(
        .conditionDecided, "nothing in it is a figure, so that it is the same in every period", at: part.span,
        fix: "the name of a measure")
    default: return nil
    }
  }

  private func swapped(_ low: Expression, _ high: Expression, _ word: String, _ why: String) -> Diagnostic {
    let (first, second) = (written(low.span), written(high.span))
    return .warning(
      .conditionDecided, "the lower bound is above the upper one: \(why)", at: low.span, "the lower bound",
      also: [.init(high.span, "the upper one")], fix: "\(second) \(word) \(first)",
      repairs: [
        Repair("\(second) \(word) \(first)", [Edit(low.span, second), Edit(high.span, first)], isCertain: false)
      ])
  }

  /// Which values a comparison with a number lets pass, and of what.
  private func side(_ expression: Expression) -> (of: String, values: HalfLine)? {
    guard case .binary(.compare(let comparison), let left, let right) = expression.kind, let bound = right.number,
      let values = HalfLine(comparison, bound)
    else { return nil }
    return (plainly(left), values)
  }

  /// As it is written, whatever the spaces.
  private func plainly(_ expression: Expression) -> String {
    written(expression.span).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension Expression {
  /// It and all that it is made of.
  fileprivate var parts: [Expression] {
    var parts: [Expression] = []
    walk { parts.append($0) }
    return parts
  }

  /// The number that is written out.
  fileprivate var number: Quotient? {
    switch kind {
    case .literal(.money(let number, _)), .literal(.number(let number)): Quotient(number)
    case .literal(.percent(let number)), .literal(.points(let number)): Quotient(number, power: -2)
    case .negated(let operand): operand.number.flatMap { try? $0.negated() }
    default: nil
    }
  }

  fileprivate var isWrittenOut: Bool { if case .literal = kind { true } else { number != nil } }
}
