package import RuleLanguage

/// What one period says of one rule and subject, before the fold: the highest severity that is known to be breached,
/// whether `clears` is met, or that neither is known. One byte, because there is one for each rule, subject and period.
package struct PeriodResult: Equatable {
  let rawValue: UInt8

  @inline(__always) init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Nothing is breached and `clears` is met.
  static let quiet = PeriodResult(rawValue: 4)

  /// The severity's rank: 0 is no breach.
  ///
  /// - Parameter undecided: the rank of the highest severity that can't be decided, where it is above the known one.
  @inline(__always) package static func known(
    severity rank: UInt8, isCleared: Bool, undecided: UInt8 = 0
  ) -> PeriodResult {
    PeriodResult(rawValue: rank | (isCleared ? 4 : 0) | (undecided > rank ? undecided << 5 : 0))
  }
  @inline(__always) package static func unknown(_ reason: UnknownReason) -> PeriodResult {
    PeriodResult(rawValue: reason.rawValue << 3)
  }

  @inline(__always) var severityRank: UInt8 { rawValue & 3 }
  @inline(__always) var isCleared: Bool { rawValue & 4 != 0 }
  @inline(__always) var unknownReason: UInt8 { rawValue >> 3 & 3 }
  /// Up to which rank it may be worse than is known: 0 where nothing is undecided.
  @inline(__always) var undecidedRank: UInt8 { rawValue >> 5 }
}

extension PeriodResult {
  /// Gathers the outcome of a rule's tests in one period.
  struct Reading {
    /// The highest severity whose test is true, and the highest whose test can't be decided.
    private var breached: UInt8 = 0
    private var undecided: UInt8 = 0
    private var reason = Truth.false

    @inline(__always) mutating func take(_ test: Truth, at severity: UInt8) {
      if test == .true {
        breached = max(breached, severity)
      } else if test.isUnknown {
        undecided = max(undecided, severity)
        reason = reason.isUnknown ? Truth.unknown(reason, test) : test
      }
    }

    /// - Parameters:
    ///   - applies: the rule's `only when`. False: nothing is breached and `clears` is met, whatever the tests say.
    ///   - clears: the rule's `clears`, or nil where "no breach" is what clears.
    @inline(__always) func result(applies: Truth, clears: Truth?) -> PeriodResult {
      if applies == .false { return .quiet }
      if breached == 0 && undecided == 0 {
        return .known(severity: 0, isCleared: clears.map { $0 == .true } ?? true)
      }
      if applies.isUnknown { return .unknown(applies.reason) }
      // A higher severity that can't be decided leaves "at least" the known one, which counts as that.
      if breached > 0 { return .known(severity: breached, isCleared: false, undecided: undecided) }
      return .unknown(reason.reason)
    }
  }
}
