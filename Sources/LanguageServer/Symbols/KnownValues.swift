import Diagnostics
import RuleLanguage

/// The values of attributes and dimensions, by their names: what the rules themselves compare them with, and what the data
/// has.
struct KnownValues {
  private(set) var values: [String: Set<String>] = [:]

  /// The text that is being written, which is no value yet.
  private let unfinished: Span

  /// What the rules say of them.
  init(in tree: SyntaxTree, but unfinished: Span) {
    self.unfinished = unfinished
    for binding in tree.lets { read(binding.value) }
    for rule in tree.rules {
      for clause in rule.clauses { read(clause.kind) }
    }
    for test in tree.tests {
      if let given = test.given { read(given) }
      for case .drop(let drop) in test.steps { read(drop.grid) }
    }
    for table in tree.tables where !table.isByYear {
      for row in table.rows {
        if case .text(let value) = row.key { values[table.key.text, default: []].insert(value) }
      }
    }
  }

  mutating func add(_ more: [String: Set<String>]) { values.merge(more) { $0.union($1) } }

  private mutating func read(_ clause: Clause.Kind) {
    switch clause {
    case .forEach(_, let condition): read(condition)
    case .binding(let binding): read(binding.value)
    case .onlyWhen(let value), .watch(let value), .breach(_, let value), .clears(.when(let value), _),
      .suppress(let value, _, _):
      read(value)
    case .message(let template), .detail(let template):
      for case .hole(let value, _, _) in template.parts { read(value) }
    default: break
    }
  }

  private mutating func read(_ expression: Expression?) {
    guard let expression else { return }
    switch expression.kind {
    case .binary(.compare, let left, let right):
      note(left, right)
      read(left)
      read(right)
    case .isIn(let left, let list, _):
      for value in list { note(left, value) }
    case .binary(_, let left, let right), .slice(let left, let right):
      read(left)
      read(right)
    case .negated(let operand), .not(let operand), .member(let operand, _), .from(let operand): read(operand)
    case .between(let value, let low, let high):
      for part in [value, low, high] { read(part) }
    case .call(_, let arguments):
      for argument in arguments { read(argument) }
    case .aggregate(let aggregate):
      for part in [aggregate.value, aggregate.population.condition, aggregate.by] { read(part) }
    case .literal, .name: break
    }
  }

  /// What tests are given is as good an example as any.
  private mutating func read(_ grid: GridSyntax) {
    for (number, column) in grid.columns.enumerated() {
      guard case .name(let name) = column, name.text != "measure" else { continue }
      for row in grid.rows where row.indices.contains(number) {
        if case .literal(.text(let value)) = row[number].value { note(name.text, value, at: row[number].span) }
      }
    }
  }

  private mutating func note(_ left: Expression, _ right: Expression) {
    guard case .name(let name) = left.kind, case .literal(.text(let value)) = right.kind else { return }
    note(name, value, at: right.span)
  }

  private mutating func note(_ name: String, _ value: String, at span: Span) {
    let isUnfinished = span.text == unfinished.text && span.start <= unfinished.start && unfinished.start <= span.end
    if !isUnfinished, !value.isEmpty { values[name, default: []].insert(value) }
  }
}
