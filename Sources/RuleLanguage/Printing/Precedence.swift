/// How tightly an expression holds together: a looser one inside a tighter one stands in parentheses.
enum Precedence: Int, Comparable {
  case or = 1, and, not, comparison, sum, product, unary, postfix

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .postfix }
}

/// A piece of an expression, printed.
struct PrintedExpression {
  var text: String
  var precedence: Precedence

  init(_ text: String, _ precedence: Precedence = .postfix) {
    self.text = text
    self.precedence = precedence
  }

  /// In parentheses where it holds together less tightly than is needed.
  func inside(_ needed: Precedence) -> String { precedence < needed ? "(\(text))" : text }

  /// `left + right`, left to right.
  static func binary(
    _ left: PrintedExpression, _ sign: String, _ right: PrintedExpression, _ precedence: Precedence
  ) -> PrintedExpression {
    // Comparisons do not chain; sums and products read from the left.
    let first = precedence == .comparison ? precedence.tighter : precedence
    return PrintedExpression(
      "\(left.inside(first)) \(sign) \(right.inside(precedence.tighter))", precedence)
  }
}
