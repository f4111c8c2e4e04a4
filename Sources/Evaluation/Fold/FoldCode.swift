package import Finance
import RuleLanguage

/// A `FoldState` in one byte, as the folded rows hold it; `since` follows from the bytes before it.
package struct FoldCode: Equatable {
  package let rawValue: UInt8

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The period does not exist for this rule and subject.
  static let none = FoldCode(rawValue: 0)
  /// Nothing is breached, nothing is pending, and that is known.
  static let quiet = FoldCode(pending: 0, reason: 0, isStale: false)
  /// The bit of a stale state.
  static let stale: UInt8 = 32

  @inline(__always) init(firing rank: UInt8, reason: UInt8, isStale: Bool) {
    rawValue = (4 + rank) | reason << 3 | (isStale ? 32 : 0)
  }
  /// Rank 0 is quiet.
  @inline(__always) init(pending rank: UInt8, reason: UInt8, isStale: Bool) {
    rawValue = (1 + rank) | reason << 3 | (isStale ? 32 : 0)
  }

  /// What fires here is held back by a `suppress when`.
  @inline(__always) var suppressed: FoldCode { rawValue & 7 >= 5 ? FoldCode(rawValue: rawValue | 64) : self }
  var isSuppressed: Bool { rawValue & 64 != 0 }

  var isUnknown: Bool { rawValue >> 3 & 3 != 0 }
  /// Figures are missing for longer than the rule holds.
  var isGap: Bool { rawValue & 32 != 0 && rawValue >> 3 & 3 == UnknownReason.missing.rawValue }

  package var exists: Bool { rawValue != 0 }

  /// The rank of the severity at which it fires and is not held back, else 0.
  @inline(__always) var firingRank: UInt8 { rawValue & 7 >= 5 && !isSuppressed ? rawValue & 7 - 4 : 0 }

  package var phase: FoldState.Phase {
    let code = rawValue & 7
    if code >= 5, let severity = Severity(rawValue: code - 4) {
      return isSuppressed ? .suppressed(severity) : .firing(severity)
    }
    if code >= 2, let severity = Severity(rawValue: code - 1) { return .pending(severity) }
    return .quiet
  }

  private enum Kind { case none, quiet, pending, firing, suppressed }
  private var kind: Kind {
    switch rawValue & 7 {
    case 0: .none
    case 1: .quiet
    case 2...4: .pending
    default: isSuppressed ? .suppressed : .firing
    }
  }

  /// Whether this period goes on with what the one before it began, at whatever severity. A suppression ends an alert, and
  /// what still fires after it opens anew.
  func continues(_ earlier: FoldCode) -> Bool { kind == earlier.kind }

  package func state(since: Period, levelSince: Period? = nil, suppression: String? = nil) -> FoldState {
    FoldState(
      phase: phase, since: since, levelSince: levelSince ?? since, unknown: UnknownReason(rawValue: rawValue >> 3 & 3),
      isStale: rawValue & 32 != 0, suppression: suppression)
  }
}
