import Finance
import RuleLanguage

extension ExplanationBuilder {
  /// What would have to be true for the period to come out otherwise.
  func changes(_ code: FoldCode) -> [Explanation.Change] {
    let result = reading.result(place.subject, slot)
    guard result.unknownReason == 0, reading.applies(place.subject, slot) else { return [] }
    let search = WaySearch(self)
    func change(_ outcome: Explanation.Change.Outcome, _ sets: [[WaySearch.Need]]) -> Explanation.Change {
      Explanation.Change(outcome: outcome, ways: search.ways(toMeetOneOf: sets))
    }
    let applies: [WaySearch.Need] = rule.onlyWhen.map { [($0, true)] } ?? []
    let doesNotApply: [[WaySearch.Need]] = rule.onlyWhen.map { [[($0, false)]] } ?? []
    let declared = Set(rule.breaches.map(\.severity)).sorted()
    let rank = result.severityRank
    var changes: [Explanation.Change] = []
    if rank > 0 {
      let milder = [nil] + declared.filter { $0.rawValue < rank }.map(Optional.some)
      for severity in milder {
        let tooGrave = rule.breaches.filter { $0.severity.rawValue > severity?.rawValue ?? 0 }
        var change = change(.noWorse(than: severity), [tooGrave.map { ($0.test, false) }] + doesNotApply)
        // What leads further is said there.
        change.ways.removeAll { way in changes.contains { $0.ways.contains(way) } }
        changes.insert(change, at: 0)
      }
    }
    if let clears = rule.clears, code.phase.isUp, !result.isCleared {
      let quiet: [WaySearch.Need] = rule.breaches.map { ($0.test, false) }
      changes.append(change(.clear, [[(clears, true)] + quiet] + doesNotApply))
    }
    if code.isSuppressed {
      let holding = suppressions.filter { truth($0.condition) == true }
      changes.append(change(.unsuppressed, [holding.map { ($0.condition, false) }]))
    }
    if let graver = declared.first(where: { $0.rawValue > rank }) {
      let sets = rule.breaches.filter { $0.severity >= graver }.map { [($0.test, true)] + applies }
      changes.append(change(.atLeast(graver), sets))
    }
    return changes.filter { !$0.ways.isEmpty }
  }

  /// Those that are not over.
  private var suppressions: [Rule.Suppression] {
    rule.suppressions.filter { suppression in
      suppression.until.map { program.calendar.lastDay(period) <= $0 } ?? true
    }
  }

  /// What the state waits for beside this period's result.
  func outlook(_ code: FoldCode, _ fold: Fold, _ result: PeriodResult) -> [String] {
    var sentences: [String] = []
    switch code.phase {
    case .quiet:
      if rule.persistsFor > 1 { sentences.append("It fires after \(inARow(rule.persistsFor)) that are breached.") }
    case .pending(let severity):
      sentences.append(
        "It fires after \(inARow(rule.persistsFor)) at \(severity.word) or worse; so far \(fold.breachedInARow).")
    case .firing(let severity): sentences += endings(severity, fold)
    case .suppressed(let severity):
      sentences.append(
        "Without the suppression it would fire at \(severity.word); it opens anew in the first period in which nothing"
          + " suppresses it.")
      if let last = suppressions.compactMap(\.until).max(), !suppressions.contains(where: { $0.until == nil }) {
        sentences.append("Nothing suppresses it in a period that ends after \(last).")
      }
      sentences += endings(severity, fold)
    }
    if result.unknownReason != 0, case .hold(let periods) = rule.ifUnknown {
      sentences.append(
        "While the result is not known the state stays as it is; after \(inARow(periods)) it is marked stale (so far"
          + " \(fold.unknownInARow)).")
    }
    return sentences
  }

  /// How what fires ends, and eases.
  private func endings(_ severity: Severity, _ fold: Fold) -> [String] {
    let periods = rule.clearsAfter
    let declared = rule.breaches.map(\.severity).min() ?? severity
    var clear = "with nothing breached"
    if let clears = rule.clears { clear += " and clear (\(limit(.clears, clears, band: band(of: clears)).words))" }
    var sentences = ["It ends after \(inARow(periods)) \(clear); so far \(fold.clearInARow)."]
    if severity > declared {
      sentences.append(
        "It eases after \(inARow(periods)) below \(severity.word); so far \(fold.inARow(below: severity)).")
    }
    return sentences
  }

  private func inARow(_ periods: Int) -> String { periods == 1 ? "one period" : "\(periods) periods in a row" }
}

extension FoldState.Phase {
  /// It fires, or would but for a suppression.
  fileprivate var isUp: Bool {
    switch self {
    case .firing, .suppressed: true
    case .quiet, .pending: false
    }
  }
}
