import Finance
import RuleLanguage

/// A rule's expressions taken apart: each with what it came to, down to the figures that were returned.
struct ArithmeticLines {
  /// A finding is read by a person: beyond these it says nothing more.
  private static let mostLines = 120
  private static let deepest = 8
  /// So many members of a population are listed one by one: of a share or count those that it counts.
  private static let mostMembers = 50

  let plan: Plan
  let engine: Engine
  private let holdings: Holdings
  private let rule: Rule
  private let text: ValueText
  private let printer: NodePrinter
  private let comparisons: Comparisons
  var program: Program { plan.program }

  init(_ evaluator: Evaluator, _ engine: Engine, _ rule: Rule, _ text: ValueText) {
    plan = evaluator.plan
    holdings = evaluator.holdings
    self.engine = engine
    self.rule = rule
    self.text = text
    printer = NodePrinter(plan.program, names: rule.names)
    comparisons = Comparisons(of: rule, in: plan.program)
  }

  /// What an expression came to, with as many digits as tell it from everything that the rule compares it with.
  func shown(
    _ node: NodeID, _ subject: Int, _ slot: Int, _ format: ValueFormat = ValueFormat()
  ) -> Finding.Quantity {
    text.quantity(outcome(node, subject, slot), program[node], format, beside: thresholds(of: node, subject, slot))
  }

  /// What the rule compares an expression with came to, exactly and as it is read: of two rounded figures the shown ones
  /// stand to each other as the exact ones do.
  func thresholds(of node: NodeID, _ subject: Int, _ slot: Int) -> [Quotient] {
    guard program[node].type.isNumeric, let own = outcome(node, subject, slot).number else { return [] }
    return comparisons[node].flatMap { other -> [Quotient] in
      guard let step = plan.stepOfNode[other], !plan.steps[step].readsOwner,
        // Where they are equal they are shown alike.
        let value = outcome(other, subject, slot).number, value != own
      else { return [] }
      if program[other].operation.isLiteral { return [value] }
      return [value, text.rounded(value, program[other].type)]
    }
  }

  /// What an expression came to; names are put together here, and nowhere else.
  func outcome(_ node: NodeID, _ subject: Int, _ slot: Int) -> Outcome {
    if case .names(_, _, let by, let first, let withSizes) = program[node].operation,
      let population = plan.populations[node]
    {
      let members = Members(engine: engine, outerFrame: program[node].frame)
      let order = by.flatMap { plan.stepOfNode[$0] }
      let size = withSizes ? by.map { sized in { text.quantity($0, program[sized].type, nil).shown } } : nil
      return .known(.text(members.names(population, by: order, first: first, size: size, of: subject, slot)))
    }
    guard let step = plan.stepOfNode[node] else { return .unknown(.missing) }
    return engine.outcome(step, program[node].type, subject, slot)
  }

  /// The watched expression first, then what else decides: `only when`, tests without a band, bounds that are computed.
  func lines(of subject: Int, _ slot: Int) -> (lines: [Finding.Line], sources: [Finding.Source]) {
    var walk = Walk(provenance: Provenance(engine, holdings))
    let roots =
      [rule.watch, rule.onlyWhen].compactMap { $0 } + rule.breaches.map { $0.band?.bound ?? $0.test }
    for root in roots { add(root, subject, slot, depth: 0, to: &walk) }
    return (walk.lines, walk.provenance.sources)
  }

  private struct Walk {
    var provenance: Provenance
    var lines: [Finding.Line] = []
    var seen: Set<Seen> = []

    struct Seen: Hashable {
      var node: NodeID
      var subject: Int
      var slot: Int
    }
  }

  private func add(_ id: NodeID, _ subject: Int, _ slot: Int, depth: Int, to walk: inout Walk) {
    let node = program[id]
    guard !node.operation.isPlain, depth <= ArithmeticLines.deepest, walk.lines.count < ArithmeticLines.mostLines,
      walk.seen.insert(Walk.Seen(node: id, subject: subject, slot: slot)).inserted
    else { return }
    let expression = expression(id, subject, slot)
    let value = shown(id, subject, slot)
    walk.lines.append(
      Finding.Line(
        depth: depth, expression: expression, value: value, unit: node.unit, sources: sources(id, subject, slot, &walk))
    )
    descend(id, node, subject, slot, depth: depth + 1, to: &walk)
  }

  private func expression(_ id: NodeID, _ subject: Int, _ slot: Int) -> String {
    if let name = rule.names[id] { return "\(name) = \(printer.text(id))" }
    if case .lookup = program[id].operation, let row = tableRow(id, subject, slot) {
      return "\(printer.text(id)), \(row.words(program.calendar))"
    }
    return printer.text(id)
  }

