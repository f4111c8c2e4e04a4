/// What kind of quantity an expression gives. Money and counts are amounts; the rest with digits are quotients.
package enum ValueType: String, Hashable, Sendable, CaseIterable {
  case money, count, ratio, points, number
  case unitPrice = "unit price"
  case severity, text, truth = "bool", period, date

  /// Held as an `Amount` (ten-thousandths); every other numeric type is held as a `Quotient`.
  package var isAmount: Bool { self == .money || self == .count }
  package var isQuotient: Bool { self == .ratio || self == .points || self == .number || self == .unitPrice }
  package var isNumeric: Bool { isAmount || isQuotient }
}

/// What an amount stands for in time: the mistake that spreadsheets make most.
package enum Basis: String, Hashable, Sendable, CaseIterable {
  case inPeriod = "in period"
  case yearToDate = "year to date"
  case fullYear = "full year"
  case atPeriodEnd = "at period end"
}

/// Which way is bad news.
package enum Adverse: String, Hashable, Sendable { case high, low }

/// How bad a breach is. The order is the order of the cases.
package enum Severity: UInt8, Hashable, Comparable, Sendable, CaseIterable {
  case info = 1, amber, red
  package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
  package var word: String {
    switch self {
    case .info: "info"
    case .amber: "amber"
    case .red: "red"
    }
  }
}
