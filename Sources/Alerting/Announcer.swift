import Bookkeeping
package import Evaluation
package import Finance
import RuleLanguage
package import Storage

/// Says what has to be said: holds what was announced against what the ledger now says, and writes the difference into
/// the record and the episodes.
///
/// A value: it is changed inside a transaction as a copy, and the copy takes its place once the transaction stands.
package struct Announcer: Sendable {
  /// The kind of an announcement's entry in the record.
  package static let recordKind = "announcement"

  private var open: [AlertKey: Episode]
  private var nextEpisode: Int64
  private let writing: Writing

  /// Takes up what was announced before.
  package init(in reading: some Storage.Reading, writing: Writing) throws {
    open = Dictionary(uniqueKeysWithValues: try EpisodeTable.open(in: reading).map { ($0.key, $0) })
    nextEpisode = try EpisodeTable.lastID(in: reading) + 1
    self.writing = writing
  }

  /// Announces what a drop changed: one announcement for each alert whose standing differs from what was said of it.
  ///
  /// - Parameter changed: the alerts that the drop touched. Announcements come in their order, so that a run and its
  ///   repetition after a crash are alike.
  package mutating func announce(
    _ changed: [AlertKey], in evaluator: Evaluator, after drop: Int64, at time: Moment, in transaction: Transaction
  ) throws -> [Announced] {
    try changed.compactMap { key in
      guard let consequence = consequence(of: key, in: evaluator, drop: drop, time: time) else { return nil }
      try apply(consequence, in: transaction)
      return try record(consequence.announcement, of: [consequence.episode.id], at: time, in: transaction)
    }
  }

  /// Takes up a rule set and a register: where alerts open, change or go by them, one announcement lists them all.
  ///
  /// - Parameter identity: tells one pair of the two from another; nothing is announced for the one that announced last.
  package mutating func takeUp(
    _ identity: String, in evaluator: Evaluator, at time: Moment, in transaction: Transaction
  ) throws -> Announced? {
    let program = evaluator.program
    guard try RuleSetTable.hash(in: transaction) != identity else { return nil }
    try RuleSetTable.set(identity, in: transaction)
    try Record.append("rules", RulesTakenUp(program), at: time, in: transaction)
    try rename(by: program.rules, in: transaction)

    let retired = open.values.filter { writing.rule(called: $0.key.rule) == nil }.sorted { $0.id < $1.id }
    let keys = evaluator.standings { $0.firing != nil }.map(\.key) + open.keys.filter { writing.rule(called: $0.rule) != nil }.sorted(by: Self.precedes)
    var seen: Set<AlertKey> = []
    var consequences: [Consequence] = []
    for key in keys where seen.insert(key).inserted {
      guard let consequence = consequence(of: key, in: evaluator, drop: nil, time: time) else { continue }
      if consequence.isNew { nextEpisode += 1 }
      consequences.append(consequence)
    }
    guard !consequences.isEmpty || !retired.isEmpty else { return nil }
    let announcement = Announcement.rulesChanged(consequences, retired: retired, writing: writing, time: time)
    for consequence in consequences { try apply(consequence, in: transaction) }
    for episode in retired { try close(episode, as: "retired", in: transaction) }
    return try record(
      announcement, of: consequences.map(\.episode.id) + retired.map(\.id), at: time, in: transaction)
  }

  /// `rule new formerly old`: what is open under the old name goes on under the new one.
  private mutating func rename(by rules: [RuleLanguage.Rule], in transaction: Transaction) throws {
    let names = Set(rules.map(\.name))
    for rule in rules {
      guard let old = rule.formerly, !names.contains(old) else { continue }
      try EpisodeTable.rename(rule: old, to: rule.name, in: transaction)
      for var episode in open.values where episode.key.rule == old {
        open[episode.key] = nil
        episode.key.rule = rule.name
        open[episode.key] = episode
      }
    }
  }

  /// Announces something that happened once and has no state: a rejected drop, rules that could not be loaded.
  package func report(_ announcement: Announcement, at time: Moment, in transaction: Transaction) throws -> Announced {
    try record(announcement, of: [], at: time, in: transaction)
  }

  private func consequence(of key: AlertKey, in evaluator: Evaluator, drop: Int64?, time: Moment) -> Consequence? {
    writing.consequence(
      of: key, announced: open[key], in: evaluator, newID: nextEpisode, drop: drop, time: time.description)
  }

  private mutating func apply(_ consequence: Consequence, in transaction: Transaction) throws {
    let episode = consequence.episode
    if consequence.ends {
      try close(episode, as: consequence.announcement.kind.rawValue, in: transaction)
    } else if consequence.isNew {
      try EpisodeTable.insert(episode, name: consequence.announcement.subject.name, in: transaction)
      open[episode.key] = episode
      nextEpisode = max(nextEpisode, episode.id + 1)
    } else {
      try EpisodeTable.update(episode, in: transaction)
      open[episode.key] = episode
    }
  }

  private mutating func close(_ episode: Episode, as word: String, in transaction: Transaction) throws {
    try EpisodeTable.close(episode.id, as: word, in: transaction)
    open[episode.key] = nil
  }

  private func record(
    _ announcement: Announcement, of episodes: [Int64], at time: Moment, in transaction: Transaction
  ) throws -> Announced {
    let head = try Record.append(Self.recordKind, announcement, at: time, in: transaction)
    try AnnouncementTable.insert(head.sequence, of: episodes, in: transaction)
    return Announced(announcement: announcement, head: head)
  }

  private static func precedes(_ left: AlertKey, _ right: AlertKey) -> Bool {
    (left.rule, left.year ?? 0, left.subject.keys.joined(separator: "\u{0}"))
      < (right.rule, right.year ?? 0, right.subject.keys.joined(separator: "\u{0}"))
  }
}

/// What the record keeps of a rule set: enough to reproduce the text of the rule behind any alert.
private struct RulesTakenUp: Encodable {
  struct Rule: Encodable {
    var name: String
    var version: String
    var file: String
    var line: Int
    var text: String
  }
  var hash: String
  var rules: [Rule]

  init(_ program: Program) {
    hash = program.version
    rules = program.rules.map { Rule(name: $0.name, version: $0.version, file: $0.file, line: $0.line, text: $0.text) }
  }
}
