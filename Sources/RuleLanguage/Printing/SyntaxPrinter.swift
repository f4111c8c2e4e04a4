import Finance

/// Rule files in their one canonical layout, without comments: what a rule's version is the hash of. Reading what is
/// printed gives the same again.
struct SyntaxPrinter {
  // MARK: Declarations

  func text(_ tree: SyntaxTree) -> String {
    var blocks = [tree.currencies.map { "currency \($0.code.text)" } + tree.yearStarts.map { yearStart($0.month) }]
    blocks.append(tree.dimensions.map(text))
    blocks.append(tree.measures.map(text))
    blocks += tree.tables.map { [text($0)] }
    blocks.append(tree.lets.map(text))
    blocks += tree.rules.map { [text($0)] }
    blocks += tree.tests.map { [text($0)] }
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// What versions are the hash of: the rows of a table's file are a part of what the rules mean, tests are not.
  func meaning(of tree: SyntaxTree) -> String {
    var meant = tree
    meant.tests = []
    for index in meant.tables.indices { meant.tables[index].file = nil }
    return text(meant)
  }

  func yearStart(_ month: Int) -> String { "year starts in \(Words.months[month - 1])" }

  func text(_ dimension: DimensionSyntax) -> String {
    "dimension \(dimension.name.text)" + (dimension.title.map { " " + quoted($0.value) } ?? "")
  }

  func text(_ measure: MeasureSyntax) -> String {
    var words = ["measure", measure.name.text, measure.type.value.rawValue]
    if let basis = measure.basis { words.append(basis.value.rawValue) }
    if measure.isReference { words.append("reference") }
    if let adverse = measure.adverse { words.append("adverse \(adverse.rawValue)") }
    if measure.step != .month { words.append("every \(measure.step.rawValue)") }
    if !measure.dimensions.isEmpty { words.append("by " + measure.dimensions.map(\.text).joined(separator: ", ")) }
    if let title = measure.title { words.append(quoted(title.value)) }
    return words.joined(separator: " ")
  }

  func text(_ binding: LetSyntax) -> String { "let \(binding.name.text) = \(text(binding.value))" }

  func text(_ rule: RuleSyntax) -> String {
    let formerly = rule.formerly.map { " formerly \($0.text)" } ?? ""
    let heading = "rule \(rule.name.text)\(formerly) \(quoted(rule.title.value))"
    return ([heading] + rule.clauses.map { "  " + text($0.kind) }).joined(separator: "\n")
  }

  // MARK: Clauses

  func text(_ clause: Clause.Kind) -> String {
    switch clause {
    case .forEach([], _): return "overall"
    case .forEach(let names, let condition):
      return "for each " + names.map(\.text).joined(separator: " and ") + (condition.map { " where " + text($0) } ?? "")
    case .effective(let from?, let to?) where from.month == nil && to.month == nil && from.year.year == to.year.year:
      return "effective in " + text(from)
    case .effective(let from, let to):
      return "effective" + (from.map { " from " + text($0) } ?? "") + (to.map { " to " + text($0) } ?? "")
    case .binding(let binding): return text(binding)
    case .onlyWhen(let condition): return "only when " + text(condition)
    case .watch(let value): return "watch " + text(value)
    case .band(let severity, let band): return "\(severity.word) \(text(band))"
    case .breach(let severity, let condition): return "\(severity.word) when \(text(condition))"
    case .coverage(let share): return "coverage at least \(percent(share.value))"
    case .persists(let count): return "persists for \(periods(count.value))"
    case .clears(let clearing, let count):
      let how =
        switch clearing {
        case .band(let band): text(band)
        case .when(let condition): "when " + text(condition)
        }
      return "clears " + how + (count.map { " for " + periods($0.value) } ?? "")
    case .ifUnknown(.hold(let count)): return "if unknown hold" + (count.map { " for " + periods($0.value) } ?? "")
    case .ifUnknown(.raise(let severity)): return "if unknown raise \(severity.word)"
    case .ifUnknown(.clear): return "if unknown clear"
    case .suppress(let condition, let until, let reason):
      let end =
        switch until {
        case .date(let day): " until \(day.value)"
        case .year(let year): " until " + text(year)
        case nil: ""
        }
      return "suppress when " + text(condition) + end + " because " + quoted(reason.value)
    case .message(let template): return "message " + text(template)
    case .detail(let template): return "detail " + text(template)
    case .runbook(let text): return "runbook " + quoted(text.value)
    case .owner(let text): return "owner " + quoted(text.value)
    case .label(let name, let text): return "label \(name.text) = \(quoted(text.value))"
    }
  }

  private func periods(_ count: Int) -> String { "\(count) period\(count == 1 ? "" : "s")" }

  func text(_ time: YearOrPeriod) -> String {
    text(time.year) + (time.month.map { " M\($0)" } ?? "")
  }

  func text(_ year: WrittenYear) -> String {
    FinancialCalendar(firstMonth: year.isSplit ? 4 : 1).label(ofYear: year.year)
  }

  private func text(_ band: Clause.Band) -> String {
    switch band {
    case .beyond(let comparison, let bound): "\(comparison.bandWords) \(sum(bound))"
    case .outside(let low, let high): "outside \(sum(low)) to \(sum(high))"
    }
  }

  private func text(_ template: TemplateSyntax) -> String {
    let parts = template.parts.map { part in
      switch part {
      case .text(let text): escaped(text)
      case .hole(let value, let formats, _):
        "{" + text(value) + formats.map { " | " + $0.text }.joined() + "}"
      }
    }
    return "\"\(parts.joined())\""
  }

  func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

  private func escaped(_ text: String) -> String {
    text.map { $0 == "{" || $0 == "}" ? "\($0)\($0)" : "\($0)" }.joined()
  }

  // MARK: Expressions

  func text(_ expression: Expression) -> String { printed(expression, inList: false).text }

  private func sum(_ expression: Expression) -> String { printed(expression, inList: false).inside(.sum) }

  private func printed(_ expression: Expression, inList: Bool) -> PrintedExpression {
    func inner(_ operand: Expression) -> PrintedExpression { printed(operand, inList: inList) }
    switch expression.kind {
    case .literal(let literal): return self.literal(literal, inList: inList)
    case .name(let name): return PrintedExpression(name)
    case .negated(let operand): return PrintedExpression("-" + inner(operand).inside(.postfix), .unary)
    case .not(let operand): return PrintedExpression("not " + inner(operand).inside(.not), .not)
    case .binary(let operation, let left, let right):
      return .binary(inner(left), word(operation, right), inner(right), operation.precedence)
    case .between(let value, let low, let high):
      return PrintedExpression(
        "\(inner(value).inside(.sum)) between \(inner(low).inside(.sum)) and \(inner(high).inside(.sum))", .comparison)
    case .isIn(let value, let list, let negated):
      let values = list.map { printed($0, inList: true).inside(.sum) }.joined(separator: ", ")
      return PrintedExpression(
        "\(inner(value).inside(.sum)) \(negated ? "not in" : "in") (\(values))", .comparison)
    case .member(let operand, let member):
      return PrintedExpression("\(inner(operand).inside(.postfix)).\(member.text)")
    case .slice(let operand, let slice):
      return PrintedExpression("\(inner(operand).inside(.postfix))[\(inner(slice).text)]")
    case .call(let name, let arguments):
      return PrintedExpression(
        "\(name.text)(\(arguments.map { printed($0, inList: true).text }.joined(separator: ", ")))")
    case .from(let period): return PrintedExpression("from " + inner(period).text)
    case .aggregate(let aggregate): return PrintedExpression(text(aggregate))
    }
  }

  /// `kind is "PCT"`, `plan = forecast`: texts are compared in words.
  private func word(_ operation: BinaryOperator, _ right: Expression) -> String {
    if case .literal(.text) = right.kind {
      if operation == .compare(.equal) { return "is" }
      if operation == .compare(.notEqual) { return "is not" }
    }
    return operation.word
  }

  private func text(_ aggregate: AggregateSyntax) -> String {
    var words: [String] = []
    if let value = aggregate.value { words += [text(value), "over"] }
    words.append(aggregate.population.head.text)
    if aggregate.population.isAnywhere { words.append("anywhere") }
    if let same = aggregate.population.sameAs { words += ["in same", same.text] }
    if let condition = aggregate.population.condition { words += ["where", text(condition)] }
    if let by = aggregate.by { words += ["by", text(by)] }
    if let first = aggregate.first { words += ["first", "\(first.value)"] }
    return "\(aggregate.kind.word)(\(words.joined(separator: " ")))"
  }

  func literal(_ literal: Literal, inList: Bool = false) -> PrintedExpression {
    switch literal {
    case .money(let number, let currency):
      let prefix = currency.utf8.allSatisfy { $0 < 0x80 } && currency != "$" ? currency + " " : currency
      return PrintedExpression(DecimalText.money(Quotient(number), prefix, inList: inList))
    case .percent(let number): return PrintedExpression(percent(number))
    case .points(let number): return PrintedExpression(DecimalText.plain(Quotient(number)) + "pp")
    case .number(let number):
      let value = Quotient(number)
      return PrintedExpression(inList ? DecimalText.plain(value) : DecimalText.grouped(value))
    case .text(let text): return PrintedExpression(quoted(text))
    case .truth(let truth): return PrintedExpression(truth ? "true" : "false")
    case .period(let year, let month): return PrintedExpression("\(text(year)) M\(month)")
    case .date(let day): return PrintedExpression(day.description)
    case .periods(let count): return PrintedExpression(periods(count))
    }
  }

  func percent(_ number: DecimalNumber) -> String { DecimalText.plain(Quotient(number)) + "%" }
}

extension Comparison {
  /// As a band says it.
  package var bandWords: String {
    switch self {
    case .greater: "above"
    case .less: "below"
    case .greaterOrEqual: "at least"
    case .lessOrEqual: "at most"
    case .equal: "is"
    case .notEqual: "is not"
    }
  }
}

extension BinaryOperator {
  var precedence: Precedence {
    switch self {
    case .or: .or
    case .and: .and
    case .compare: .comparison
    case .add, .subtract: .sum
    case .multiply, .divide: .product
    }
  }
}
