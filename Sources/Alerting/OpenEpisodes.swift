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

  /// What has to be said of an alert now, taken as said; nil where nothing has.
  mutating func follow(
    _ key: AlertKey, in evaluator: Evaluator, _ writing: Writing, drop: Int64?, at time: Moment
  ) -> Consequence? {
    let consequence = writing.consequence(
      of: key, announced: open[key], in: evaluator, newID: lastID + 1, drop: drop, time: time.description)
    guard let consequence else { return nil }
    open[key] = consequence.ends ? nil : consequence.episode
    if consequence.isNew { lastID = consequence.episode.id }
    return consequence
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
