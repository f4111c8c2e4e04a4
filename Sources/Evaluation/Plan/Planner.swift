import Finance
import RuleLanguage

/// Lowers a program into a plan.
struct Planner {
  private let program: Program
  private let readings: [MeasureReading]
  private let ruleNumbers: [String: Int]
  private var frames: [Frame] = [.organisation]
  private var figures: [FigureKey] = []
  private var figureNumbers: [FigureKey: Int] = [:]
  private var steps: [Step] = []
  private var stepOfNode: [NodeID: Int] = [:]
  private var presenceSteps: [PresenceKey: Int] = [:]
  private var existenceSteps: [ExistenceStep: Int] = [:]
  private var presenceOfNode: [NodeID: Set<Presence>] = [:]
  private var ruleSteps: [String: RuleStep] = [:]
  private var groupings: Set<GroupingKey> = []
  private var vantages: [Vantage: Set<Int>] = [:]
  private var received: Set<Int> = []
  private var populations: [NodeID: AggregateStep] = [:]

  init(_ program: Program, traits: [String: MeasureTraits]) {
    self.program = program
    ruleNumbers = Dictionary(uniqueKeysWithValues: program.rules.enumerated().map { ($0.element.name, $0.offset) })
    readings = program.measures.map { MeasureReading($0, traits: traits[$0.name] ?? MeasureTraits()) }
  }

  /// - Parameter names: of the rules that are folded; all for nil. What they read of others is computed as well.
  mutating func plan(_ names: Set<String>? = nil) -> Plan {
    let rules = program.rules.filter { names?.contains($0.name) ?? true }.map { rule in
      let step = ruleStep(rule)
      for node in rule.explained { lower(node) }
      return Plan.RulePlan(
        step: step, policy: FoldPolicy(rule), frame: number(of: rule.frame),
        existence: existenceStep(rule, step), isFoldedByYear: rule.isFoldedByYear,
        suppressions: rule.suppressions.map {
          Plan.RulePlan.Suppression(condition: lower($0.condition), until: $0.until, reason: $0.reason)
        })
    }
    return Plan(
      program: program, readings: readings, frames: frames, figures: figures, steps: steps, rules: rules,
      stepOfNode: stepOfNode, groupings: groupings, populations: populations, vantages: vantages,
      received: received)
  }

  // MARK: Rules

  private mutating func ruleStep(_ rule: Rule) -> RuleStep {
    if let known = ruleSteps[rule.name] { return known }
    guard let number = ruleNumbers[rule.name] else { preconditionFailure("a rule of the program") }
    let step = RuleStep(
      rule: number, condition: rule.condition.map { lower($0) }, onlyWhen: rule.onlyWhen.map { lower($0) },
      clears: rule.clears.map { lower($0) },
      tests: rule.breaches.map { RuleStep.Test(severity: $0.severity.rawValue, step: lower($0.test)) },
      from: rule.effectiveFrom, to: rule.effectiveTo)
    ruleSteps[rule.name] = step
    return step
  }

  private func rule(named name: String) -> Rule {
    guard let number = ruleNumbers[name] else {
      preconditionFailure("the checker lets no rule be named that is not there")
    }
    return program.rules[number]
  }

  private mutating func existenceStep(_ rule: Rule, _ step: RuleStep) -> Int {
    let presence = presenceStep(presence(of: rule), frame: rule.frame)
    let existence = ExistenceStep(
      presence: presence, condition: step.condition, months: rule.step.months, from: step.from, to: step.to)
    if let known = existenceSteps[existence] { return known }
    let number = append(
      .existence(existence), [presence] + (step.condition.map { [$0] } ?? []), frame: rule.frame, shape: .truth,
      isShared: false)
    existenceSteps[existence] = number
    return number
  }

  // MARK: Nodes

  private mutating func number(of frame: Frame) -> Int {
    if let number = frames.firstIndex(of: frame) { return number }
    frames.append(frame)
    return frames.count - 1
  }

  private mutating func append(
    _ kernel: Kernel, _ operands: [Int] = [], frame: Frame, shape: Column.Shape, isShared: Bool? = nil,
    readsOwner: Bool = false
  ) -> Int {
    let shared = isShared ?? (!operands.isEmpty && operands.allSatisfy { steps[$0].isShared })
    steps.append(
      Step(
        kernel: kernel, operands: operands, frame: number(of: frame), shape: shape, isShared: shared,
        readsOwner: readsOwner))
    return steps.count - 1
  }

