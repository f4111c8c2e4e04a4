import Finance
import RuleLanguage

// What kernels share: values out of outcomes, and results that may not fit.

extension Outcome {
  /// The amount, or why it is not known.
  func amount() throws(NotKnown) -> Amount {
    guard case .amount(let amount) = try value() else { preconditionFailure("the checker lets only amounts through") }
    return amount
  }

  /// The quantity, of whatever type, or why it is not known.
  func quotient() throws(NotKnown) -> Quotient {
    switch try value() {
    case .amount(let amount): return Quotient(amount)
    case .quotient(let quotient): return quotient
    default: preconditionFailure("the checker lets only quantities through")
    }
  }

  func truth() throws(NotKnown) -> Bool {
    guard case .truth(let truth) = try value() else { preconditionFailure("the checker lets only conditions through") }
    return truth
  }

  func period() throws(NotKnown) -> Period {
    guard case .period(let period) = try value() else { preconditionFailure("the checker lets only periods through") }
    return period
  }

  func day() throws(NotKnown) -> Day {
    guard case .date(let day) = try value() else { preconditionFailure("the checker lets only dates through") }
    return day
  }

  private func value() throws(NotKnown) -> Value {
    switch self {
    case .known(let value): return value
    case .unknown(let reason): throw NotKnown(reason)
    }
  }

  /// The amount that is worked out; unknown as its parts are, undefined where it does not fit.
  static func amount(_ work: () throws -> Amount) -> Outcome { working { .amount(try work()) } }

  /// The quotient that is worked out.
  static func quotient(_ work: () throws -> Quotient) -> Outcome { working { .quotient(try work()) } }

  static func working(_ work: () throws -> Value) -> Outcome {
    do {
      return .known(try work())
    } catch let unknown as NotKnown {
      return .unknown(unknown.reason)
    } catch {
      return .unknown(.undefined)
    }
  }
}

/// An operand that is not known ends a kernel's work.
struct NotKnown: Error {
  var reason: UnknownReason
  init(_ reason: UnknownReason) { self.reason = reason }
}
