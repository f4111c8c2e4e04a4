package import Finance
package import RuleLanguage

/// How much memory rules take, and how they are shared out where that is too much at once: those that watch the same
/// expression together, since they read the same columns.
package struct Portions {
  private let plan: Plan
  private let order: [Int]
  /// Of a step's column, and of what is kept of a rule.
  private let bytesOfStep: [Int]
  private let bytesOfFold: [Int]

  /// - Parameters:
  ///   - rules: these alone; all for nil.
  ///   - series: how many the ledger has: no more values of dimensions will come.
  package init(
    _ program: Program, rules: Set<String>? = nil, register: Register, years: Int, series: Int
  ) {
    var planner = Planner(program, traits: [:])
    plan = planner.plan(rules)
    let frames = Frames(plan.frames, register: register)
    let slots = max(years, 1) * PeriodAxis.slotsInYear
    let organisations = max(frames.organisationCount, 1)
    let elements = plan.frames.map { frame in
      guard frame.hasDimension else { return max(frames[frames.number(of: frame)].count, 1) * slots }
      return (frame.keys.contains(.organisation) ? organisations : 1) * max(series, 1) * slots
    }
    bytesOfStep = plan.steps.map { step in
      (step.isShared ? slots : elements[step.frame])
        * (step.shape.bytes + (step.isTallied ? 3 * Column.Shape.whole.bytes : 0))
    }
    bytesOfFold = plan.rules.map { elements[$0.frame] }
    let watched = plan.rules.map { rule in
      let rule = program.rules[rule.step.rule]
      return (rule.watch ?? rule.breaches.first?.test)?.index ?? 0
    }
    order = plan.rules.indices.sorted { (watched[$0], $0) < (watched[$1], $1) }
  }

  /// Of all rules together.
  package var bytes: Int {
    var taken = Taken(plan)
    return order.reduce(0) { $0 + bytes(of: $1, beside: &taken) }
  }

  /// Names of rules, each portion of no more bytes than a limit, where one rule alone is not more.
  package func names(within limit: Int) -> [Set<String>] {
    var portions: [Set<String>] = []
    var taken = Taken(plan)
    var room = 0
    for rule in order {
      var bytes = bytes(of: rule, beside: &taken)
      if bytes > room {
        portions.append([])
        taken = Taken(plan)
        bytes = self.bytes(of: rule, beside: &taken)
        room = limit
      }
      room -= bytes
      portions[portions.count - 1].insert(plan.program.rules[plan.rules[rule].step.rule].name)
    }
    return portions
  }

  /// The steps whose columns there are already.
  private struct Taken {
    private var steps: [Bool]
    init(_ plan: Plan) { steps = Array(repeating: false, count: plan.steps.count) }
    mutating func insert(_ step: Int) -> Bool {
      defer { steps[step] = true }
      return !steps[step]
    }
  }

  private func bytes(of rule: Int, beside taken: inout Taken) -> Int {
    var bytes = bytesOfFold[rule]
    var next =
      plan.rules[rule].steps
      + plan.program.rules[plan.rules[rule].step.rule].explained.compactMap {
        plan.stepOfNode[$0]
      }
    while let step = next.popLast() {
      guard taken.insert(step) else { continue }
      bytes += bytesOfStep[step]
      next += plan.steps[step].operands
    }
    return bytes
  }
}

extension Column.Shape {
  /// Of one element.
  fileprivate var bytes: Int {
    switch self {
    case .truth: 1
    case .whole: 1 + MemoryLayout<Int64>.size
    case .quotient: 1 + MemoryLayout<Int64>.size + MemoryLayout<Int128>.size
    }
  }
}

extension Step {
  fileprivate var isTallied: Bool {
    if case .aggregate(let aggregate) = kernel {
      aggregate.aggregate == .share || aggregate.aggregate == .count
    } else {
      false
    }
  }
}