  @discardableResult
  private mutating func lower(_ id: NodeID) -> Int {
    if let known = stepOfNode[id] { return known }
    let step = lower(program[id], id)
    stepOfNode[id] = step
    return step
  }

  private mutating func lower(_ node: Node, _ id: NodeID) -> Int {
    let shape = node.type.shape
    func literal(_ kernel: Kernel) -> Int { append(kernel, frame: node.frame, shape: shape, isShared: true) }
    func leaf(_ kernel: Kernel) -> Int { append(kernel, frame: node.frame, shape: shape, isShared: false) }
    func apply(_ kernel: Kernel, _ operands: NodeID...) -> Int {
      let lowered = operands.map { lower($0) }
      return append(kernel, lowered, frame: node.frame, shape: shape, readsOwner: node.readsOwner)
    }
    switch node.operation {
    case .amount(let amount): return literal(.whole(amount.tenThousandths))
    case .quotient(let numerator, let denominator): return literal(Kernel(quotient: numerator, denominator))
    case .text(let text): return literal(.text(text))
    case .truth(let truth): return literal(.truth(truth))
    case .severity(let severity): return literal(.whole(Int64(severity.rawValue)))
    case .period(let period): return literal(.whole(Int64(period.ordinal)))
    case .date(let day): return literal(.whole(Int64(day.daysSince1970)))
    case .month: return literal(.month)
    case .thisPeriod: return literal(.thisPeriod)
    case .cells(let measure, let slice): return leaf(.figures(figure(measure, slice, node.frame)))
    case .earlierCells(let measure, let slice, let vantage):
      vantages[vantage, default: []].insert(measure)
      return leaf(.figures(figure(measure, slice, node.frame, seen: vantage)))
    case .reported(let measures): return leaf(.reported(measures: measures))
    case .received(let measures):
      vantages[.first, default: []].formUnion(measures)
      received.formUnion(measures)
      return leaf(.received(measures: measures))
    case .due(let measures): return literal(.due(measures: measures))
    case .attribute(let name): return leaf(.attribute(name))
    case .lookup(let table, let column, let key):
      let lookup = LookupStep(table: table, column: column, type: node.type)
      // A row of one organisation's own makes the value its own.
      let isOwn = key != nil || program.tables[table].hasOverrides && node.frame.keys.contains(.organisation)
      guard isOwn else { return literal(.yearLookup(lookup)) }
      return append(
        .lookup(lookup), key.map { [lower($0)] } ?? [], frame: node.frame, shape: shape, isShared: false,
        readsOwner: node.readsOwner)
    case .key(let key):
      guard let position = node.frame.keys.firstIndex(of: key) else { preconditionFailure("a key of the frame") }
      return leaf(key == .organisation ? .attribute("organisation") : .key(position))
    case .add(let left, let right): return apply(.add, left, right)
    case .subtract(let left, let right): return apply(.subtract, left, right)
    case .multiply(let left, let right): return apply(.multiply, left, right)
    case .divide(let left, let right):
      let isPercentage = node.type == .ratio && program[left].type == program[right].type
      return apply(.divide(isPercentage: isPercentage), left, right)
    case .negate(let operand): return apply(.negate, operand)
    case .absolute(let operand): return apply(.absolute, operand)
    case .rounded(let operand, let decimals): return apply(.rounded(decimals: decimals), operand)
    case .converted(let operand): return lower(operand)
    case .compare(let comparison, let left, let right): return lowerComparison(node, Ordering(comparison), left, right)
    case .and(let left, let right): return apply(.and, left, right)
    case .or(let left, let right): return apply(.or, left, right)
    case .not(let operand): return apply(.not, operand)
    case .ifUnknown(let operand, let other): return apply(.ifUnknown, operand, other)
    case .previous(let operand, let periods):
      return apply(.earlier(months: periods, staysInYear: program[operand].basis == .fullYear), operand)
    case .lastYear(let operand): return apply(.lastYear, operand)
    case .yearToDate(let operand): return apply(.yearToDate(months: months(behind: operand)), operand)
    case .inMonth(let operand): return apply(.inMonth(months: months(behind: operand)), operand)
    case .called(let callee, let operands):
      guard let kernel = program.kernels[callee] else { preconditionFailure("a program carries its kernels") }
      let lowered = operands.map { lower($0) }
      return append(
        .called(kernel, types: operands.map { program[$0].type }, result: node.type), lowered, frame: node.frame,
        shape: shape, isShared: false, readsOwner: node.readsOwner)
    case .aggregate(let aggregate, let population, let value, let coverage):
      return lowerAggregate(node, id, aggregate, population, value, coverage)
    case .tally(let tally, let operand):
      let lowered = lower(operand)
      return append(
        .tally(tally), [lowered], frame: node.frame, shape: shape, isShared: steps[lowered].isShared,
        readsOwner: node.readsOwner)
    case .names(let population, let value, let by, _, _):
      return lowerAggregate(node, id, .count, population, value, .init(numerator: 1, denominator: 1), by: by)
    case .own(let operand):
      let lowered = lower(operand)
      return append(.own, [lowered], frame: node.frame, shape: shape, isShared: true, readsOwner: true)
    case .breach(let name): return lowerResult(node, name, Kernel.breach)
    case .severityOf(let name): return lowerResult(node, name, Kernel.severityOf)
    }
  }

