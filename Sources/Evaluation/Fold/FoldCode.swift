package import Finance
import RuleLanguage

/// A `FoldState` in one byte, as the folded rows hold it; `since` follows from the bytes before it.
package struct FoldCode: Equatable {
  package let rawValue: UInt8

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The period does not exist for this rule and subject.
  static let none = FoldCode(rawValue: 0)

  @inline(__always) init(firing rank: UInt8, reason: UInt8, isStale: Bool) {
    rawValue = (4 + rank) | reason << 3 | (isStale ? 32 : 0)
  }
  /// Rank 0 is quiet.
  @inline(__always) init(pending rank: UInt8, reason: UInt8, isStale: Bool) {
    rawValue = (1 + rank) | reason << 3 | (isStale ? 32 : 0)
  }

  package var exists: Bool { rawValue != 0 }

  package var phase: FoldState.Phase {
    let code = rawValue & 7
    if code >= 5, let severity = Severity(rawValue: code - 4) { return .firing(severity) }
    if code >= 2, let severity = Severity(rawValue: code - 1) { return .pending(severity) }
    return .quiet
  }

  private enum Kind { case none, quiet, pending, firing }
  private var kind: Kind {
    switch rawValue & 7 {
    case 0: .none
    case 1: .quiet
    case 2...4: .pending
    default: .firing
    }
  }

  /// Whether this period goes on with what the one before it began.
  func continues(_ earlier: FoldCode) -> Bool { kind == earlier.kind }

  package func state(since: Period) -> FoldState {
    FoldState(
      phase: phase, since: since, unknown: UnknownReason(rawValue: rawValue >> 3 & 3), isStale: rawValue & 32 != 0)
  }
}
