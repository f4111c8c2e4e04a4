import Finance
import RuleLanguage

/// How an expression hangs on one number in it, as long as everything else stays: (p + p₁x) ÷ (q + q₁x).
///
/// Enough for sums, differences, percentages and what is proportional; whatever else depends on the number has no form.
struct LinearForm {
  var p: Quotient
  var p1 = Quotient.zero
  var q = Quotient(1)
  var q1 = Quotient.zero

  init(constant: Quotient) { p = constant }
  init(_ p: Quotient, _ p1: Quotient, over q: Quotient = Quotient(1), _ q1: Quotient = .zero) {
    (self.p, self.p1, self.q, self.q1) = (p, p1, q, q1)
  }

  /// The number itself.
  static let itself = LinearForm(.zero, Quotient(1))

  var isConstant: Bool { p1 == .zero && q1 == .zero }
  /// A sum with no divisor but 1.
  var isPlain: Bool { q1 == .zero && q == Quotient(1) }
  /// The value, where it is constant.
  var constant: Quotient? { isConstant ? (try? p.divided(by: q)) ?? nil : nil }

  func adding(_ other: LinearForm) throws(OutOfRange) -> LinearForm? {
    if isPlain && other.isPlain { return LinearForm(try p.adding(other.p), try p1.adding(other.p1)) }
    if let constant = other.constant {
      return LinearForm(
        try p.adding(try constant.multiplied(by: q)), try p1.adding(try constant.multiplied(by: q1)), over: q, q1)
    }
    return constant == nil ? nil : try other.adding(self)
  }

  func negated() throws(OutOfRange) -> LinearForm {
    LinearForm(try p.negated(), try p1.negated(), over: q, q1)
  }

  func multiplied(by other: LinearForm) throws(OutOfRange) -> LinearForm? {
    guard let factor = other.constant else { return constant == nil ? nil : try other.multiplied(by: self) }
    return LinearForm(try p.multiplied(by: factor), try p1.multiplied(by: factor), over: q, q1)
  }

  func divided(by other: LinearForm) throws(OutOfRange) -> LinearForm? {
    if let divisor = other.constant {
      guard divisor != .zero else { return nil }
      return try LinearForm(p, p1, over: try q.multiplied(by: divisor), try q1.multiplied(by: divisor)).signed
    }
    guard isPlain && other.isPlain else { return nil }
    return LinearForm(p, p1, over: other.p, other.p1)
  }

  /// With a constant divisor above zero.
  private var signed: LinearForm? {
    get throws(OutOfRange) {
      guard q1 == .zero, q.sign < 0 else { return self }
      return LinearForm(try p.negated(), try p1.negated(), over: try q.negated())
    }
  }

  /// p + p₁x
  func top(at x: Quotient) throws(OutOfRange) -> Quotient { try p.adding(try p1.multiplied(by: x)) }
  /// q + q₁x
  func bottom(at x: Quotient) throws(OutOfRange) -> Quotient { try q.adding(try q1.multiplied(by: x)) }
}
