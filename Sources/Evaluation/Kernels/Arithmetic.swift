import Finance
import RuleLanguage

// Plain arithmetic over rows. What does not fit its type is undefined: nothing wraps and nothing is rounded unseen.

/// Where an operation reads and writes: its operands' lanes and its own.
struct Binary {
  let left: Column.Lanes
  let right: Column.Lanes
  let result: Column.Lanes

  /// Calls the body for each element of the region whose operands are both known.
  @inline(__always) func forEachKnown(_ region: Region, _ body: (_ left: Int, _ right: Int, _ result: Int) -> Void) {
    for touch in region {
      let (i, j, k) = (left.start(touch.row), right.start(touch.row), result.start(touch.row))
      for slot in touch.slots {
        let state = unknownState(left.unknownState(i &+ slot), right.unknownState(j &+ slot))
        if state == 0 {
          body(i &+ slot, j &+ slot, k &+ slot)
        } else {
          result.setUnknown(k &+ slot, state)
        }
      }
    }
  }

  func add(_ region: Region) {
    if left.shape == .whole && right.shape == .whole {
      forEachKnown(region) { i, j, k in
        result.set(k, checked: left.wholes[i].addingReportingOverflow(right.wholes[j]))
      }
    } else {
      forEachKnown(region) { i, j, k in
        result.set(k) { () throws(OutOfRange) in try left.quotient(i).adding(right.quotient(j)) }
      }
    }
  }

  func subtract(_ region: Region) {
    if left.shape == .whole && right.shape == .whole {
      forEachKnown(region) { i, j, k in
        result.set(k, checked: left.wholes[i].subtractingReportingOverflow(right.wholes[j]))
      }
    } else {
      forEachKnown(region) { i, j, k in
        result.set(k) { () throws(OutOfRange) in try left.quotient(i).subtracting(right.quotient(j)) }
      }
    }
  }

  func multiply(_ region: Region) {
    forEachKnown(region) { i, j, k in
      if result.shape == .quotient {
        result.set(k) { () throws(OutOfRange) in try left.quotient(i).multiplied(by: right.quotient(j)) }
      } else if left.shape == .whole {
        result.set(k) { () throws(OutOfRange) in try left.amount(i).multiplied(by: right.quotient(j)) }
      } else {
        result.set(k) { () throws(OutOfRange) in try right.amount(j).multiplied(by: left.quotient(i)) }
      }
    }
  }

  /// - isPercentage: a base at or below zero is undefined; else only zero is.
  func divide(_ region: Region, isPercentage: Bool) {
    let undefined = UnknownReason.undefined.rawValue
    if left.shape == .whole && right.shape == .whole {
      forEachKnown(region) { i, j, k in
        let (top, bottom) = (left.wholes[i], right.wholes[j])
        if bottom > 0 {
          result.set(k, numerator: Int128(top), denominator: bottom)
        } else if isPercentage || bottom == 0 || bottom == .min {
          result.setUnknown(k, undefined)
        } else {
          result.set(k, numerator: -Int128(top), denominator: -bottom)
        }
      }
      return
    }
    forEachKnown(region) { i, j, k in
      let divisor = right.quotient(j)
      if divisor.numerator == 0 || (isPercentage && divisor.numerator < 0) {
        result.setUnknown(k, undefined)
      } else if result.shape == .whole {
        result.set(k) { () throws(OutOfRange) in try left.amount(i).divided(by: divisor) ?? .zero }
      } else {
        result.set(k) { () throws(OutOfRange) in try left.quotient(i).divided(by: divisor) ?? .zero }
      }
    }
  }
}

struct Unary {
  let operand: Column.Lanes
  let result: Column.Lanes

  @inline(__always) func forEachKnown(_ region: Region, _ body: (_ operand: Int, _ result: Int) -> Void) {
    for touch in region {
      let (i, k) = (operand.start(touch.row), result.start(touch.row))
      for slot in touch.slots {
        let state = operand.unknownState(i &+ slot)
        if state == 0 {
          body(i &+ slot, k &+ slot)
        } else {
          result.setUnknown(k &+ slot, state)
        }
      }
    }
  }

  func negate(_ region: Region) {
    forEachKnown(region) { i, k in
      if operand.shape == .whole {
        result.set(k, checked: Int64.zero.subtractingReportingOverflow(operand.wholes[i]))
      } else {
        result.set(k) { () throws(OutOfRange) in try operand.quotient(i).negated() }
      }
    }
  }

  func absolute(_ region: Region) {
    forEachKnown(region) { i, k in
      if operand.shape == .whole {
        let value = operand.wholes[i]
        result.set(k, checked: value < 0 ? Int64.zero.subtractingReportingOverflow(value) : (value, false))
      } else {
        result.set(k) { () throws(OutOfRange) in try operand.quotient(i).absolute() }
      }
    }
  }

  /// Half away from zero, to a number of decimals of the unit.
  func round(_ region: Region, decimals: Int) {
    let scale = (0..<min(max(decimals, 0), 12)).reduce(Int128(1)) { power, _ in power * 10 }
    forEachKnown(region) { i, k in
      let value = operand.quotient(i)
      guard
        let steps = Rounding.nearest(
          value.numerator, times: scale, over: value.denominator.magnitude, ties: .awayFromZero)
      else { return result.setUnknown(k, UnknownReason.undefined.rawValue) }
      let rounded = Quotient(numerator: steps, denominator: scale)
      if result.shape == .whole {
        result.set(k) { () throws(OutOfRange) in try Amount(rounding: rounded) }
      } else {
        result.set(k) { () throws(OutOfRange) in rounded }
      }
    }
  }
}

extension Column.Lanes {
  /// A known number; of an amount, in its own unit.
  @inline(__always) func quotient(_ index: Int) -> Quotient {
    shape == .quotient
      ? Quotient(numerator: numerators[index], denominator: Int128(wholes[index]))
      : Quotient(numerator: Int128(wholes[index]), denominator: Int128(Amount.scale))
  }

  @inline(__always) func amount(_ index: Int) -> Amount { Amount(tenThousandths: wholes[index]) }

  @inline(__always) func set(_ index: Int, checked result: (partialValue: Int64, overflow: Bool)) {
    if result.overflow {
      setUnknown(index, UnknownReason.undefined.rawValue)
    } else {
      set(index, whole: result.partialValue)
    }
  }

  /// What does not fit is undefined.
  @inline(__always) func set(_ index: Int, _ compute: () throws(OutOfRange) -> Quotient) {
    do throws(OutOfRange) {
      set(index, quotient: try compute())
    } catch {
      setUnknown(index, UnknownReason.undefined.rawValue)
    }
  }

  @inline(__always) func set(_ index: Int, _ compute: () throws(OutOfRange) -> Amount) {
    do throws(OutOfRange) {
      set(index, whole: try compute().tenThousandths)
    } catch {
      setUnknown(index, UnknownReason.undefined.rawValue)
    }
  }

  func set(_ index: Int, quotient: Quotient) {
    if let denominator = Int64(exactly: quotient.denominator) {
      set(index, numerator: quotient.numerator, denominator: denominator)
    } else if let combined = try? quotient.combined() {
      set(index, numerator: combined.numerator, denominator: Int64(Quotient.combinedScale))
    } else {
      setUnknown(index, UnknownReason.undefined.rawValue)
    }
  }
}
