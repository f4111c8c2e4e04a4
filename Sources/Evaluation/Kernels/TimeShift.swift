import Finance
import RuleLanguage

extension Unary {
  /// Each slot takes the value of another.
  func gather(_ region: Region, _ shift: PeriodAxis.Shift) {
    for touch in region {
      let (i, k) = (operand.start(touch.row), result.start(touch.row))
      for slot in touch.slots {
        let source = Int(shift.sources[slot])
        if source >= 0 {
          result.copy(k + slot, from: operand, i + source)
        } else {
          let reason: UnknownReason = shift.sources[slot] == PeriodAxis.Shift.undefined ? .undefined : .missing
          result.setUnknown(k + slot, reason.rawValue)
        }
      }
    }
  }

  /// The strict running total from M1: unknown from the first unknown month on. The opening position has none.
  func runningTotal(_ region: Region, _ axis: PeriodAxis) {
    for touch in region {
      let (i, k) = (operand.start(touch.row), result.start(touch.row))
      for slot in touch.slots {
        let month = slot % PeriodAxis.slotsInYear
        switch month {
        case 0: result.setUnknown(k + slot, UnknownReason.undefined.rawValue)
        case 1: result.copy(k + slot, from: operand, i + slot)
        default: totalUp(i + slot, before: k + slot - 1, to: k + slot)
        }
      }
    }
  }

  private func totalUp(_ addend: Int, before: Int, to index: Int) {
    let state = unknownState(result.unknownState(before), operand.unknownState(addend))
    if state != 0 { return result.setUnknown(index, state) }
    if result.shape == .whole {
      result.set(index, checked: result.wholes[before].addingReportingOverflow(operand.wholes[addend]))
    } else {
      result.set(index) { () throws(OutOfRange) in try result.quotient(before).adding(operand.quotient(addend)) }
    }
  }

  /// A month's flow out of a total to date: the total itself at M1, else its growth since the month before.
  func monthOfTotal(_ region: Region) {
    for touch in region {
      let (i, k) = (operand.start(touch.row), result.start(touch.row))
      for slot in touch.slots {
        if slot % PeriodAxis.slotsInYear <= 1 {
          result.copy(k + slot, from: operand, i + slot)
          continue
        }
        let state = unknownState(operand.unknownState(i + slot), operand.unknownState(i + slot - 1))
        if state != 0 {
          result.setUnknown(k + slot, state)
        } else if result.shape == .whole {
          result.set(
            k + slot, checked: operand.wholes[i + slot].subtractingReportingOverflow(operand.wholes[i + slot - 1]))
        } else {
          result.set(k + slot) { () throws(OutOfRange) in
            try operand.quotient(i + slot).subtracting(operand.quotient(i + slot - 1))
          }
        }
      }
    }
  }
}
