import RuleLanguage

extension Binary {
  func and(_ region: Region) { combine(region, Truth.and) }
  func or(_ region: Region) { combine(region, Truth.or) }

  @inline(__always) private func combine(_ region: Region, _ operation: (Truth, Truth) -> Truth) {
    for touch in region {
      let (i, j, k) = (left.start(touch.row), right.start(touch.row), result.start(touch.row))
      for slot in touch.slots { result.set(k + slot, operation(left.truth(i + slot), right.truth(j + slot))) }
    }
  }

  /// The left operand where it is known, else the right.
  func ifUnknown(_ region: Region) {
    for touch in region {
      let (i, j, k) = (left.start(touch.row), right.start(touch.row), result.start(touch.row))
      for slot in touch.slots {
        if left.unknownState(i + slot) == 0 {
          result.copy(k + slot, from: left, i + slot)
        } else {
          result.copy(k + slot, from: right, j + slot)
        }
      }
    }
  }
}

extension Unary {
  func not(_ region: Region) {
    for touch in region {
      let (i, k) = (operand.start(touch.row), result.start(touch.row))
      for slot in touch.slots { result.set(k + slot, Truth.not(operand.truth(i + slot))) }
    }
  }
}
