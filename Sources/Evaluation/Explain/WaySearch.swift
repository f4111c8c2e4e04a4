import Finance
import RuleLanguage

/// What would have to be true for tests to come out otherwise: each number in them solved for, exactly, while the others
/// stay.
struct WaySearch {
  private let builder: ExplanationBuilder
  private var program: Program { builder.program }

  /// So many ways are told: what a person can take in.
  private static let mostWays = 6
  /// So many combinations of `or`s are looked through.
  private static let mostAlternatives = 24

  init(_ builder: ExplanationBuilder) { self.builder = builder }

  /// A test and what it is wanted to be.
  typealias Need = (test: NodeID, wanted: Bool)

  /// Ways to meet all the needs of any one of the sets; of several that move a number the same way, the nearest.
  func ways(toMeetOneOf sets: [[Need]]) -> [Explanation.Way] {
    var nearest: [Candidate] = []
    for candidate in sets.flatMap(alternatives).flatMap(candidates) {
      if let known = nearest.firstIndex(where: { $0.serves(candidate) }) {
        if candidate.isNearer(than: nearest[known]) { nearest[known] = candidate }
      } else {
        nearest.append(candidate)
      }
    }
    let words = WayWords(builder)
    return Array(nearest.compactMap(words.way).prefix(Self.mostWays))
  }

  // MARK: Needs

  /// Each is enough: needs without `and`, `or` and `not`.
  private func alternatives(_ needs: [Need]) -> [[Need]] {
    needs.reduce([[]]) { sets, need in joined(sets, alternatives(need.test, need.wanted)) }
  }

  private func alternatives(_ test: NodeID, _ wanted: Bool) -> [[Need]] {
    switch program[test].operation {
    case .not(let operand): return alternatives(operand, !wanted)
    case .and(let left, let right), .or(let left, let right):
      let (one, other) = (alternatives(left, wanted), alternatives(right, wanted))
      let needsBoth = if case .and = program[test].operation { wanted } else { !wanted }
      return needsBoth ? joined(one, other) : Array((one + other).prefix(Self.mostAlternatives))
    default: return [[(test, wanted)]]
    }
  }

  private func joined(_ sets: [[Need]], _ others: [[Need]]) -> [[Need]] {
    Array(sets.lazy.flatMap { set in others.lazy.map { set + $0 } }.prefix(Self.mostAlternatives))
  }

  // MARK: Candidates

  /// One number that serves all the needs, each that there is; else one for each need.
  private func candidates(_ needs: [Need]) -> [Candidate] {
    let unmet = needs.filter { builder.truth($0.test) != $0.wanted }
    // A guard against what means nothing (only when plan > £0) is no advice.
    guard !unmet.isEmpty, !unmet.contains(where: { !$0.wanted && guards.contains($0.test) }) else { return [] }
    let single = Variables(program, unmet.map(\.test)).ordered.flatMap { moves(of: $0, needs) }
    return single.isEmpty && unmet.count > 1 ? joint(unmet, needs) : single + unmet.compactMap(plain)
  }

  private var guards: Set<NodeID> {
    guard let onlyWhen = builder.rule.onlyWhen else { return [] }
    return Set(
      alternatives(onlyWhen, true).joined().map(\.test).filter { test in
        if case .compare(.greater, _, let right) = program[test].operation { isZero(right) } else { false }
      })
  }

  private func isZero(_ id: NodeID) -> Bool {
    switch program[id].operation {
    case .amount(let amount): amount.tenThousandths == 0
    case .quotient(let numerator, _): numerator == 0
    default: false
    }
  }

  /// The nearest ranges above and below what a number is, in which it serves all the needs.
  private func moves(of variable: NodeID, _ needs: [Need]) -> [Candidate] {
    guard let now = builder.outcome(variable).number else { return [] }
    let reader = FormReader(builder: builder, variable: variable)
    let ranges = needs.reduce([NumberRange.everything]) { ranges, need in
      let allowed = self.allowed(need, reader)
      return ranges.flatMap { range in allowed.map(range.intersection) }.filter { !$0.isEmpty }
    }
    let above = ranges.filter { range in range.lower.map { $0.value >= now } ?? false && !range.contains(now) }
    let below = ranges.filter { range in range.upper.map { $0.value <= now } ?? false && !range.contains(now) }
    let nearest = [
      below.max { $0.upper!.value < $1.upper!.value }.map { (range: $0, isAbove: false) },
      above.min { $0.lower!.value < $1.lower!.value }.map { (range: $0, isAbove: true) },
    ]
    let kept = KeptBounds(reader, needs)
    return nearest.compactMap { near in
      guard let near, let range = kept.settled(near.range, now: now) else { return nil }
      return Candidate(test: variable, move: Candidate.Move(range: range, isAbove: near.isAbove, now: now))
    }
  }

