import Finance
import RuleLanguage

/// The numbers between two ends; where one is missing there is no limit on that side.
struct NumberRange: Equatable {
  struct End: Equatable {
    var value: Quotient
    var isIncluded: Bool
  }

  var lower: End?
  var upper: End?

  static let everything = NumberRange()

  /// Those that stand to a bound as the comparison says.
  static func ranges(_ comparison: Comparison, _ bound: Quotient) -> [NumberRange] {
    let (within, beyond) = (End(value: bound, isIncluded: true), End(value: bound, isIncluded: false))
    return switch comparison {
    case .less: [NumberRange(upper: beyond)]
    case .lessOrEqual: [NumberRange(upper: within)]
    case .greater: [NumberRange(lower: beyond)]
    case .greaterOrEqual: [NumberRange(lower: within)]
    case .equal: [NumberRange(lower: within, upper: within)]
    case .notEqual: [NumberRange(upper: beyond), NumberRange(lower: beyond)]
    }
  }

  var isEmpty: Bool {
    guard let lower, let upper else { return false }
    return lower.value > upper.value || lower.value == upper.value && !(lower.isIncluded && upper.isIncluded)
  }

  var isPoint: Bool { lower != nil && lower?.value == upper?.value }

  func contains(_ number: Quotient) -> Bool {
    let isAbove = lower.map { $0.isIncluded ? number >= $0.value : number > $0.value } ?? true
    let isBelow = upper.map { $0.isIncluded ? number <= $0.value : number < $0.value } ?? true
    return isAbove && isBelow
  }

  func intersection(_ other: NumberRange) -> NumberRange {
    NumberRange(
      lower: NumberRange.stricter(lower, other.lower) { $0 > $1 },
      upper: NumberRange.stricter(upper, other.upper) { $0 < $1 })
  }

  private static func stricter(_ one: End?, _ other: End?, _ isInside: (Quotient, Quotient) -> Bool) -> End? {
    guard let one, let other else { return one ?? other }
    if one.value == other.value { return one.isIncluded ? other : one }
    return isInside(one.value, other.value) ? one : other
  }
}

extension LinearForm {
  /// For which numbers one expression stands to another as the comparison says, as long as the divisors stay above zero;
  /// none where that can't be said.
  static func ranges(_ left: LinearForm, _ comparison: Comparison, _ right: LinearForm) -> [NumberRange] {
    (try? solved(left, comparison, right)) ?? []
  }

  private static func solved(
    _ left: LinearForm, _ comparison: Comparison, _ right: LinearForm
  ) throws(OutOfRange) -> [NumberRange] {
    guard let (form, comparison, limit) = try oneSided(left, comparison, right) else { return [] }
    // p + p₁x stands to limit·(q + q₁x) as the value stands to the limit.
    let slope = try form.p1.subtracting(try limit.multiplied(by: form.q1))
    let rest = try limit.multiplied(by: form.q).subtracting(form.p)
    let domain = try form.domain
    guard let bound = try rest.divided(by: slope) else {
      return comparison.holds(.zero, rest) ? domain : []
    }
    let ranges = NumberRange.ranges(slope.sign > 0 ? comparison : comparison.mirrored, bound)
    return domain.flatMap { domain in ranges.map(domain.intersection) }.filter { !$0.isEmpty }
  }

  /// With everything that hangs on the number on the left.
  private static func oneSided(
    _ left: LinearForm, _ comparison: Comparison, _ right: LinearForm
  ) throws(OutOfRange) -> (LinearForm, Comparison, Quotient)? {
    if let limit = right.constant { return (left, comparison, limit) }
    if let limit = left.constant { return (right, comparison.mirrored, limit) }
    guard left.isPlain, right.isPlain, let difference = try left.adding(try right.negated()) else { return nil }
    return (difference, comparison, .zero)
  }

  /// Where q + q₁x is above zero.
  private var domain: [NumberRange] {
    get throws(OutOfRange) {
      guard let zero = try q.negated().divided(by: q1) else { return q.sign > 0 ? [.everything] : [] }
      return NumberRange.ranges(q1.sign > 0 ? .greater : .less, zero)
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

  func holds(_ left: Quotient, _ right: Quotient) -> Bool {
    switch self {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    case .equal: left == right
    case .notEqual: left != right
    }
  }
}
