import Evaluation
import Finance

/// The alerts that are open, as they were last announced, and how each announcement changes that. Live running stores
/// what comes out of it; a replay does not.
struct OpenEpisodes: Sendable {
  private var open: [AlertKey: Episode]
  private var lastID: Int64

  init(_ open: [Episode] = [], lastID: Int64 = 0) {
    self.open = Dictionary(uniqueKeysWithValues: open.map { ($0.key, $0) })
    self.lastID = lastID
  }

  /// In the order in which they opened.
  var all: [Episode] { open.values.sorted { $0.id < $1.id } }

  /// What has to be said, taken as said: of the alerts that were touched, of those that time has gone past, of late
  /// returns, and of organisations whose figures rules wait for.
  mutating func follow(
    _ touched: [AlertKey], in evaluator: Evaluator, _ writing: Writing, drop: Int64?, at time: Moment
  ) -> [Consequence] {
    var consequences = followAlerts(touched, in: evaluator, writing, drop: drop, at: time)
    // Those whose figures may have come, or be missing for too long.
    let missed = open.keys.filter { $0.rule == Report.dataGap.rawValue }.flatMap(\.subject.keys)
    for code in evaluator.organisations(of: touched).union(missed).sorted() {
      let waiting = evaluator.waiting(for: code)
      if let gap = followGap(of: code, waiting, writing, drop: drop, at: time) { consequences.append(gap) }
    }
    return consequences
  }

  /// Of the alerts that were touched, of those that time has gone past, and of late returns.
  mutating func followAlerts(
    _ touched: [AlertKey], in evaluator: Evaluator, _ writing: Writing, drop: Int64?, at time: Moment
  ) -> [Consequence] {
    let past =
      evaluator.anythingEnds
      ? open.values.filter { evaluator.ending(of: $0.key) != nil }.sorted { $0.id < $1.id }.map(\.key) : []
    var seen: Set<AlertKey> = []
    var consequences: [Consequence] = []
    for key in touched + past where seen.insert(key).inserted {
      if let consequence = follow(key, in: evaluator, writing, drop: drop, at: time) {
        consequences.append(consequence)
      }
    }
    return consequences
  }

  /// What has to be said of late returns to sources that are no longer waited for, taken as said.
  mutating func giveUp(returnsBeside awaited: Set<String>, _ writing: Writing, at time: Moment) -> [Consequence] {
    all.compactMap { episode in
      guard let late = ExpectedReturn(episode.key), !awaited.contains(late.source) else { return nil }
      let consequence = writing.givenUp(late, announced: episode, time: time)
      take(consequence)
      return consequence
    }
  }

  /// Of an organisation and what waits for its figures.
  mutating func followGap(
    of code: String, _ waiting: [Waiting], _ writing: Writing, drop: Int64?, at time: Moment
  ) -> Consequence? {
    let consequence = writing.gap(
      of: code, waiting, announced: open[.gap(of: code)], newID: lastID + 1, drop: drop, time: time)
    if let consequence { take(consequence) }
    return consequence
  }

  /// What has to be said of an alert now, taken as said; nil where nothing has.
  private mutating func follow(
    _ key: AlertKey, in evaluator: Evaluator, _ writing: Writing, drop: Int64?, at time: Moment
  ) -> Consequence? {
    let consequence =
      if let late = ExpectedReturn(key) {
        writing.late(late, announced: open[key], in: evaluator, newID: lastID + 1, drop: drop, time: time)
      } else {
        writing.consequence(
          of: key, announced: open[key], in: evaluator, newID: lastID + 1, drop: drop, time: time)
      }
    if let consequence { take(consequence) }
    return consequence
  }

  private mutating func take(_ consequence: Consequence) {
    open[consequence.episode.key] = consequence.ends ? nil : consequence.episode
    if consequence.isNew { lastID = consequence.episode.id }
  }

  mutating func forget(_ key: AlertKey) { open[key] = nil }

  mutating func rename(rule old: String, to new: String) {
    for var episode in open.values where episode.key.rule == old {
      open[episode.key] = nil
      episode.key.rule = new
      open[episode.key] = episode
    }
  }
}

extension Evaluator {
  /// Those whose figures the alerts are about.
  func organisations(of keys: [AlertKey]) -> Set<String> { Set(keys.compactMap { organisation(of: $0) }) }
}