  private mutating func figure(
    _ measure: Int, _ slice: Slice, _ frame: Frame, seen vantage: Vantage? = nil
  ) -> Int {
    precondition(frame.keys.contains(.organisation), "figures are an organisation's")
    let key = FigureKey(measure: measure, slice: slice, frame: frame, vantage: vantage)
    if let known = figureNumbers[key] { return known }
    figures.append(key)
    figureNumbers[key] = figures.count - 1
    return figures.count - 1
  }

  private mutating func lowerComparison(_ node: Node, _ ordering: Ordering, _ left: NodeID, _ right: NodeID) -> Int {
    let (one, other) = (lower(left), lower(right))
    let (kernel, operands): (Kernel, [Int]) =
      if hasBounds(one) {
        (.compareByBounds(ordering), [one, other])
      } else if hasBounds(other) {
        (.compareByBounds(ordering.mirrored), [other, one])
      } else {
        (.compare(ordering), [one, other])
      }
    return append(kernel, operands, frame: node.frame, shape: .truth, readsOwner: node.readsOwner)
  }

  private func hasBounds(_ step: Int) -> Bool {
    if case .aggregate(let aggregate) = steps[step].kernel {
      return aggregate.aggregate == .share || aggregate.aggregate == .count
    }
    return false
  }

  private mutating func lowerResult(_ node: Node, _ name: String, _ kernel: (RuleStep) -> Kernel) -> Int {
    let step = ruleStep(rule(named: name))
    return append(kernel(step), step.steps, frame: node.frame, shape: node.type.shape, isShared: false)
  }

  // MARK: Populations

  private mutating func lowerAggregate(
    _ node: Node, _ id: NodeID, _ aggregate: Aggregate, _ population: Population, _ value: NodeID?,
    _ coverage: Quotient.Literal, by: NodeID? = nil
  ) -> Int {
    let grouping = GroupingKey(population, outer: node.frame)
    groupings.insert(grouping)
    let condition = population.condition.map { lower($0) }
    let lowered = value.map { lower($0) }
    let order = by.map { lower($0) }
    let populationStep = PopulationStep(
      grouping: grouping, memberFrame: number(of: population.members), condition: condition)
    let roots = [condition, lowered, order].compactMap { $0 }
    let owned = ownedSteps(roots)
    let ownerInputs = owned.filter { steps[$0].isOwn }.flatMap { steps[$0].operands }
    let memberInputs = Set(roots + owned.filter { !steps[$0].isOwn }.flatMap { steps[$0].operands }).subtracting(owned)
    let aggregateStep = AggregateStep(
      aggregate: aggregate, population: populationStep, value: lowered, coverage: coverage, owned: owned,
      memberInputs: memberInputs.sorted(), ownerInputs: ownerInputs)
    populations[id] = aggregateStep
    return append(
      .aggregate(aggregateStep), Set(ownerInputs).union(memberInputs).sorted(), frame: node.frame,
      shape: node.type.shape, isShared: grouping.isSameForAll && owned.isEmpty, readsOwner: node.readsOwner)
  }

  /// The steps under these that read the owner, operands first. `own` ends the search: what it reads is the outer
  /// frame's.
  private func ownedSteps(_ roots: [Int]) -> [Int] {
    var found: Set<Int> = []
    func visit(_ step: Int) {
      guard steps[step].readsOwner, found.insert(step).inserted, !steps[step].isOwn else { return }
      for operand in steps[step].operands { visit(operand) }
    }
    for root in roots { visit(root) }
    return found.sorted()
  }

