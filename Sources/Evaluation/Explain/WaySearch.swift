import Finance
import RuleLanguage

/// What would have to be true for a test to come out otherwise: each number in it solved for, exactly, while the others
/// stay.
struct WaySearch {
  private let builder: ExplanationBuilder
  private var program: Program { builder.program }
  private let plan: Plan

  /// So many ways are told: what a person can take in.
  private static let mostWays = 6

  init(_ builder: ExplanationBuilder) {
    self.builder = builder
    plan = builder.evaluator.plan
  }

  // MARK: Tests

  /// A test and what it is wanted to be.
  typealias Need = (test: NodeID, wanted: Bool)

  /// Ways to meet all the needs of any one of the sets; of several that move a number the same way, the nearest.
  func ways(toMeetOneOf sets: [[Need]]) -> [Explanation.Way] {
    var nearest: [Candidate] = []
    for candidate in sets.flatMap(candidates) {
      if let known = nearest.firstIndex(where: { $0.serves(candidate) }) {
        if nearest[known].solution.isStricter(than: candidate.solution) { nearest[known] = candidate }
      } else {
        nearest.append(candidate)
      }
    }
    return Array(nearest.compactMap(way).prefix(Self.mostWays))
  }

  private func candidates(_ needs: [Need]) -> [Candidate] {
    together(needs.filter { builder.truth($0.test) != $0.wanted }.map { candidates($0.test, $0.wanted) })
  }

  /// A number, where it would have to lie, and what else would have to be true.
  fileprivate struct Candidate {
    var variable: NodeID
    var solution: Solution
    var also: [Candidate] = []
  }

  private func candidates(_ test: NodeID, _ wanted: Bool) -> [Candidate] {
    guard builder.truth(test) != wanted else { return [] }
    switch program[test].operation {
    case .compare(let comparison, let left, let right):
      // A guard against what means nothing (plan > £0) is no advice.
      if !wanted && isZero(right) { return [] }
      return solve(left, wanted ? comparison : comparison.opposite, right)
    case .not(let operand): return candidates(operand, !wanted)
    case .and(let left, let right): return junction(left, right, wanted, isEnough: !wanted)
    case .or(let left, let right): return junction(left, right, wanted, isEnough: wanted)
    default: return []
    }
  }

  private func isZero(_ id: NodeID) -> Bool {
    switch program[id].operation {
    case .amount(let amount): amount.tenThousandths == 0
    case .quotient(let numerator, _): numerator == 0
    default: false
    }
  }

  private func junction(_ left: NodeID, _ right: NodeID, _ wanted: Bool, isEnough: Bool) -> [Candidate] {
    if isEnough { return candidates(left, wanted) + candidates(right, wanted) }
    let unmet = [left, right].filter { builder.truth($0) != wanted }
    return together(unmet.map { candidates($0, wanted) })
  }

  /// Those that serve all of several needs: one number beyond all its bounds, or one from each.
  private func together(_ needs: [[Candidate]]) -> [Candidate] {
    guard let first = needs.first, needs.allSatisfy({ !$0.isEmpty }) else { return [] }
    if needs.count == 1 { return first }
    let shared = first.compactMap { candidate in
      needs.dropFirst().reduce(candidate as Candidate?) { best, need in
        guard let best, let other = need.first(where: { $0.serves(best) }) else { return nil }
        return best.solution.isStricter(than: other.solution) ? best : other
      }
    }
    if !shared.isEmpty { return shared }
    var joint = first[0]
    joint.also += needs.dropFirst().map { $0[0] }
    return [joint]
  }

  // MARK: Numbers

  private func solve(_ left: NodeID, _ comparison: Comparison, _ right: NodeID) -> [Candidate] {
    let ordered = Variables(program, [left, right]).ordered
    return ordered.compactMap { variable in
      guard let now = builder.outcome(variable).number else { return nil }
      let reader = FormReader(builder: builder, variable: variable)
      guard let one = reader.form(left), let other = reader.form(right),
        let solution = Solution(one, comparison, other, now: now)
      else { return nil }
      return Candidate(variable: variable, solution: solution)
    }
  }

  // MARK: Words

  private func way(_ candidate: Candidate) -> Explanation.Way? {
    let also = candidate.also.compactMap(way)
    guard also.count == candidate.also.count else { return nil }
    if let counted = countedWay(candidate, also) { return counted }
    let (node, id) = (program[candidate.variable], candidate.variable)
    guard let now = builder.outcome(id).number else { return nil }
    let shown = SafeBound(candidate.solution, now: now, node.type)
    let pole = candidate.solution.pole.map { pole in
      "and \(candidate.solution.isUpper ? "above" : "below") "
        + builder.text.quantity(pole, node.type, nil).shown
    }
    return Explanation.Way(
      expression: builder.printer.reference(id), relation: candidate.solution.side.words,
      bound: Finding.Quantity(
        shown: builder.text.quantity(shown.value, node.type, nil, shown.format).shown,
        exact: candidate.solution.bound.digits),
      now: builder.text.quantity(now, node.type, nil, shown.format), of: nil, proviso: pole, also: also)
  }

