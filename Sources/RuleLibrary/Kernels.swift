import Finance
import RuleLanguage

// What kernels share: amounts out of outcomes, and results that may not fit.

extension Outcome {
  /// The amount, or why it is not known.
  func amount() throws(NotKnown) -> Amount {
    switch self {
    case .known(.amount(let amount)): return amount
    case .known: preconditionFailure("the checker lets only amounts through")
    case .unknown(let reason): throw NotKnown(reason)
    }
  }

  /// The amount that is worked out; unknown as its parts are, undefined where it does not fit.
  static func amount(_ work: () throws -> Amount) -> Outcome {
    do {
      return .known(.amount(try work()))
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
