import Finance
import RuleLanguage

/// What is gathered from the members of one population in one slot.
struct Census {
  var expected = 0
  var known = 0
  var matching = 0
  /// Why a member could not be decided or valued: the raw reasons, together.
  var unknown: UInt8 = 0
  /// Known values, where the aggregate is of values.
  var total: Int128 = 0
  var sum = Quotient.zero
  var isOutOfRange = false
  var lowest: Quotient?
  var highest: Quotient?
  var values: [Quotient] = []

  mutating func note(unknown state: UInt8) { unknown |= state }

  /// A member's truth, for shares and counts.
  mutating func take(_ hit: Truth) {
    if hit.isUnknown { return note(unknown: hit.unknownState) }
    known += 1
    if hit == .true { matching += 1 }
  }

  /// A member's value.
  @inline(__always) mutating func take(_ lanes: Column.Lanes, _ index: Int, for aggregate: Aggregate) {
    let state = lanes.unknownState(index)
    if state != 0 { return note(unknown: state) }
    known += 1
    switch aggregate {
    case .sum, .mean:
      if lanes.shape == .whole {
        total += Int128(lanes.wholes[index])
      } else {
        add(lanes.quotient(index))
      }
    case .median: values.append(lanes.quotient(index))
    case .lowest:
      let value = lanes.quotient(index)
      lowest = lowest.map { min($0, value) } ?? value
    case .highest:
      let value = lanes.quotient(index)
      highest = highest.map { max($0, value) } ?? value
    case .count, .share: break
    }
  }

  private mutating func add(_ value: Quotient) {
    do throws(OutOfRange) { sum = try sum.adding(value) } catch { isOutOfRange = true }
  }

  // MARK: What it comes to

  /// Writes the aggregate's value.
  mutating func write(_ aggregate: AggregateStep, to result: Column.Lanes, _ index: Int) {
    if isOutOfRange { return result.setUnknown(index, UnknownReason.undefined.rawValue) }
    switch aggregate.aggregate {
    case .sum: writeStrictly(result, index, nobody: .zero) { $0.wholeOrSum(result) }
    case .lowest: writeStrictly(result, index, nobody: nil) { $0.lowest }
    case .highest: writeStrictly(result, index, nobody: nil) { $0.highest }
    case .mean: writeTolerantly(aggregate, result, index) { $0.mean(result) }
    case .median: writeTolerantly(aggregate, result, index) { $0.median }
    case .share:
      writeTolerantly(aggregate, result, index) {
        Quotient(numerator: Int128($0.matching), denominator: Int128($0.known))
      }
    case .count:
      guard expected == 0 || meets(aggregate.coverage) else { return result.setUnknown(index, unknownReason) }
      result.set(index, whole: Int64(matching) * Amount.scale)
    }
  }

  private var unknownReason: UInt8 { unknown & 1 != 0 ? 1 : max(unknown, 1) }

  private func meets(_ coverage: Quotient.Literal) -> Bool {
    Int128(known) * coverage.denominator >= Int128(expected) * coverage.numerator
  }

  /// One unknown member makes it unknown.
  private func writeStrictly(
    _ result: Column.Lanes, _ index: Int, nobody: Quotient?, _ value: (Census) -> Quotient?
  ) {
    if known < expected { return result.setUnknown(index, unknownReason) }
    write(known == 0 ? nobody : value(self), result, index)
  }

  /// Unknown members are passed over as far as coverage allows.
  private mutating func writeTolerantly(
    _ aggregate: AggregateStep, _ result: Column.Lanes, _ index: Int, _ value: (inout Census) -> Quotient?
  ) {
    if expected > 0 && !meets(aggregate.coverage) { return result.setUnknown(index, unknownReason) }
    write(known == 0 ? nil : value(&self), result, index)
  }

  private func write(_ value: Quotient?, _ result: Column.Lanes, _ index: Int) {
    guard let value else { return result.setUnknown(index, UnknownReason.undefined.rawValue) }
    if result.shape == .quotient {
      result.set(index, quotient: value)
    } else {
      result.set(index) { () throws(OutOfRange) in try Amount(rounding: value) }
    }
  }

  private func wholeOrSum(_ result: Column.Lanes) -> Quotient {
    result.shape == .whole ? Quotient(numerator: total, denominator: Int128(Amount.scale)) : sum
  }

  private func mean(_ result: Column.Lanes) -> Quotient? {
    if result.shape == .whole { return Quotient(numerator: total, denominator: Int128(known) * Int128(Amount.scale)) }
    return try? sum.divided(by: Quotient(Int64(known)))
  }

  private var median: Quotient? {
    mutating get {
      guard !values.isEmpty else { return nil }
      values.sort()
      let middle = values.count / 2
      if values.count % 2 == 1 { return values[middle] }
      guard let both = try? values[middle - 1].adding(values[middle]) else { return nil }
      return try? both.divided(by: Quotient(2))
    }
  }
}