  /// Which row of its table a value was found in.
  private func tableRow(_ id: NodeID, _ subject: Int, _ slot: Int) -> Table.RowKey? {
    guard let number = plan.stepOfNode[id] else { return nil }
    let step = plan.steps[number]
    let subjects = engine.axis(ofFrame: step.frame)
    switch step.kernel {
    case .lookup(let lookup):
      let key = step.operands.first.map { engine.outcome($0, .text, subject, slot) }
      return engine.lookUp(
        lookup, key?.text, organisation: subjects.hasOrganisation ? Int(subjects.organisations[subject]) : nil, slot
      ).row
    case .yearLookup(let lookup): return engine.lookUp(lookup, nil, organisation: nil, slot).row
    default: return nil
    }
  }

  private func sources(_ id: NodeID, _ subject: Int, _ slot: Int, _ walk: inout Walk) -> [Int] {
    let figure: FigureKey
    switch program[id].operation {
    case .cells(let measure, let slice):
      figure = FigureKey(measure: measure, slice: slice, frame: program[id].frame)
    case .earlierCells(let measure, let slice, let vantage):
      figure = FigureKey(measure: measure, slice: slice, frame: program[id].frame, vantage: vantage)
    default: return []
    }
    return walk.provenance.sources(of: figure, subject, slot)
  }

  private func descend(
    _ id: NodeID, _ node: Node, _ subject: Int, _ slot: Int, depth: Int, to walk: inout Walk
  ) {
    switch node.operation {
    case .aggregate: addMembers(id, node, subject, slot, depth: depth, to: &walk)
    case .tally(_, let aggregate): add(aggregate, subject, slot, depth: depth, to: &walk)
    case .names, .breach, .severityOf: break
    case .own: break
    case .previous, .lastYear:
      guard let step = plan.stepOfNode[id], let earlier = engine.slotRead(by: step, at: slot) else { return }
      for operand in node.operation.operands { add(operand, subject, earlier, depth: depth, to: &walk) }
    default:
      for operand in node.operation.operands { add(operand, subject, slot, depth: depth, to: &walk) }
    }
  }

  /// The counts behind a share or count, and the members themselves, as many as a person reads.
  private func addMembers(
    _ id: NodeID, _ node: Node, _ outer: Int, _ slot: Int, depth: Int, to walk: inout Walk
  ) {
    guard case .aggregate(let kind, _, _, _) = node.operation, let aggregate = plan.populations[id],
      let step = plan.stepOfNode[id]
    else { return }
    if let counts = engine.tallies[step] {
      let counted: [Tally] = kind.isOfShares ? [.matching, .known, .expected] : [.known, .expected]
      for tally in counted {
        let lanes = counts[tally].lanes
        let value = Quotient(Amount(tenThousandths: lanes.wholes[lanes.start(outer) + slot]))
        walk.lines.append(
          Finding.Line(depth: depth, expression: ".\(tally.rawValue)", value: text.quantity(value, .count, nil)))
      }
      if let ends = ends(of: id, outer, slot), ends.known < ends.expected {
        for (words, end) in [("at least", ends.lowest), ("at most", ends.highest)] {
          walk.lines.append(
            Finding.Line(
              depth: depth, expression: "\(words), whatever those say who have not answered",
              value: text.quantity(end, node.type, node.adverse)))
        }
      } else if !kind.isOfShares, lacksAnswers(id, outer, slot) {
        // One figure that is far out moves a mean as far as it likes, and is not known.
        let unknown = Finding.Quantity(shown: "not known", exact: nil)
        walk.lines.append(
          Finding.Line(
            depth: depth, expression: "at least and at most, whatever those say who have not answered", value: unknown))
      }
    }
    guard case .aggregate(_, _, let value?, _) = node.operation else { return }
    let everyone = Members(engine: engine, outerFrame: node.frame)
    var members = everyone.list(aggregate, of: outer, slot)
    if let condition = aggregate.value, program[value].type == .truth {
      members = members.filter { everyone.truth(condition, $0.row, slot) == .true }
    }
    for member in members.prefix(ArithmeticLines.mostMembers) {
      let line = Finding.Line(
        depth: depth, expression: "\(member.name): \(printer.reference(value))",
        value: shown(value, member.row, slot),
        sources: allSources(value, member.row, slot, &walk))
      walk.lines.append(line)
    }
  }

  /// Of every figure under an expression.
  private func allSources(_ id: NodeID, _ subject: Int, _ slot: Int, _ walk: inout Walk) -> [Int] {
    switch program[id].operation {
    case .cells, .earlierCells: sources(id, subject, slot, &walk)
    case .aggregate, .own, .names, .breach, .severityOf, .previous, .lastYear: []
    default:
      program[id].operation.operands.reduce(into: []) { all, operand in
        for source in allSources(operand, subject, slot, &walk) where !all.contains(source) { all.append(source) }
      }
    }
  }
}

extension Node {
  /// "money, full year".
  fileprivate var unit: String {
    type.isNumeric ? [type.rawValue, basis?.rawValue].compactMap { $0 }.joined(separator: ", ") : ""
  }
}

extension Operation {
  /// Says nothing that its expression does not: a literal, a name.
  fileprivate var isPlain: Bool {
    switch self {
    case .amount, .quotient, .text, .truth, .severity, .period, .date, .attribute, .key, .thisPeriod: true
    default: false
    }
  }
}
