import Finance
import RuleLanguage

/// Ends of ranges as amounts can be kept: in ten-thousandths, each step of the arithmetic rounded to one. Where that moves
/// the point at which tests come out otherwise, the end moves with it, to the first amount that truly serves.
struct KeptBounds {
  private let reader: FormReader
  private let needs: [WaySearch.Need]
  /// Farther than this no rounding reaches.
  private static let farthest: Int64 = 1 << 40

  init(_ reader: FormReader, _ needs: [WaySearch.Need]) { (self.reader, self.needs) = (reader, needs) }

  /// Nil where no amount in the range serves.
  func settled(_ range: NumberRange, now: Quotient) -> NumberRange? {
    let present = Trial(reader, at: now)
    guard reader.builder.program[reader.variable].type.isAmount,
      needs.allSatisfy({ present.comesOut($0.test) != nil })
    else { return range }
    if range.isPoint, let lower = range.lower { return point(lower) }
    var settled = range
    let start = now.tenThousandths.floor
    if let lower = range.lower {
      guard let end = end(lower, inward: 1, start) else { return nil }
      settled.lower = end
    }
    if let upper = range.upper {
      guard let end = end(upper, inward: -1, start) else { return nil }
      settled.upper = end
    }
    return settled.isEmpty ? nil : settled
  }

  private func serves(_ tenThousandths: Int64) -> Bool {
    let trial = Trial(reader, at: Quotient(Amount(tenThousandths: tenThousandths)))
    return needs.allSatisfy { trial.comesOut($0.test) == $0.wanted }
  }

  private func point(_ end: NumberRange.End) -> NumberRange? {
    let scaled = end.value.tenThousandths
    let floor = scaled.floor
    let isKept = Quotient(floor) == scaled
    guard let near = [floor, floor + 1, floor - 1].first(where: serves) else { return nil }
    if isKept && near == floor { return NumberRange(lower: end, upper: end) }
    let kept = NumberRange.End(value: Quotient(Amount(tenThousandths: near)), isIncluded: true)
    return NumberRange(lower: kept, upper: kept)
  }

  /// - Parameters:
  ///   - inward: 1 where the range lies above its end, -1 where it lies below.
  ///   - present: the number as it is: a search does not go past it.
  private func end(_ end: NumberRange.End, inward: Int64, _ present: Int64) -> NumberRange.End? {
    let scaled = end.value.tenThousandths
    let floor = scaled.floor
    guard abs(floor) < Int64.max / 4 else { return end }
    let isKept = Quotient(floor) == scaled
    let first = isKept ? end.isIncluded ? floor : floor + inward : inward > 0 ? floor + 1 : floor
    // Outward while it still serves, or inward until it does.
    let isFirst = serves(first)
    if isFirst && !serves(first - inward) { return end }
    let direction = isFirst ? -inward : inward
    var (known, step) = (first, Int64(1))
    while serves(known + direction * step) == isFirst {
      known += direction * step
      step *= 2
      guard step < Self.farthest, (known < present) == (first < present) else { return isFirst ? end : nil }
    }
    var other = known + direction * step
    while abs(other - known) > 1 {
      let middle = known + (other - known) / 2
      if serves(middle) == isFirst { known = middle } else { other = middle }
    }
    return NumberRange.End(value: Quotient(Amount(tenThousandths: isFirst ? known : other)), isIncluded: true)
  }
}

extension Quotient {
  /// As many as amounts are kept in.
  fileprivate var tenThousandths: Quotient { (try? multiplied(by: Quotient(Amount.scale))) ?? self }
}
