/// Small parts of a rule as they are written there.
package enum RuleText {
  package static func of(_ literal: Literal) -> String { SyntaxPrinter().literal(literal).text }
  package static func of(_ period: YearOrPeriod) -> String { SyntaxPrinter().text(period) }
  package static func of(_ year: WrittenYear) -> String { SyntaxPrinter().text(year) }
}
