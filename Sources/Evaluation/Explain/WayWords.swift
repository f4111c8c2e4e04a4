import Finance
import RuleLanguage

/// Puts what would have to be true into words and figures: a bound is rounded to the safe side, so that whoever keeps to
/// what is shown keeps to the bound.
struct WayWords {
  private let builder: ExplanationBuilder
  private var program: Program { builder.program }

  init(_ builder: ExplanationBuilder) { self.builder = builder }

  func way(_ candidate: WaySearch.Candidate) -> Explanation.Way? {
    let also = candidate.also.compactMap(way)
    guard also.count == candidate.also.count else { return nil }
    guard let move = candidate.move else { return plainWay(candidate, also) }
    if case .aggregate(.share, _, _, _) = program[candidate.test].operation {
      return countedWay(candidate.test, move, also)
    }
    let (id, node) = (candidate.test, program[candidate.test])
    let near = bound(move.end, isLower: move.isAbove, move, node.type)
    let beyond = move.range.isPoint ? nil : move.isAbove ? move.range.upper : move.range.lower
    let further = beyond.map { bound($0, isLower: !move.isAbove, move, node.type) }
    return Explanation.Way(
      expression: builder.printer.reference(id),
      bound: Explanation.Bound(relation: move.range.isPoint ? "exactly" : near.relation, value: near.value),
      further: further.map { Explanation.Bound(relation: $0.relation, value: $0.value) },
      now: builder.text.quantity(
        move.now, node.type, nil,
        beside: [move.end.value, near.shown]
          + builder.arithmetic.thresholds(of: id, builder.place.subject, builder.slot)), of: nil, also: also)
  }

  private func bound(
    _ end: NumberRange.End, isLower: Bool, _ move: WaySearch.Candidate.Move, _ type: ValueType
  ) -> (relation: String, value: Finding.Quantity, shown: Quotient) {
    let safe = SafeBound(end.value, isLower: isLower, move, type)
    let relation = isLower ? end.isIncluded ? "at least" : "above" : end.isIncluded ? "at most" : "below"
    let text = builder.text.quantity(safe.value, type, nil, safe.format).shown
    return (relation, Finding.Quantity(shown: text, exact: end.value.digits), safe.value)
  }

  /// Of a share the number of members that it counts.
  private func countedWay(
    _ share: NodeID, _ move: WaySearch.Candidate.Move, _ also: [Explanation.Way]
  ) -> Explanation.Way? {
    guard let step = builder.evaluator.plan.stepOfNode[share], let tallies = builder.place.engine.tallies[step] else {
      return nil
    }
    let (known, matching) = (builder.tally(tallies.known), builder.tally(tallies.matching))
    func count(_ end: NumberRange.End, isLower: Bool) -> Int64? {
      guard let exact = try? end.value.multiplied(by: Quotient(known)) else { return nil }
      let floor = exact.floor
      let isWhole = Quotient(floor) == exact
      if isWhole && end.isIncluded { return floor }
      return isLower ? floor + 1 : isWhole ? floor - 1 : floor
    }
    func words(_ count: Int64, isLower: Bool) -> Explanation.Bound {
      Explanation.Bound(relation: isLower ? "at least" : "at most", value: whole(count))
    }
    let (lower, upper) = (move.range.lower, move.range.upper)
    let least = lower.map { count($0, isLower: true) } ?? 0
    let most = upper.map { count($0, isLower: false) } ?? known
    guard let least = least.map({ max($0, 0) }), let most = most.map({ min($0, known) }), least <= most else {
      return nil
    }
    let near = move.isAbove ? words(least, isLower: true) : words(most, isLower: false)
    let hasFurther = move.isAbove ? most < known : least > 0
    let further = move.isAbove ? words(most, isLower: false) : words(least, isLower: true)
    return Explanation.Way(
      expression: "\(builder.printer.reference(share)).matching", bound: near, further: hasFurther ? further : nil,
      now: whole(matching), of: "\(known)", also: also)
  }

  private func whole(_ count: Int64) -> Finding.Quantity { Finding.Quantity(shown: "\(count)", exact: "\(count)") }

