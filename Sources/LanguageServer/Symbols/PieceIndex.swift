import Diagnostics
import RuleLanguage

/// Every name in a piece of a rule file and what it stands for, in the order of the text.
///
/// A name is looked up in its rule's lets and then in the one namespace that all declarations share, so a piece can be
/// read without the others.
struct PieceIndex {
  private(set) var occurrences: [Occurrence] = []
  private(set) var declared: [Declared] = []
  private let library: FunctionLibrary

  init(_ tree: SyntaxTree, library: FunctionLibrary) {
    self.library = library
    for measure in tree.measures {
      declare(.measure, measure.name, measure.title?.value, measure.span)
      for dimension in measure.dimensions { note(.name(dimension.text), dimension.span) }
    }
    for dimension in tree.dimensions { declare(.dimension, dimension.name, dimension.title?.value, dimension.span) }
    for table in tree.tables { read(table) }
    for binding in tree.lets {
      declare(.let, binding.name, nil, binding.span)
      read(binding.value, Names())
    }
    for rule in tree.rules { read(rule) }
    for test in tree.tests { read(test) }
    occurrences.sort { $0.span.start < $1.span.start }
    declared.sort { $0.span.start < $1.span.start }
  }

  /// The name that the cursor is in or directly behind.
  func occurrence(at offset: Int32) -> Occurrence? {
    occurrences.last { $0.span.start <= offset && offset <= $0.span.end }
  }

  // MARK: Declarations

  private mutating func note(_ symbol: Symbol, _ span: Span, isDeclaration: Bool = false) {
    occurrences.append(Occurrence(symbol: symbol, span: span, isDeclaration: isDeclaration))
  }

  private mutating func declare(_ kind: Declared.Kind, _ name: Name, _ title: String?, _ span: Span) {
    note(.name(name.text), name.span, isDeclaration: true)
    declared.append(Declared(kind: kind, name: name, title: title, span: span))
  }

  private mutating func read(_ table: TableSyntax) {
    note(.name(table.name.text), table.name.span, isDeclaration: true)
    if !table.isByYear { note(.name(table.key.text), table.key.span) }
    var columns: [String: Declared] = [:]
    for cell in table.rows.flatMap(\.cells) {
      let isFirst = columns[cell.column.text] == nil
      note(.column(table: table.name.text, cell.column.text), cell.column.span, isDeclaration: isFirst)
      if isFirst {
        columns[cell.column.text] = Declared(kind: .column, name: cell.column, span: cell.column.span)
      }
    }
    let parts = columns.values.sorted { $0.span.start < $1.span.start }
    declared.append(Declared(kind: .table, name: table.name, span: table.span, parts: parts))
  }

  private mutating func read(_ rule: RuleSyntax) {
    note(.rule(rule.name.text), rule.name.span, isDeclaration: true)
    let names = Names(rule: rule)
    var parts: [Declared] = []
    for clause in rule.clauses {
      switch clause.kind {
      case .forEach(let keys, let condition):
        for key in keys { note(.name(key.text), key.span) }
        read(condition, names)
      case .binding(let binding):
        note(.ruleLet(rule: rule.name.span, binding.name.text), binding.name.span, isDeclaration: true)
        parts.append(Declared(kind: .let, name: binding.name, span: binding.span))
        read(binding.value, names)
      case .onlyWhen(let value), .watch(let value), .breach(_, let value), .clears(.when(let value), _),
        .suppress(let value, _, _):
        read(value, names)
      case .band(_, let band), .clears(.band(let band), _):
        switch band {
        case .beyond(_, let bound): read(bound, names)
        case .outside(let low, let high):
          read(low, names)
          read(high, names)
        }
      case .message(let template), .detail(let template):
        for case .hole(let value, _, _) in template.parts { read(value, names) }
      case .effective, .coverage, .persists, .ifUnknown, .runbook, .owner, .label: break
      }
    }
    declared.append(Declared(kind: .rule, name: rule.name, title: rule.title.value, span: rule.span, parts: parts))
  }

  private mutating func read(_ test: TestSyntax) {
    note(.rule(test.rule.text), test.rule.span)
    declared.append(Declared(kind: .test, name: test.rule, title: test.title.value, span: test.span))
    var grids = [test.given].compactMap { $0 }
    for case .drop(let drop) in test.steps { grids.append(drop.grid) }
    for grid in grids {
      for case .name(let column) in grid.columns where column.text != "measure" {
        note(.name(column.text), column.span)
      }
      for cell in grid.rows.joined() {
        if case .name(let measure) = cell.value { note(.name(measure), cell.span) }
      }
    }
  }

  // MARK: Expressions

  /// Which names an expression sees before those that all share.
  private struct Names {
    var rule: Span?
    var lets: Set<String> = []

    init() {}
    init(rule syntax: RuleSyntax) {
      rule = syntax.name.span
      for case .binding(let binding) in syntax.clauses.map(\.kind) { lets.insert(binding.name.text) }
    }

    func symbol(_ name: String) -> Symbol {
      if let rule, lets.contains(name) { .ruleLet(rule: rule, name) } else { .name(name) }
    }
  }

  private mutating func read(_ expression: Expression?, _ names: Names) {
    guard let expression else { return }
    switch expression.kind {
    case .literal: break
    case .name(let name): note(names.symbol(name), expression.span)
    case .negated(let operand), .not(let operand), .from(let operand): read(operand, names)
    case .binary(_, let left, let right), .slice(let left, let right):
      read(left, names)
      read(right, names)
    case .between(let value, let low, let high):
      for part in [value, low, high] { read(part, names) }
    case .isIn(let value, let list, _):
      read(value, names)
      for part in list { read(part, names) }
    case .member(let operand, let member):
      read(operand, names)
      if case .name(let table) = operand.kind, case .name = names.symbol(table) {
        note(.column(table: table, member.text), member.span)
      }
    case .call(let function, let arguments):
      note(.function(function.text), function.span)
      let parameters = library.functions[function.text]?.parameters ?? []
      for (index, argument) in arguments.enumerated() {
        if index < parameters.count, parameters[index].kind == .rule, case .name(let rule) = argument.kind {
          note(.rule(rule), argument.span)
        } else {
          read(argument, names)
        }
      }
    case .aggregate(let aggregate):
      read(aggregate.value, names)
      let population = aggregate.population
      if !Words.relations.contains(population.head.text) { note(.name(population.head.text), population.head.span) }
      if let same = population.sameAs { note(.name(same.text), same.span) }
      read(population.condition, names)
      read(aggregate.by, names)
    }
  }
}