  // MARK: Presence

  /// A way for a period to exist: somebody reported one of the measures, in the rule's own frame or as a member.
  private indirect enum Presence: Hashable {
    case measure(Int)
    case members(GroupingKey, condition: Int?, Set<Presence>)
  }
  private struct PresenceKey: Hashable {
    var presence: Set<Presence>
    var frame: Frame
  }

  private mutating func presence(of rule: Rule) -> Set<Presence> {
    ([rule.onlyWhen, rule.watch, rule.clears].compactMap { $0 } + rule.breaches.map(\.test))
      .reduce(into: []) { all, node in all.formUnion(presence(of: node)) }
  }

  /// How many months the periods have in which the figures behind an expression follow one another: those of the longest
  /// of its measures, of references only where it reads nothing else.
  private func months(behind id: NodeID) -> Int {
    var (own, ofReferences) = (0, 0)
    var seen: Set<NodeID> = []
    func read(_ id: NodeID) {
      guard seen.insert(id).inserted else { return }
      switch program[id].operation {
      case .cells(let measure, _), .earlierCells(let measure, _, _):
        let months = program.measures[measure].step.months
        if program.measures[measure].isReference {
          ofReferences = max(ofReferences, months)
        } else {
          own = max(own, months)
        }
      default: program[id].operation.operands.forEach(read)
      }
    }
    read(id)
    return own > 0 ? own : max(ofReferences, 1)
  }

  private mutating func presence(of id: NodeID) -> Set<Presence> {
    if let known = presenceOfNode[id] { return known }
    let found = findPresence(of: program[id])
    presenceOfNode[id] = found
    return found
  }

  private mutating func findPresence(of node: Node) -> Set<Presence> {
    switch node.operation {
    case .cells(let measure, _): return program.measures[measure].isReference ? [] : [.measure(measure)]
    case .earlierCells(let measure, _, _): return program.measures[measure].isReference ? [] : [.measure(measure)]
    case .reported(let measures), .received(let measures):
      return Set(measures.filter { !program.measures[$0].isReference }.map(Presence.measure))
    case .aggregate(_, let population, let value, _):
      // What `own` reads is the subject's, not the members'.
      var members: Set<Presence> = []
      for operand in [value, population.condition].compactMap({ $0 }) { members.formUnion(presence(of: operand)) }
      guard !members.isEmpty else { return [] }
      // A condition that depends on the owner or on figures does not keep a period from existing.
      let condition = population.condition.flatMap { readsRegisterOnly($0) ? lower($0) : nil }
      return [.members(GroupingKey(population, outer: node.frame), condition: condition, members)]
    case .own, .names, .due: return []
    case .breach(let name), .severityOf(let name): return presence(of: rule(named: name))
    default:
      return node.operation.operands.reduce(into: []) { all, operand in all.formUnion(presence(of: operand)) }
    }
  }

  private func readsRegisterOnly(_ id: NodeID) -> Bool {
    let node = program[id]
    switch node.operation {
    case .cells, .earlierCells, .received, .reported, .aggregate, .own, .breach, .severityOf: return false
    default: return node.operation.operands.allSatisfy { readsRegisterOnly($0) }
    }
  }

  private mutating func presenceStep(_ presence: Set<Presence>, frame: Frame) -> Int {
    let key = PresenceKey(presence: presence, frame: frame)
    if let known = presenceSteps[key] { return known }
    var parts: [Int] = []
    let measures = presence.compactMap { if case .measure(let measure) = $0 { measure } else { nil } }.sorted()
    if !measures.isEmpty && frame.keys.contains(.organisation) {
      parts.append(append(.presence(measures: measures), frame: frame, shape: .truth, isShared: false))
    }
    for case .members(let grouping, let condition, let members) in presence {
      let inner = presenceStep(members, frame: grouping.members)
      groupings.insert(grouping)
      let population = PopulationStep(
        grouping: grouping, memberFrame: number(of: grouping.members), condition: condition)
      parts.append(
        append(
          .presenceOfMembers(population), [inner] + (condition.map { [$0] } ?? []), frame: frame, shape: .truth,
          isShared: grouping.isSameForAll))
    }
    let step = parts.count == 1 ? parts[0] : append(.anyPresence, parts, frame: frame, shape: .truth, isShared: false)
    presenceSteps[key] = step
    return step
  }
}
