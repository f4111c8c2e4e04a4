import Dispatch
import RuleLanguage

// Which steps are computed, in which order, and over what.

extension Engine {
  /// Everything, each level of steps after the one that it reads; the steps of a level side by side.
  func computeAll() {
    for level in levels {
      let (alone, together) = (level.filter(mustRunAlone), level.filter { !mustRunAlone($0) })
      for step in alone { run(step, everything(plan.steps[step])) }
      sideBySide(together.count) { self.run(together[$0], self.everything(self.plan.steps[together[$0]])) }
    }
  }

  /// Settles what was touched and computes what they reach, as far as values really change.
  /// - returns: for each step, what has changed of it.
  func compute(_ touched: TouchedYears, holdings: Holdings) -> [Region] {
    var regions = [Region](repeating: [], count: plan.steps.count)
    let arrived = settle(touched, holdings)
    for (number, step) in plan.steps.enumerated() where !step.readsOwner && !step.isLiteral {
      switch step.kernel {
      case .figures(let figure): regions[number] = arrived.figures[figure]
      case .tally: regions[number] = regions[step.operands[0]]
      case .reported, .received, .presence:
        regions[number] = runNarrowing(number, rows(of: arrived.organisations, in: axis(ofFrame: step.frame)))
      default:
        let reached = reach(number, regions)
        if !reached.isEmpty { regions[number] = runNarrowing(number, reached) }
      }
    }
    return regions
  }

  /// Computes a region and says which part of it came out differently.
  private func runNarrowing(_ number: Int, _ region: Region) -> Region {
    let column = columns[number]
    let counts = tallies[number].map { tallies in Tally.allCases.map { tallies[$0] } } ?? []
    let kept = ([column] + counts).map { Kept($0, region) }
    run(number, region)
    return kept.map { $0.changed() }.reduce([]) { $0.united(with: $1) }
  }

  /// Steps that write where others may: what reads an owner uses one set of columns for all of them, and texts are one
  /// table.
  private func mustRunAlone(_ number: Int) -> Bool {
    switch plan.steps[number].kernel {
    case .aggregate(let aggregate): !aggregate.owned.isEmpty
    case .attribute, .key, .lookup, .called: true
    default: false
    }
  }

  private var levels: [[Int]] {
    var levels: [[Int]] = []
    var depth = [Int](repeating: 0, count: plan.steps.count)
    for (number, step) in plan.steps.enumerated() {
      let below = step.operands.map { depth[$0] + 1 }.max() ?? 0
      depth[number] = below
      guard !step.readsOwner && !step.isLiteral else { continue }
      while levels.count <= below { levels.append([]) }
      levels[below].append(number)
    }
    return levels
  }

  // MARK: Rules

  func foldAll(_ folds: [RuleFold], onlyNews: Bool = false) -> [[RuleFold.Changed]] {
    fold(folds, onlyNews: onlyNews) { rule in self.everything[rule.frame] }
  }

  /// The rules that read what has changed.
  func fold(_ folds: [RuleFold], _ regions: [Region], onlyNews: Bool) -> [[RuleFold.Changed]] {
    fold(folds, onlyNews: onlyNews) { rule in
      rule.steps.reduce(into: Region()) { all, step in
        guard !regions[step].isEmpty else { return }
        all = all.united(with: self.region(regions[step], of: step, in: rule.frame))
      }
    }
  }

  private func fold(
    _ folds: [RuleFold], onlyNews: Bool = false, _ rows: (Plan.RulePlan) -> Region
  ) -> [[RuleFold.Changed]] {
    var changed = [[RuleFold.Changed]](repeating: [], count: folds.count)
    unsafe changed.withUnsafeMutableBufferPointer { buffer in
      let results = unsafe Results(buffer)
      sideBySide(folds.count) { number in
        let region = rows(plan.rules[number])
        if !region.isEmpty {
          results[number] = folds[number].fold(region, plan.rules[number], self, onlyNews: onlyNews)
        }
      }
    }
    return changed
  }

  /// Each index is written by one thread alone.
  @safe
  private struct Results {
    private let base: UnsafeMutableBufferPointer<[RuleFold.Changed]>
    init(_ base: UnsafeMutableBufferPointer<[RuleFold.Changed]>) { unsafe self.base = base }
    subscript(index: Int) -> [RuleFold.Changed] {
      get { unsafe base[index] }
      nonmutating set { unsafe base[index] = newValue }
    }
  }

  /// On all processors where there is enough to share out.
  private func sideBySide(_ count: Int, _ body: (Int) -> Void) {
    let piece = 16
    guard count > piece else {
      for number in 0..<count { body(number) }
      return
    }
    withoutActuallyEscaping(body) { body in
      // Every number is another column or row of results: nothing is written twice.
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: (count + piece - 1) / piece) { part in
        for number in part * piece..<min((part + 1) * piece, count) { unsafe body(number) }
      }
    }
  }
}
