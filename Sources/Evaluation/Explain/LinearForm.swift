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

/// Where a number has to lie for a comparison to hold.
struct Solution {
  enum Side { case atMost, below, atLeast, above }
  var side: Side
  var bound: Quotient
  /// Where the divisor becomes zero on that side: the number must stay off it.
  var pole: Quotient?

  var isUpper: Bool { side == .atMost || side == .below }

  /// The numbers x for which left(x) stands to right(x) as the comparison says; nil where there is no such bound, or a
  /// divisor would not stay above zero.
  init?(_ left: LinearForm, _ comparison: Comparison, _ right: LinearForm, now: Quotient) {
    let solved: (LinearForm, Comparison, Quotient)?
    do throws(OutOfRange) { solved = try Solution.oneSided(left, comparison, right) } catch { return nil }
    guard let (form, comparison, limit) = solved else { return nil }
    do throws(OutOfRange) {
      guard try form.bottom(at: now).sign > 0 else { return nil }
      // p + p₁x stands to limit·(q + q₁x) as the value stands to the limit.
      let slope = try form.p1.subtracting(try limit.multiplied(by: form.q1))
      let rest = try limit.multiplied(by: form.q).subtracting(form.p)
      guard let bound = try rest.divided(by: slope), try form.bottom(at: bound).sign > 0 else { return nil }
      guard let side = Solution.side(comparison, isRising: slope.sign > 0) else { return nil }
      self.bound = bound
      self.side = side
      guard let zero = try form.q.negated().divided(by: form.q1) else { return }
      let isAhead = side == .atMost || side == .below ? zero < bound : zero > bound
      pole = isAhead ? zero : nil
    } catch { return nil }
  }

  /// With everything that hangs on the number on the left.
  private static func oneSided(
    _ left: LinearForm, _ comparison: Comparison, _ right: LinearForm
  ) throws(OutOfRange) -> (LinearForm, Comparison, Quotient)? {
    if let limit = right.constant { return left.isConstant ? nil : (left, comparison, limit) }
    if let limit = left.constant { return (right, comparison.mirrored, limit) }
    guard left.isPlain, right.isPlain, let difference = try left.adding(try right.negated()) else { return nil }
    return difference.isConstant ? nil : (difference, comparison, .zero)
  }

  private static func side(_ comparison: Comparison, isRising: Bool) -> Side? {
    switch (isRising ? comparison : comparison.mirrored) {
    case .less: .below
    case .lessOrEqual: .atMost
    case .greater: .above
    case .greaterOrEqual: .atLeast
    case .equal, .notEqual: nil
    }
  }
}

extension Comparison {
  /// With the sides exchanged.
  var mirrored: Comparison {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal, .notEqual: self
    }
  }

  /// True where this one is false.
  var opposite: Comparison {
    switch self {
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    case .equal: .notEqual
    case .notEqual: .equal
    }
  }
}

extension Solution.Side {
  var words: String {
    switch self {
    case .atMost: "at most"
    case .below: "below"
    case .atLeast: "at least"
    case .above: "above"
    }
  }
}