  /// Where the number may lie for a need to be met.
  private func allowed(_ need: Need, _ reader: FormReader) -> [NumberRange] {
    guard reader.depends(need.test) else { return builder.truth(need.test) == need.wanted ? [.everything] : [] }
    guard case .compare(let comparison, let left, let right) = program[need.test].operation,
      let one = reader.form(left), let other = reader.form(right)
    else { return [] }
    return LinearForm.ranges(one, need.wanted ? comparison : comparison.opposite, other)
  }

  /// For each unmet need a number of its own, which nothing else hangs on.
  private func joint(_ unmet: [Need], _ needs: [Need]) -> [Candidate] {
    var chosen: [Candidate] = []
    for need in unmet {
      let others = unmet.map(\.test).filter { $0 != need.test }
      let free = Variables(program, [need.test]).ordered.lazy.flatMap { variable -> [Candidate] in
        let reader = FormReader(builder: builder, variable: variable)
        guard !others.contains(where: reader.depends), !chosen.contains(where: { reader.depends($0.test) }) else {
          return []
        }
        return moves(of: variable, needs.filter { !others.contains($0.test) })
      }
      guard let candidate = free.first ?? plain(need) else { return [] }
      chosen.append(candidate)
    }
    let readers = chosen.filter { $0.move != nil }.map { FormReader(builder: builder, variable: $0.test) }
    guard needs.allSatisfy({ need in readers.count { $0.depends(need.test) } < 2 }) else { return [] }
    var first = chosen[0]
    first.also = Array(chosen.dropFirst())
    return [first]
  }

  /// What another rule says is no number.
  private func plain(_ need: Need) -> Candidate? {
    switch program[need.test].operation {
    case .breach: Candidate(test: need.test, wanted: need.wanted)
    case .compare(_, let left, _):
      if case .severityOf = program[left].operation { Candidate(test: need.test, wanted: need.wanted) } else { nil }
    default: nil
    }
  }
}

extension WaySearch {
  /// A number and where it would have to lie, or a test and what it would have to be; and what else would have to be true.
  struct Candidate {
    struct Move {
      var range: NumberRange
      /// The range is above what the number is now.
      var isAbove: Bool
      var now: Quotient
      var end: NumberRange.End {
        guard let end = isAbove ? range.lower : range.upper else { preconditionFailure("a move goes to an end") }
        return end
      }
    }
    /// The number, or the test.
    var test: NodeID
    var move: Move?
    var wanted = true
    var also: [Candidate] = []

    /// Whether it moves the same number the same way.
    fileprivate func serves(_ other: Candidate) -> Bool {
      test == other.test && move?.isAbove == other.move?.isAbove && also.isEmpty && other.also.isEmpty
    }

    fileprivate func isNearer(than other: Candidate) -> Bool {
      guard let move, let farther = other.move else { return false }
      let (end, other) = (move.end, farther.end)
      if end.value == other.value { return end.isIncluded && !other.isIncluded }
      return move.isAbove ? end.value < other.value : end.value > other.value
    }
  }
}

/// The numbers of expressions that could have been others: the watched values by their names, figures, sums over members.
private struct Variables {
  private let program: Program
  private var found: [NodeID] = []
  private var measures: [Int: Set<NodeID>] = [:]

  init(_ program: Program, _ tests: [NodeID]) {
    self.program = program
    for test in tests {
      for root in program[test].operation.operands { visit(root, isRoot: true) }
    }
  }

  /// What is reported each month before what was stated once; a measure that is read in two ways is none: changing one
  /// would change the other.
  var ordered: [NodeID] {
    let usable = found.filter { id in
      guard case .cells(let measure, _) = program[id].operation else { return true }
      return measures[measure]?.count == 1
    }
    return usable.filter { !isReference($0) } + usable.filter(isReference)
  }

  private func isReference(_ id: NodeID) -> Bool {
    if case .cells(let measure, _) = program[id].operation { program.measures[measure].isReference } else { false }
  }

  private mutating func visit(_ id: NodeID, isRoot: Bool = false) {
    guard program[id].type.isNumeric, !found.contains(id) else { return }
    switch program[id].operation {
    case .amount, .quotient, .month: return
    case .cells(let measure, _):
      measures[measure, default: []].insert(id)
      found.append(id)
    case .aggregate, .tally: found.append(id)
    case .previous, .lastYear, .lookup: return
    default:
      if isRoot { found.append(id) }
      for operand in program[id].operation.operands { visit(operand) }
    }
  }
}
