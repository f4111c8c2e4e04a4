package import RuleLanguage

/// How a rule turns the results of periods into a state.
package struct FoldPolicy: Hashable {
  var persistsFor: Int32
  var clearsAfter: Int32
  var ifUnknown: Rule.IfUnknown
  /// The rank of the lowest severity that the rule declares: what it eases to between clear and breach.
  var lowest: UInt8

  package init(persistsFor: Int, clearsAfter: Int, ifUnknown: Rule.IfUnknown, lowest: Severity) {
    self.persistsFor = Int32(max(persistsFor, 1))
    self.clearsAfter = Int32(max(clearsAfter, 1))
    self.ifUnknown = ifUnknown
    self.lowest = lowest.rawValue
  }

  init(_ rule: Rule) {
    self.init(
      persistsFor: rule.persistsFor, clearsAfter: rule.clearsAfter, ifUnknown: rule.ifUnknown,
      lowest: rule.breaches.map(\.severity).min() ?? .info)
  }
}

/// The state of one alert as its periods pass, oldest first: a pure state machine, fed one result a period.
///
/// A severity fires once the result was at least that in each of the last n known periods; it is held while any of the
/// last m known periods was still at that level. So the state after a period is the higher of what the last n raise and
/// what the last m hold, and breach beats clear.
package struct Fold {
  private let policy: FoldPolicy
  /// How many known periods in a row were at least info, amber, red.
  private var atLeast: (Int32, Int32, Int32) = (0, 0, 0)
  /// While firing: how many known periods in a row were below info, amber, red.
  private var below: (Int32, Int32, Int32) = (0, 0, 0)
  private var firing: UInt8 = 0
  private var unknownRun: Int32 = 0

  package init(_ policy: FoldPolicy) { self.policy = policy }

  /// How many known periods in a row were breached; while it fires, how many were clear. For explaining it.
  var breachedInARow: Int { Int(atLeast.0) }
  var clearInARow: Int { Int(below.0) }
  var unknownInARow: Int { Int(unknownRun) }
  func inARow(below severity: Severity) -> Int {
    switch severity {
    case .info: Int(below.0)
    case .amber: Int(below.1)
    case .red: Int(below.2)
    }
  }

  @inline(__always) package mutating func step(_ result: PeriodResult) -> FoldCode {
    let reason = result.unknownReason
    if reason == 0 {
      unknownRun = 0
      take(result.severityRank, isCleared: result.isCleared, undecided: result.undecidedRank)
      return code(reason: 0, isStale: false)
    }
    unknownRun += 1
    switch policy.ifUnknown {
    case .hold(let periods): return code(reason: reason, isStale: unknownRun > periods)
    case .raise(let severity): take(severity.rawValue, isCleared: false)
    case .clear: take(0, isCleared: true)
    }
    return code(reason: reason, isStale: false)
  }

  /// - Parameter undecided: what may be worse than is known raises nothing, and eases nothing either: while returns come in
  ///   one by one, an alert does not go down and up again.
  @inline(__always) private mutating func take(_ rank: UInt8, isCleared: Bool, undecided: UInt8 = 0) {
    if rank == 0 && firing == 0 {
      atLeast = (0, 0, 0)
      return
    }
    atLeast.0 = rank >= 1 ? atLeast.0 + 1 : 0
    atLeast.1 = rank >= 2 ? atLeast.1 + 1 : 0
    atLeast.2 = rank >= 3 ? atLeast.2 + 1 : 0
    let needed = policy.persistsFor
    let raised: UInt8 = atLeast.2 >= needed ? 3 : atLeast.1 >= needed ? 2 : atLeast.0 >= needed ? 1 : 0
    guard firing > 0 else {
      firing = raised
      below = (0, 0, 0)
      return
    }
    // Neither breached nor cleared: still at the lowest severity declared.
    let level = rank > 0 ? rank : isCleared ? 0 : policy.lowest
    below.0 = level >= 1 ? 0 : below.0 + 1
    below.1 = level >= 2 ? 0 : undecided >= 2 ? below.1 : below.1 + 1
    below.2 = level >= 3 ? 0 : undecided >= 3 ? below.2 : below.2 + 1
    let span = policy.clearsAfter
    let held: UInt8 =
      firing >= 3 && below.2 < span ? 3 : firing >= 2 && below.1 < span ? 2 : below.0 < span ? 1 : 0
    firing = max(raised, held)
  }

  @inline(__always) private func code(reason: UInt8, isStale: Bool) -> FoldCode {
    if firing > 0 { return FoldCode(firing: firing, reason: reason, isStale: isStale) }
    // What would fire if it persists: the lowest of the run of breaches.
    let pending: UInt8 =
      atLeast.0 == 0 ? 0 : atLeast.2 == atLeast.0 ? 3 : atLeast.1 == atLeast.0 ? 2 : 1
    return FoldCode(pending: pending, reason: reason, isStale: isStale)
  }
}
