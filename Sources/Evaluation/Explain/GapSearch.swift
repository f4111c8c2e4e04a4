import Finance
import RuleLanguage

/// Looks for what keeps an answer from being known: figures that were not returned, and divisions that mean nothing.
struct GapSearch {
  struct Gaps {
    var missing: [Explanation.Missing] = []
    var undefined: [String] = []
  }

  /// So many are listed.
  static let most = 200

  private let builder: ExplanationBuilder
  private let engine: Engine
  private let plan: Plan
  private var program: Program { plan.program }

  init(_ builder: ExplanationBuilder) {
    self.builder = builder
    engine = builder.place.engine
    plan = builder.evaluator.plan
  }

  /// What keeps the rule's tests from being decided, and where all are, what keeps a share from being complete.
  func gaps() -> Gaps {
    var walk = Walk()
    let rule = builder.rule
    let roots = [rule.onlyWhen, rule.watch, rule.clears].compactMap { $0 } + rule.breaches.map(\.test)
    for root in roots { search(root, builder.place.subject, builder.slot, &walk) }
    return walk.gaps
  }

  private struct Walk {
    var gaps = Gaps()
    var seen: Set<Spot> = []
    struct Spot: Hashable {
      var node: NodeID
      var subject: Int
      var slot: Int
    }
    var isFull: Bool { gaps.missing.count >= GapSearch.most }
  }

  private func search(_ id: NodeID, _ subject: Int, _ slot: Int, _ walk: inout Walk) {
    guard !walk.isFull, walk.seen.insert(Walk.Spot(node: id, subject: subject, slot: slot)).inserted else { return }
    let node = program[id]
    if case .aggregate = node.operation { return searchMembers(id, node, subject, slot, &walk) }
    if case .tally(_, let aggregate) = node.operation { return search(aggregate, subject, slot, &walk) }
    guard let reason = unknown(id, subject, slot) else {
      // Known, though a member behind it may not be.
      for operand in node.operation.operands where hasMembers(operand) { search(operand, subject, slot, &walk) }
      return
    }
    switch node.operation {
    case .cells: note(id, node, subject, slot, &walk)
    case .previous, .lastYear: searchEarlier(id, node, subject, slot, &walk)
    case .yearToDate(let operand), .inMonth(let operand):
      for earlier in periods(of: id, upTo: slot) { search(operand, subject, earlier, &walk) }
    case .called(_, let operands): searchArguments(operands, subject, slot, &walk)
    case .divide(let left, let right):
      if reason == .undefined, unknown(left, subject, slot) == nil, unknown(right, subject, slot) == nil {
        noteDivision(id, right, subject, slot, &walk)
      }
      for operand in [left, right] { search(operand, subject, slot, &walk) }
    default:
      for operand in node.operation.operands { search(operand, subject, slot, &walk) }
    }
  }

  private func hasMembers(_ id: NodeID) -> Bool {
    switch program[id].operation {
    case .aggregate, .tally: true
    default: program[id].operation.operands.contains(where: hasMembers)
    }
  }

  private func unknown(_ id: NodeID, _ subject: Int, _ slot: Int) -> UnknownReason? {
    guard let step = plan.stepOfNode[id] else { return nil }
    let lanes = engine.columns[step].lanes
    return UnknownReason(rawValue: lanes.unknownState(lanes.start(subject) + slot))
  }

  private func searchEarlier(_ id: NodeID, _ node: Node, _ subject: Int, _ slot: Int, _ walk: inout Walk) {
    guard let step = plan.stepOfNode[id] else { return }
    if let earlier = engine.slotRead(by: step, at: slot) {
      for operand in node.operation.operands { search(operand, subject, earlier, &walk) }
    } else if engine.leavesYear(step, at: slot) {
      let words =
        "\(builder.printer.reference(id)): a figure of the full year is held against months of its own year, and"
        + " \(program.calendar.label(engine.axis.period(slot))) has none so far before it"
      if !walk.gaps.undefined.contains(words) { walk.gaps.undefined.append(words) }
    } else {
      // Before the first year that the ledger has.
      let now = engine.axis.period(slot)
      let earlier: Period
      switch node.operation {
      case .previous(_, let months): earlier = now.advanced(months: -months)
      default: earlier = Period(year: Int(now.year) - 1, month: Int(now.month))
      }
      for operand in node.operation.operands { noteFigures(of: operand, subject, slot, in: earlier, &walk) }
    }
  }

