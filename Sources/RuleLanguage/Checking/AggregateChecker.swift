import Diagnostics
import Finance

// Sums, shares and counts over populations.

extension ExpressionChecker {
  func aggregate(_ expression: Expression, _ syntax: AggregateSyntax, in scope: Scope) -> NodeID? {
    guard var population = self.population(syntax.population, in: scope) else { return nil }
    let inner = scope.inside(population.members)
    var isKnown = true
    if let condition = syntax.population.condition {
      population.condition = truth(condition, in: inner)
      isKnown = population.condition != nil
    }
    var value: NodeID?
    if let written = syntax.value {
      // A slice on the whole aggregate is a slice on what it takes.
      var sliced = inner
      sliced.slice = scope.slice
      value = check(written, in: sliced)
      if value == nil { isKnown = false }
    }
    var by: NodeID?
    if let written = syntax.by {
      by = quantity(written, in: inner)
      if by == nil { isKnown = false }
    }
    guard isKnown else { return nil }
    let operands = [syntax.value ?? expression]
    return attempt(expression, operands) { () throws(Misuse) in
      switch syntax.kind {
      case .names:
        guard let value else { preconditionFailure("names says what of whom") }
        try self.builder.requireTruth([value])
        guard population.members.hasOrganisation || population.members.keys.count == 1 else {
          throw Misuse(.subjectUnfit, "members that are \(population.members.spoken) have no name")
        }
        return try self.builder.make(
          .names(population: population, value: value, by: by, first: syntax.first?.value, withSizes: false), .text,
          frame: scope.frame)
      case .value(let aggregate):
        return try self.aggregate(aggregate, of: value, over: population, scope)
      }
    }
  }

  private func aggregate(
    _ aggregate: Aggregate, of value: NodeID?, over population: Population, _ scope: Scope
  ) throws(Misuse) -> NodeID {
    let operation = Operation.aggregate(
      aggregate, population: population, value: value, coverage: scope.coverage)
    guard let value else { return try builder.make(operation, .count, frame: scope.frame) }
    let node = builder[value]
    switch aggregate {
    case .count, .share:
      try builder.requireTruth([value])
      return try builder.make(operation, aggregate == .count ? .count : .ratio, frame: scope.frame)
    case .sum:
      guard node.type.isAmount || node.type == .number else {
        var misuse = Misuse(
          .notAQuantity, "a sum of \(node.type == .ratio ? "percentages" : "such values") means nothing", operand: 0,
          node.spoken)
        if node.type == .truth { misuse.fix = { "count(\($0[0]) over …)" } }
        if node.type.isQuotient { misuse.fix = { "mean(\($0[0]) over …), or the ratio of two sums" } }
        throw misuse
      }
    case .mean, .median, .lowest, .highest:
      guard node.type.isNumeric else {
        throw Misuse(
          .notAQuantity, "`\(aggregate.rawValue)` takes a quantity, not \(node.type.spoken)", operand: 0, node.spoken)
      }
    }
    return try builder.make(
      operation, node.type, basis: node.basis, adverse: node.adverse, frame: scope.frame,
      conflict: builder.hasConflict(value))
  }

  /// Who is counted, without the `where`.
  func population(_ syntax: PopulationSyntax, in scope: Scope) -> Population? {
    let frame = scope.frame
    let dimensions = frame.keys.filter { if case .dimension = $0 { true } else { false } }
    let organisations = Frame([.organisation] + dimensions)
    let head = syntax.head
    func refuse(_ message: String, fix: String? = nil) -> Population? {
      findings.add(.subjectUnfit, message, at: head.span, fix: fix)
      return nil
    }

    var result: Population
    switch head.text {
    case "organisation":
      result = Population(members: organisations, relation: .all)
    case let name where Words.relations.contains(name):
      guard frame.hasOrganisation else {
        return refuse(
          "`\(head.text)` are those of one organisation; the subject here is \(frame.spoken)", fix: "organisation")
      }
      guard !syntax.isAnywhere else {
        return refuse("`\(head.text)` are found anywhere as it is", fix: "without `anywhere`")
      }
      result = Population(members: organisations, relation: Population.Relation(word: name))
    case let name where declarations.attributes.contains(name):
      guard frame.keys.count == dimensions.count else {
        return refuse(
          "`over \(name)` takes every \(name) there is, and stands under `overall`; the subject here is \(frame.spoken)",
          fix: "organisation in same \(name)")
      }
      result = Population(members: Frame([.attribute(name)] + dimensions), relation: .all)
    case let name where declarations.dimensions.contains(name):
      guard !frame.keys.contains(.dimension(name)) else {
        return refuse("the subject is one \(name) already")
      }
      result = Population(members: Frame(frame.keys + [.dimension(name)]), relation: .all)
    default:
      if !declarations.broken.contains(head.text) {
        let known = ["organisation"] + Words.relations + declarations.attributes + declarations.dimensions
        findings.add(
          .unknownName, "nobody is called `\(head.text)`", at: head.span,
          fix: Suggestion.question(head.text, among: known) ?? Wording.list(known, "or"),
          repairs: Suggestion.repairs(head.text, at: head.span, among: known))
      }
      return nil
    }
    result.anywhere = syntax.isAnywhere
    if let same = syntax.sameAs {
      guard declarations.attributes.contains(same.text) else {
        findings.add(
          .unknownName, "organisations have no attribute `\(same.text)`", at: same.span,
          fix: Suggestion.question(same.text, among: declarations.attributes)
            ?? Wording.list(declarations.attributes.sorted(), "or"),
          repairs: Suggestion.repairs(same.text, at: same.span, among: declarations.attributes))
        return nil
      }
      guard frame.hasOrganisation || frame.keys.contains(.attribute(same.text)), result.members.hasOrganisation else {
        return refuse("the subject here, \(frame.spoken), has no \(same.text) that members could share")
      }
      result.sameAttribute = same.text
    }
    return result
  }

  // MARK: What is expected

  func truth(_ expression: Expression, in scope: Scope) -> NodeID? {
    guard let id = check(expression, in: scope) else { return nil }
    return attempt(expression, [expression]) { () throws(Misuse) in
      try self.builder.requireTruth([id])
      return id
    }
  }

  func quantity(_ expression: Expression, in scope: Scope) -> NodeID? {
    guard let id = check(expression, in: scope) else { return nil }
    return attempt(expression, [expression]) { () throws(Misuse) in
      let node = self.builder[id]
      guard node.type.isNumeric else {
        throw Misuse(.notAQuantity, "a quantity is expected, not \(node.type.spoken)", operand: 0, node.spoken)
      }
      return id
    }
  }
}

extension Population.Relation {
  /// - Parameter word: one of `Words.relations`.
  fileprivate init(word: String) {
    switch word {
    case "children": self = .children
    case "peers": self = .peers
    case "predecessors": self = .predecessors
    case "successors": self = .successors
    default: preconditionFailure("`\(word)` is no relation")
    }
  }
}
