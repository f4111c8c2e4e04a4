package import RuleLanguage

/// Kleene's three values, the third with its reason, in a byte.
package struct Truth: Equatable {
  package let rawValue: UInt8

  @inline(__always) init(rawValue: UInt8) { self.rawValue = rawValue }
  @inline(__always) package init(_ decided: Bool) { rawValue = decided ? 1 : 0 }
  /// Of a value's state: 0 is known, anything else the raw value of its reason.
  @inline(__always) init(unknownState state: UInt8) { rawValue = state + 1 }

  package static let `false` = Truth(rawValue: 0)
  package static let `true` = Truth(rawValue: 1)
  package static let missing = Truth(rawValue: 2)
  package static let undefined = Truth(rawValue: 3)

  @inline(__always) package var isUnknown: Bool { rawValue >= 2 }
  /// The state that a value computed from this unknown truth has.
  @inline(__always) var unknownState: UInt8 { rawValue - 1 }
  /// Of an unknown truth.
  package var reason: UnknownReason { self == .missing ? .missing : .undefined }

  /// Of two unknowns, what is missing may still arrive: it is the reason to name.
  @inline(__always) package static func unknown(_ left: Truth, _ right: Truth) -> Truth {
    Truth(rawValue: min(left.rawValue, right.rawValue))
  }

  @inline(__always) package static func and(_ left: Truth, _ right: Truth) -> Truth {
    if left == .false || right == .false { return .false }
    if left == .true { return right }
    return right == .true ? left : unknown(left, right)
  }

  @inline(__always) package static func or(_ left: Truth, _ right: Truth) -> Truth {
    if left == .true || right == .true { return .true }
    if left == .false { return right }
    return right == .false ? left : unknown(left, right)
  }

  @inline(__always) package static func not(_ operand: Truth) -> Truth {
    operand.isUnknown ? operand : Truth(rawValue: 1 - operand.rawValue)
  }
}