  /// Of a share the number of members that it counts.
  private func countedWay(_ candidate: Candidate, _ also: [Explanation.Way]) -> Explanation.Way? {
    guard case .aggregate(.share, _, _, _) = program[candidate.variable].operation,
      let step = plan.stepOfNode[candidate.variable], let tallies = builder.place.engine.tallies[step]
    else { return nil }
    let (known, matching) = (builder.tally(tallies.known), builder.tally(tallies.matching))
    guard let exact = try? candidate.solution.bound.multiplied(by: Quotient(known)) else { return nil }
    let floor = exact.floor
    let isWhole = Quotient(floor) == exact
    let (relation, count) =
      switch candidate.solution.side {
      case .atMost: ("at most", floor)
      case .below: ("at most", isWhole ? floor - 1 : floor)
      case .atLeast: ("at least", isWhole ? floor : floor + 1)
      case .above: ("at least", floor + 1)
      }
    guard (0...known).contains(count) else { return nil }
    return Explanation.Way(
      expression: "\(builder.printer.reference(candidate.variable)).matching", relation: relation,
      bound: Finding.Quantity(shown: "\(count)", exact: "\(count)"),
      now: Finding.Quantity(shown: "\(matching)", exact: "\(matching)"), of: "\(known)", proviso: nil, also: also)
  }
}

extension WaySearch.Candidate {
  /// Whether it moves the same number the same way.
  fileprivate func serves(_ other: WaySearch.Candidate) -> Bool {
    variable == other.variable && solution.isUpper == other.solution.isUpper && also.isEmpty
  }
}

extension Solution {
  fileprivate func isStricter(than other: Solution) -> Bool {
    if bound == other.bound { return side == .below || side == .above }
    return isUpper ? bound < other.bound : bound > other.bound
  }
}

/// The numbers of an expression that could have been others: the watched values by their names, figures, sums over members.
private struct Variables {
  private let program: Program
  private var found: [NodeID] = []
  private var measures: [Int: Set<NodeID>] = [:]

  init(_ program: Program, _ roots: [NodeID]) {
    self.program = program
    for root in roots { visit(root, isRoot: true) }
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
    case .previous, .lastYear: return
    default:
      if isRoot { found.append(id) }
      for operand in program[id].operation.operands { visit(operand) }
    }
  }
}

/// A bound rounded to what a person says, to the safe side: whoever keeps to what is shown keeps to the bound.
private struct SafeBound {
  let value: Quotient
  let format: ValueFormat

  /// - Parameter now: what the number is: the rounding costs at most a hundredth of the way to it.
  init(_ solution: Solution, now: Quotient, _ type: ValueType) {
    let smallest = type == .money || type == .count ? 2 : type == .unitPrice ? 4 : 6
    let way = (try? now.subtracting(solution.bound).absolute()) ?? .zero
    var (value, format) = (solution.bound, ValueFormat())
    for decimals in stride(from: -9, through: smallest, by: 1) {
      guard let rounded = solution.bound.rounded(toDecimals: decimals, up: !solution.isUpper) else { continue }
      let cost = (try? rounded.subtracting(solution.bound).absolute()) ?? .zero
      let isCheap = (try? cost.multiplied(by: Quotient(100))).map { $0 <= way } ?? false
      value = rounded
      format = SafeBound.format(rounded, decimals, type)
      if isCheap { break }
    }
    (self.value, self.format) = (value, format)
  }

  /// Shows all digits that were kept.
  private static func format(_ value: Quotient, _ decimals: Int, _ type: ValueType) -> ValueFormat {
    var format = ValueFormat()
    switch type {
    case .money:
      let magnitude = (try? value.absolute()) ?? value
      let exponent = magnitude >= Quotient(1_000_000_000) ? 9 : magnitude >= Quotient(1_000_000) ? 6 : 0
      // Beyond six decimals of a million the pounds are shown whole.
      guard exponent > 0, decimals + exponent <= 6 else {
        format.decimals = max(decimals, 0)
        return format
      }
      format.scale = exponent == 9 ? .bn : .m
      format.decimals = max(decimals + exponent, 1)
    case .ratio, .points: format.decimals = max(decimals - 2, 1)
    default: format.decimals = max(decimals, 0)
    }
    return format
  }
}

extension Quotient {
  /// The greatest whole number that is not above it.
  var floor: Int64 {
    let whole = numerator / denominator
    return Int64(clamping: numerator < 0 && whole * denominator != numerator ? whole - 1 : whole)
  }

  /// To so many decimals (fewer than none: tens, hundreds), away to one side; nil where that does not fit.
  fileprivate func rounded(toDecimals decimals: Int, up: Bool) -> Quotient? {
    var scale: Int128 = 1
    for _ in 0..<abs(decimals) { scale *= 10 }
    let factor = decimals >= 0 ? Quotient(numerator: scale, denominator: 1) : Quotient(numerator: 1, denominator: scale)
    let back = decimals >= 0 ? Quotient(numerator: 1, denominator: scale) : Quotient(numerator: scale, denominator: 1)
    guard let scaled = try? multiplied(by: factor) else { return nil }
    let floor = scaled.floor
    let isWhole = Quotient(floor) == scaled
    return try? Quotient(up && !isWhole ? floor + 1 : floor).multiplied(by: back)
  }
}
