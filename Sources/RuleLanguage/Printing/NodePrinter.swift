import Finance

/// Expressions of a program in the words of the rule, for the lines of its arithmetic: `forecast - plan`.
package struct NodePrinter: Sendable {
  private let program: Program
  /// Lets by what they came to: where one is used its name is shown.
  private let names: [NodeID: String]
  private let prefix: String

  /// For the lines of one rule: its lets are shown by name.
  package init(_ program: Program, names: [NodeID: String] = [:]) {
    self.program = program
    self.names = names
    prefix = Currency(code: program.currency)?.prefix ?? ""
  }

  /// The expression, itself taken apart even where it has a name: `forecast - plan` for `overspent`.
  package func text(_ id: NodeID) -> String { taken(apart: id, NodePrinter.deepest).text }

  /// As it stands inside another: by its name where it has one.
  package func reference(_ id: NodeID) -> String { printed(id, NodePrinter.deepest).text }

  /// What is nested deeper is left out: such a line helps nobody.
  private static let deepest = 12

  private func printed(_ id: NodeID, _ depth: Int) -> PrintedExpression {
    if let name = names[id] { return PrintedExpression(name) }
    return depth > 0 ? taken(apart: id, depth) : PrintedExpression("…")
  }

  private func taken(apart id: NodeID, _ depth: Int) -> PrintedExpression {
    func inner(_ operand: NodeID) -> PrintedExpression { printed(operand, depth - 1) }
    func binary(_ left: NodeID, _ sign: String, _ right: NodeID, _ precedence: Precedence) -> PrintedExpression {
      .binary(inner(left), sign, inner(right), precedence)
    }
    func call(_ name: String, _ arguments: String...) -> PrintedExpression {
      PrintedExpression("\(name)(\(arguments.joined(separator: ", ")))")
    }
    let node = program[id]
    switch node.operation {
    case .amount(let amount):
      let value = Quotient(amount)
      return PrintedExpression(
        node.type == .money ? DecimalText.money(value, prefix, inList: true) : DecimalText.plain(value),
        value.numerator < 0 ? .unary : .postfix)
    case .quotient(let numerator, let denominator):
      return PrintedExpression(
        literal(Quotient(numerator: numerator, denominator: denominator), node.type), numerator < 0 ? .unary : .postfix)
    case .text(let text): return PrintedExpression("\"\(text)\"")
    case .truth(let truth): return PrintedExpression(truth ? "true" : "false")
    case .severity(let severity): return PrintedExpression(severity.word)
    case .period(let period): return PrintedExpression(program.calendar.label(period))
    case .date(let day): return PrintedExpression(day.description)
    case .cells(let measure, .everything): return PrintedExpression(program.measures[measure].name)
    case .cells(let measure, let slice):
      return PrintedExpression("\(program.measures[measure].name)[\(text(slice).text)]")
    case .earlierCells(let measure, let slice, let vantage):
      let name = program.measures[measure].name
      let cells = slice == .everything ? name : "\(name)[\(text(slice).text)]"
      return switch vantage {
      case .first: call("first_reported", cells)
      case .asOf(let day): call("as_of", cells, day.description)
      }
    case .received(let measures):
      return call("first_returned", measures.map { program.measures[$0].name }.joined(separator: ", "))
    case .due(let measures):
      return call("due", measures.map { program.measures[$0].name }.joined(separator: ", "))
    case .reported(let measures):
      return call("reported", measures.map { program.measures[$0].name }.joined(separator: ", "))
    case .attribute(let name), .key(.attribute(let name)), .key(.dimension(let name)): return PrintedExpression(name)
    case .key(.organisation): return PrintedExpression("organisation")
    case .lookup(let table, let column, _):
      return PrintedExpression("\(program.tables[table].name).\(program.tables[table].columns[column].name)")
    case .month: return call("month")
    case .thisPeriod: return PrintedExpression("period")
    case .add(let left, let right): return binary(left, "+", right, .sum)
    case .subtract(let left, let right): return binary(left, "-", right, .sum)
    case .multiply(let left, let right): return binary(left, "*", right, .product)
    case .divide(let left, let right): return binary(left, "/", right, .product)
    case .negate(let operand): return PrintedExpression("-" + inner(operand).inside(.postfix), .unary)
    case .absolute(let operand): return call("abs", inner(operand).text)
    case .rounded(let operand, let decimals): return call("rounded", inner(operand).text, "\(decimals)")
    case .converted(let operand): return taken(apart: operand, depth)
    case .compare(let comparison, let left, let right):
      let isText = program[right].type == .text
      let word = isText ? comparison.bandWords : comparison.rawValue
      return binary(left, word, right, .comparison)
    case .and(let left, let right): return binary(left, "and", right, .and)
    case .or(let left, let right): return binary(left, "or", right, .or)
    case .not(let operand): return PrintedExpression("not " + inner(operand).inside(.not), .not)
    case .previous(let operand, 1): return call("previous", inner(operand).text)
    case .previous(let operand, let count): return call("previous", inner(operand).text, "\(count)")
    case .lastYear(let operand): return call("last_year", inner(operand).text)
    case .yearToDate(let operand): return call("ytd", inner(operand).text)
    case .inMonth(let operand): return call("in_month", inner(operand).text)
    case .called(let callee, let operands):
      return call(callee.function, (operands.map { inner($0).text } + callee.written).joined(separator: ", "))
    case .ifUnknown(let operand, let other): return call("if_unknown", inner(operand).text, inner(other).text)
    case .aggregate(let aggregate, let population, let value, _):
      return call(aggregate.rawValue, over(population, value, in: node.frame, depth))
    case .tally(let tally, let aggregate):
      return PrintedExpression("\(inner(aggregate).inside(.postfix)).\(tally.rawValue)")
    case .names(let population, let value, let by, let first, _):
      return call(
        "names",
        over(population, value, in: node.frame, depth) + (by.map { " by \(inner($0).text)" } ?? "")
          + (first.map { " first \($0)" } ?? ""))
    case .own(let operand): return call("own", inner(operand).text)
    case .breach(let rule): return call("breach", rule)
    case .severityOf(let rule): return call("severity", rule)
    }
  }

  private func over(_ population: Population, _ value: NodeID?, in outer: Frame, _ depth: Int) -> String {
    var words: [String] = []
    if let value { words += [printed(value, depth - 1).text, "over"] }
    switch population.relation {
    case .children, .peers, .predecessors, .successors: words.append("\(population.relation)")
    case .all:
      // The key that members have and the subject has not says what they are.
      switch population.members.keys.first(where: { !outer.keys.contains($0) }) {
      case .attribute(let name), .dimension(let name): words.append(name)
      case .organisation, nil: words.append("organisation")
      }
    }
    if population.anywhere { words.append("anywhere") }
    if let same = population.sameAttribute { words += ["in same", same] }
    if let condition = population.condition { words += ["where", printed(condition, depth - 1).text] }
    return words.joined(separator: " ")
  }

  private func literal(_ value: Quotient, _ type: ValueType) -> String {
    let hundredfold = Quotient(numerator: value.numerator * 100, denominator: value.denominator)
    return switch type {
    case .ratio: DecimalText.plain(hundredfold) + "%"
    case .points: DecimalText.plain(hundredfold) + "pp"
    case .unitPrice: DecimalText.money(value, prefix, inList: true)
    default: DecimalText.plain(value)
    }
  }

  private func text(_ slice: Slice) -> PrintedExpression {
    switch slice {
    case .everything: PrintedExpression("true")
    case .isValue(let dimension, let value): PrintedExpression("\(dimension) is \"\(value)\"", .comparison)
    case .not(.isValue(let dimension, let value)):
      PrintedExpression("\(dimension) is not \"\(value)\"", .comparison)
    case .not(let slice): PrintedExpression("not " + text(slice).inside(.not), .not)
    case .and(let left, let right): .binary(text(left), "and", text(right), .and)
    case .or(let left, let right): .binary(text(left), "or", text(right), .or)
    }
  }
}