  /// What another rule says: true or false, or a severity.
  private func plainWay(_ candidate: WaySearch.Candidate, _ also: [Explanation.Way]) -> Explanation.Way {
    let (printer, text) = (builder.printer, builder.text)
    func shown(_ id: NodeID) -> Finding.Quantity { text.quantity(builder.outcome(id), program[id]) }
    guard case .compare(let comparison, let left, let right) = program[candidate.test].operation else {
      let wanted = candidate.wanted ? "true" : "false"
      return Explanation.Way(
        expression: printer.reference(candidate.test),
        bound: Explanation.Bound(relation: "", value: Finding.Quantity(shown: wanted, exact: wanted)), further: nil,
        now: shown(candidate.test), of: nil, also: also)
    }
    let relation = (candidate.wanted ? comparison : comparison.opposite).words
    return Explanation.Way(
      expression: printer.reference(left), bound: Explanation.Bound(relation: relation, value: shown(right)),
      further: nil, now: shown(left), of: nil, also: also)
  }
}

/// A bound as a person says it, rounded into the range that it bounds.
private struct SafeBound {
  let value: Quotient
  let format: ValueFormat

  /// The rounding costs at most a hundredth of the way to the bound and a thousandth of the bound, and does not leave the
  /// range.
  init(_ bound: Quotient, isLower: Bool, _ move: WaySearch.Candidate.Move, _ type: ValueType) {
    let smallest = type == .money || type == .count ? 2 : type == .unitPrice ? 4 : 6
    let way = (try? move.now.subtracting(bound).absolute()) ?? .zero
    let size = (try? bound.absolute()) ?? .zero
    var chosen: (value: Quotient, format: ValueFormat)?
    for decimals in stride(from: -9, through: smallest, by: 1) {
      guard let rounded = bound.rounded(toDecimals: decimals, up: isLower),
        rounded == bound || move.range.contains(rounded)
      else { continue }
      let cost = (try? rounded.subtracting(bound).absolute()) ?? .zero
      func isSmall(_ times: Int64, _ whole: Quotient) -> Bool {
        (try? cost.multiplied(by: Quotient(times))).map { $0 <= whole } ?? false
      }
      chosen = (rounded, SafeBound.format(rounded, decimals, type))
      if isSmall(100, way) && isSmall(1_000, size) { break }
    }
    (value, format) = chosen ?? (bound, SafeBound.format(bound, 15, type))
  }

  /// Shows all digits that were kept.
  private static func format(_ value: Quotient, _ decimals: Int, _ type: ValueType) -> ValueFormat {
    var format = ValueFormat()
    switch type {
    case .money:
      let magnitude = (try? value.absolute()) ?? value
      let exponent = magnitude >= Quotient(1_000_000_000) ? 9 : magnitude >= Quotient(1_000_000) ? 6 : 0
      // Beyond six decimals of a million the pounds are shown whole.
      guard exponent > 0, decimals + exponent <= 6 else {
        format.decimals = max(decimals, 0)
        return format
      }
      format.scale = exponent == 9 ? .bn : .m
      format.decimals = max(decimals + exponent, 1)
    case .ratio, .points: format.decimals = max(decimals - 2, 1)
    default: format.decimals = max(decimals, 0)
    }
    return format
  }
}

extension Quotient {
  /// The greatest whole number that is not above it.
  var floor: Int64 {
    let whole = numerator / denominator
    return Int64(clamping: numerator < 0 && whole * denominator != numerator ? whole - 1 : whole)
  }

  /// To so many decimals (fewer than none: tens, hundreds), away to one side; nil where that does not fit.
  fileprivate func rounded(toDecimals decimals: Int, up: Bool) -> Quotient? {
    var scale: Int128 = 1
    for _ in 0..<abs(decimals) { scale *= 10 }
    let factor = decimals >= 0 ? Quotient(numerator: scale, denominator: 1) : Quotient(numerator: 1, denominator: scale)
    let back = decimals >= 0 ? Quotient(numerator: 1, denominator: scale) : Quotient(numerator: scale, denominator: 1)
    guard let scaled = try? multiplied(by: factor) else { return nil }
    let floor = scaled.floor
    let isWhole = Quotient(floor) == scaled
    return try? Quotient(up && !isWhole ? floor + 1 : floor).multiplied(by: back)
  }
}