  /// Every figure under an expression, in a period of which the ledger has nothing.
  private func noteFigures(of id: NodeID, _ subject: Int, _ slot: Int, in period: Period, _ walk: inout Walk) {
    if case .aggregate = program[id].operation {
      noteFiguresOfAnybody(id, in: period, &walk)
    } else {
      note(id, program[id], subject, slot, in: period, &walk)
      for operand in program[id].operation.operands { noteFigures(of: operand, subject, slot, in: period, &walk) }
    }
  }

  private func noteFiguresOfAnybody(_ id: NodeID, in period: Period, _ walk: inout Walk) {
    if case .cells(let measure, _) = program[id].operation {
      let missing = Explanation.Missing(
        measure: program.measures[measure].name, expression: builder.printer.text(id), organisation: "anybody",
        name: "anybody", period: period, due: engine.dueDay([measure], period))
      if !walk.gaps.missing.contains(missing) { walk.gaps.missing.append(missing) }
    }
    for operand in program[id].operation.operands { noteFiguresOfAnybody(operand, in: period, &walk) }
  }

  /// A library function may read earlier periods of the year.
  private func searchArguments(_ operands: [NodeID], _ subject: Int, _ slot: Int, _ walk: inout Walk) {
    let isMissingNow = operands.contains { unknown($0, subject, slot) != nil }
    for earlier in isMissingNow ? slot..<slot + 1 : months(upTo: slot) {
      for operand in operands { search(operand, subject, earlier, &walk) }
    }
  }

  /// Those that a running total, or a part of one, reads.
  private func periods(of id: NodeID, upTo slot: Int) -> [Int] {
    let length =
      switch plan.stepOfNode[id].map({ plan.steps[$0].kernel }) {
      case .yearToDate(let months), .inMonth(let months): months
      default: 1
      }
    return months(upTo: slot).filter { slot in
      let month = slot % PeriodAxis.slotsInYear
      return month == 13 || month % length == 0
    }
  }

  /// Of the year, without its opening position.
  private func months(upTo slot: Int) -> Range<Int> {
    min(engine.axis.yearSlots(of: slot).lowerBound + 1, slot)..<slot + 1
  }

  private func searchMembers(_ id: NodeID, _ node: Node, _ outer: Int, _ slot: Int, _ walk: inout Walk) {
    guard let aggregate = plan.populations[id] else { return }
    let grouping = engine.grouping(aggregate.population.grouping)
    let needed = node.operation.operands
    for member in engine.members(aggregate, grouping, of: outer, slot..<slot + 1)
    where grouping.belongs(Int(member), to: outer, slot) && !walk.isFull {
      let isOutside = aggregate.population.condition.map { truth($0, Int(member), slot) == .false } ?? false
      if isOutside { continue }
      for operand in needed { search(operand, Int(member), slot, &walk) }
    }
  }

  private func truth(_ step: Int, _ row: Int, _ slot: Int) -> Truth {
    let lanes = engine.columns[step].lanes
    return lanes.truth(lanes.start(row) + slot)
  }

  // MARK: Notes

  private func note(
    _ id: NodeID, _ node: Node, _ subject: Int, _ slot: Int, in period: Period? = nil, _ walk: inout Walk
  ) {
    guard case .cells(let measure, _) = node.operation else { return }
    let axis = engine.axis(ofFrame: engine.plan.frames.firstIndex(of: node.frame) ?? 0)
    let organisation = Int(axis.organisations[subject])
    let missing = Explanation.Missing(
      measure: program.measures[measure].name, expression: builder.printer.text(id),
      organisation: engine.frames[engine.frames.organisations].subjects[organisation].keys[0],
      name: engine.register.name(organisation, slot), period: period ?? engine.axis.period(slot),
      due: engine.dueDay([measure], period ?? engine.axis.period(slot)))
    if !walk.gaps.missing.contains(missing) { walk.gaps.missing.append(missing) }
  }

  private func noteDivision(_ id: NodeID, _ divisor: NodeID, _ subject: Int, _ slot: Int, _ walk: inout Walk) {
    guard walk.gaps.undefined.count < 20, let step = plan.stepOfNode[divisor] else { return }
    let outcome = engine.outcome(step, program[divisor].type, subject, slot)
    let shown = builder.text.quantity(outcome, program[divisor]).shown
    let why =
      program[id].type == .ratio ? "a percentage of a base that is not above zero" : "a division by zero"
    let words = "\(builder.printer.reference(id)): \(builder.printer.reference(divisor)) is \(shown), \(why)"
    if !walk.gaps.undefined.contains(words) { walk.gaps.undefined.append(words) }
  }
}
