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

  /// The strict running total from the year's first period: unknown from the first unknown one on. The opening position
  /// has none, and within a quarter or a year nothing is reported.
  ///
  /// - Parameter months: how many a period has.
  func runningTotal(_ region: Region, months: Int) {
    for touch in region {
      let (i, k) = (operand.start(touch.row), result.start(touch.row))
      for slot in touch.slots {
        switch Place(slot, months) {
        case .opening: result.setUnknown(k + slot, UnknownReason.undefined.rawValue)
        case .within: result.setUnknown(k + slot, UnknownReason.missing.rawValue)
        case .first: result.copy(k + slot, from: operand, i + slot)
        case .later(let back): totalUp(i + slot, before: k + slot - back, to: k + slot)
        }
      }
    }
  }

  /// Where a slot stands among the periods of its year.
  private enum Place {
    case opening
    /// No period of this length ends here.
    case within
    case first
    /// The one before is so many slots back: final accounts stand behind the last month.
    case later(back: Int)

    init(_ slot: Int, _ months: Int) {
      let month = slot % PeriodAxis.slotsInYear
      switch month {
      case 0: self = .opening
      case 13: self = .later(back: 1)
      case months: self = .first
      default: self = month % months == 0 ? .later(back: months) : .within
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

  /// A period's flow out of a total to date: the total itself at the year's first, else its growth since the period before.
  ///
  /// - Parameter months: how many a period has.
  func partOfTotal(_ region: Region, months: Int) {
    for touch in region {
      let (i, k) = (operand.start(touch.row), result.start(touch.row))
      for slot in touch.slots {
        guard case .later(let back) = Place(slot, months) else {
          result.copy(k + slot, from: operand, i + slot)
          continue
        }
        let state = unknownState(operand.unknownState(i + slot), operand.unknownState(i + slot - back))
        if state != 0 {
          result.setUnknown(k + slot, state)
        } else if result.shape == .whole {
          result.set(
            k + slot, checked: operand.wholes[i + slot].subtractingReportingOverflow(operand.wholes[i + slot - back]))
        } else {
          result.set(k + slot) { () throws(OutOfRange) in
            try operand.quotient(i + slot).subtracting(operand.quotient(i + slot - back))
          }
        }
      }
    }
  }
}
