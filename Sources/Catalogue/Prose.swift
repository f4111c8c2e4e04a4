import Finance
package import RuleLanguage

/// Expressions of rules in plain English: `overspent / plan` is "overspent divided by plan".
package struct Prose: Sendable {
  private let tables: [String: String]

  /// - Parameter tables: what the tables that expressions may name go by, by their names.
  package init(tables: [String: String] = [:]) { self.tables = tables }

  package func text(_ expression: Expression) -> String { phrase(expression).text }

  /// How tightly the words of a phrase hold together: a looser one inside a tighter one stands in parentheses.
  private enum Hold: Int { case or, and, comparison, sum, product, word }

  private func phrase(_ expression: Expression) -> (text: String, hold: Hold) {
    switch expression.kind {
    case .literal(let literal): (text(literal), .word)
    case .name(let name): (Prose.words(name), .word)
    case .negated(let operand): ("minus \(inside(operand, .word))", .product)
    case .not(let operand): ("not \(inside(operand, .word))", .and)
    case .binary(let operation, let left, let right): binary(operation, left, right)
    case .between(let value, let low, let high):
      ("\(inside(value, .sum)) is between \(inside(low, .sum)) and \(inside(high, .sum))", .comparison)
    case .isIn(let value, let list, let negated):
      (
        "\(inside(value, .sum)) is \(negated ? "none" : "one") of \(list.map(text).joined(separator: ", "))",
        .comparison
      )
    case .member(let operand, let name): (member(operand, name.text), .word)
    case .slice(let operand, let slice): ("\(inside(operand, .word)) (where \(text(slice)))", .word)
    case .call(let name, let arguments): (call(name.text, arguments), .word)
    case .from(let period): ("from \(text(period))", .word)
    case .aggregate(let aggregate): (self.aggregate(aggregate), .product)
    }
  }

  private func inside(_ expression: Expression, _ needed: Hold) -> String {
    let (text, hold) = phrase(expression)
    return hold.rawValue < needed.rawValue ? "(\(text))" : text
  }

  private func binary(_ operation: BinaryOperator, _ left: Expression, _ right: Expression) -> (String, Hold) {
    switch operation {
    case .or: ("\(inside(left, .or)) or \(inside(right, .or))", .or)
    case .and: ("\(inside(left, .and)) and \(inside(right, .and))", .and)
    case .compare(let comparison):
      ("\(inside(left, .sum)) \(Prose.verb(comparison)) \(inside(right, .sum))", .comparison)
    case .add: ("\(inside(left, .sum)) plus \(inside(right, .sum))", .sum)
    case .subtract: ("\(inside(left, .sum)) less \(inside(right, .product))", .sum)
    case .multiply: ("\(inside(left, .product)) times \(inside(right, .product))", .product)
    case .divide: ("\(inside(left, .product)) divided by \(inside(right, .word))", .product)
    }
  }

  private func text(_ literal: Literal) -> String {
    if case .text(let text) = literal { return "“\(text)”" }
    return RuleText.of(literal)
  }

  // MARK: Calls and populations

  private func member(_ operand: Expression, _ name: String) -> String {
    switch name {
    case "matching": "the number that meet \(inside(operand, .word))"
    case "expected": "the number that \(inside(operand, .word)) is of"
    case "known": "the number known for \(inside(operand, .word))"
    default: column(operand, name) ?? "\(Prose.words(name)) of \(inside(operand, .word))"
    }
  }

  /// `limits.amber`: which row is meant is said too.
  private func column(_ operand: Expression, _ name: String) -> String? {
    guard case .name(let table) = operand.kind, let key = tables[table] else { return nil }
    let row = key == "year" ? "the year" : "its \(Prose.words(key))"
    return "the \(Prose.words(name)) figure of \(Prose.words(table)) for \(row)"
  }

  private func call(_ name: String, _ arguments: [Expression]) -> String {
    let first = arguments.first.map { inside($0, .sum) } ?? ""
    let rest = arguments.dropFirst().map(text)
    switch (name, rest.count) {
    case ("previous", 0): return "\(first) of the period before"
    case ("previous", 1): return "\(first) \(rest[0]) periods before"
    case ("last_year", 0): return "\(first) a year before"
    case ("change", 0): return "the change in \(first) since the period before"
    case ("change_on_year", 0): return "the change in \(first) on the year before"
    case ("growth", 0): return "the growth of \(first) on the year before"
    case ("run_rate", 0): return "the year's \(first) at the rate of the last months"
    case ("straight_line", 0): return "the year's \(first) if it goes on as to date"
    case ("even_profile", 0): return "\(first) spread evenly over the year"
    case ("ytd", 0): return "\(first) for the year to date"
    case ("in_month", 0): return "\(first) of the month"
    case ("abs", 0): return "the size of \(first)"
    case ("own", 0): return "its own \(first)"
    case ("reported", 0): return "\(first) was returned"
    case ("breach", 0): return "the rule “\(first)” is breached"
    case ("severity", 0): return "the severity of the rule “\(first)”"
    case ("if_unknown", 1): return "\(first) (or, where that is not known, \(rest[0]))"
    case ("greater", 1): return "the greater of \(first) and \(rest[0])"
    case ("lesser", 1): return "the lesser of \(first) and \(rest[0])"
    default: return "\(Prose.words(name)) of \(([first] + rest).filter { !$0.isEmpty }.joined(separator: ", "))"
    }
  }

  private func aggregate(_ aggregate: AggregateSyntax) -> String {
    let whom = population(aggregate.population)
    let value = aggregate.value.map(text)
    switch (aggregate.kind, value) {
    case (.value(.count), nil): return "the number of \(whom)"
    case (.value(.count), let value?): return "the number of \(whom) for which \(value)"
    case (.value(.share), let value?): return "the share of \(whom) for which \(value)"
    case (.value(.sum), let value?): return "the total of \(value) over \(whom)"
    case (.value(.mean), let value?): return "the average of \(value) over \(whom)"
    case (.value(let kind), let value?): return "the \(kind.rawValue) \(value) among \(whom)"
    case (.names, let value?): return "the names of \(whom) for which \(value)"
    case (_, nil): return whom
    }
  }

  private func population(_ population: PopulationSyntax) -> String {
    let head = population.head.text
    var words: String =
      switch head {
      case "children", "peers", "predecessors", "successors": "its \(head)"
      default: Prose.plural(head)
      }
    if population.isAnywhere { words += " anywhere" }
    if let same = population.sameAs { words += " of the same \(Prose.words(same.text))" }
    if let condition = population.condition { words += " where \(text(condition))" }
    return words
  }

  // MARK: Words

  /// `spend_to_date` as people write it.
  package static func words(_ name: String) -> String { name.replacing("_", with: " ") }

  static func plural(_ name: String) -> String {
    let words = words(name)
    if words.hasSuffix("y"), !words.hasSuffix("ey") { return words.dropLast() + "ies" }
    return words + "s"
  }

  static func verb(_ comparison: Comparison) -> String {
    switch comparison {
    case .greater: "is above"
    case .less: "is below"
    case .greaterOrEqual: "is at least"
    case .lessOrEqual: "is at most"
    case .equal: "is"
    case .notEqual: "is not"
    }
  }
}
