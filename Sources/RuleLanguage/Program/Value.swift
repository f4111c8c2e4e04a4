package import Finance

/// One known value of an expression.
package enum Value: Sendable {
  case amount(Amount)
  case quotient(Quotient)
  case text(String)
  case truth(Bool)
  /// What `severity(rule)` gives; nil, below info, where the rule is not breached.
  case severity(Severity?)
  case period(Period)
  case date(Day)
}

/// Why a value is not known. Only `missing` is a gap in the data.
package enum UnknownReason: UInt8, Hashable, Sendable {
  /// Not returned.
  case missing = 1
  /// Division by zero, a percentage of a base at or below zero, the middle of nobody.
  case undefined = 2
}

/// The outcome of an expression for one subject in one period.
package enum Outcome: Sendable {
  case known(Value)
  case unknown(UnknownReason)
}
