import Diagnostics

// Amounts that are written as other countries and accounts write them, and mean something else here.

extension Lint {
  /// `£1.000` is one pound.
  static let thousandsBehindPoint = Lint(
    .thousandsBehindPoint,
    ofSet: { set in
      set.amounts.compactMap { span in
        let written = set.written(span)
        guard let meant = written.withPointsForCommas else { return nil }
        return .warning(
          .thousandsBehindPoint, "a point stands before decimals, so that this is less than a thousand", at: span,
          fix: "\(meant) for thousands, or fewer decimals",
          repairs: [.replacing(span, with: meant, isCertain: false)])
      }
    })

  /// `red below (£5m)` is not minus five million.
  static let amountInBrackets = Lint(
    .amountInBrackets,
    ofSet: { set in
      set.bracketed.map { span in
        let inside = String(set.written(span).dropFirst().dropLast())
        return .warning(
          .amountInBrackets, "brackets do not make an amount negative", at: span, "read as \(inside)",
          repairs: ["-" + inside, inside].map { .replacing(span, with: $0, isCertain: false) })
      }
    })
}

extension LintedSet {
  func written(_ span: Span) -> String {
    String(decoding: texts[Int(span.text)].bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
  }

  /// Where amounts of money stand: in rules and lets, tables and tests.
  fileprivate var amounts: [Span] {
    var spans = expressions.flatMap(\.literals).filter(\.isMoney).map(\.span)
    spans += tree.tables.flatMap(\.rows).flatMap(\.cells).map(\.value).filter(\.value.isMoney).map(\.span)
    for grid in tree.tests.flatMap(\.grids) {
      for cell in grid.rows.joined() {
        if case .literal(let literal) = cell.value, literal.isMoney { spans.append(cell.span) }
      }
    }
    return spans
  }

  /// Amounts that stand alone between parentheses.
  fileprivate var bracketed: [Span] {
    expressions.flatMap(\.literals).filter(\.isMoney).map(\.span).filter { written($0).hasPrefix("(") }
  }

  /// Of lets and rules.
  var expressions: [Expression] {
    tree.lets.map(\.value) + tree.rules.flatMap(\.clauses).flatMap(\.kind.expressions)
  }
}

extension Expression {
  fileprivate var isMoney: Bool { if case .literal(let literal) = kind { literal.isMoney } else { false } }

  /// Those that it is made of.
  fileprivate var literals: [Expression] {
    if case .literal = kind { return [self] }
    return operands.flatMap(\.literals)
  }
}

extension Literal {
  fileprivate var isMoney: Bool { if case .money = self { true } else { false } }
}

extension TestSyntax {
  fileprivate var grids: [GridSyntax] {
    [given].compactMap { $0 } + steps.compactMap { if case .drop(let drop) = $0 { drop.grid } else { nil } }
  }
}

extension String {
  /// `£1.000` as `£1,000`; nil for anything but one to three digits, a point and three more behind a currency.
  fileprivate var withPointsForCommas: String? {
    let parts = drop { !$0.isNumber }.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...3).contains(parts[0].count), parts[0] != "0", parts[1].count == 3,
      parts.allSatisfy({ $0.allSatisfy(\.isNumber) })
    else { return nil }
    return replacing(".", with: ",")
  }
}
