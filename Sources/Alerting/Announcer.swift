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

  private var open: OpenEpisodes
  private let writing: Writing

  /// Takes up what was announced before.
  package init(in reading: some Storage.Reading, writing: Writing) throws {
    open = OpenEpisodes(try EpisodeTable.open(in: reading), lastID: try EpisodeTable.lastID(in: reading))
    self.writing = writing
  }

  /// Announces what an event changed: one announcement for each alert whose standing differs from what was said of it.
  ///
  /// - Parameters:
  ///   - changed: the alerts that it touched.
  ///   - drop: the drop that it is; nil where the calendar spoke. Announcements come in their order, so that a run and its
  ///   repetition after a crash are alike.
  package mutating func announce(
    _ changed: [AlertKey], in evaluator: Evaluator, after drop: Int64?, at time: Moment, in transaction: Transaction
  ) throws -> [Announced] {
    try open.follow(changed, in: evaluator, writing, drop: drop, at: time).map { consequence in
      try store(consequence, in: transaction)
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

    let alerts = open.all.filter { !$0.key.isReport }
    let retired = alerts.filter { writing.rule(called: $0.key.rule) == nil }
    let kept = alerts.map(\.key).filter { writing.rule(called: $0.rule) != nil }.sorted(by: Self.precedes)
    let standing = evaluator.standings { $0.firing != nil || $0.isStale }.map(\.key)
    let consequences = open.follow(standing + kept, in: evaluator, writing, drop: nil, at: time)
    guard !consequences.isEmpty || !retired.isEmpty else { return nil }
    let announcement = Announcement.rulesChanged(consequences, retired: retired, writing: writing, time: time)
    for consequence in consequences { try store(consequence, in: transaction) }
    for episode in retired {
      open.forget(episode.key)
      try EpisodeTable.close(episode.id, as: "retired", in: transaction)
    }
    return try record(
      announcement, of: consequences.map(\.episode.id) + retired.map(\.id), at: time, in: transaction)
  }

  /// Ends what is open of late returns to sources that nobody waits for any longer: they have gone from the
  /// configuration, or lost their deadline.
  ///
  /// - Parameter awaited: the sources that are waited for.
  package mutating func giveUp(
    returnsBeside awaited: Set<String>, at time: Moment, in transaction: Transaction
  ) throws -> [Announced] {
    try open.giveUp(returnsBeside: awaited, writing, at: time).map { consequence in
      try store(consequence, in: transaction)
      return try record(consequence.announcement, of: [consequence.episode.id], at: time, in: transaction)
    }
  }

  /// `rule new formerly old`: what is open under the old name goes on under the new one.
  private mutating func rename(by rules: [RuleLanguage.Rule], in transaction: Transaction) throws {
    let names = Set(rules.map(\.name))
    for rule in rules {
      guard let old = rule.formerly, !names.contains(old) else { continue }
      try EpisodeTable.rename(rule: old, to: rule.name, in: transaction)
      open.rename(rule: old, to: rule.name)
    }
  }

  /// Announces something that happened once and has no state: a rejected drop, rules that could not be loaded.
  package func report(_ announcement: Announcement, at time: Moment, in transaction: Transaction) throws -> Announced {
    try record(announcement, of: [], at: time, in: transaction)
  }

  private func store(_ consequence: Consequence, in transaction: Transaction) throws {
    let (episode, announcement) = (consequence.episode, consequence.announcement)
    if consequence.ends {
      try EpisodeTable.close(episode.id, as: announcement.kind.rawValue, in: transaction)
    } else if consequence.isNew {
      try EpisodeTable.insert(episode, name: announcement.subject.name, in: transaction)
    } else {
      try EpisodeTable.update(episode, in: transaction)
    }
  }

  private func record(
    _ announcement: Announcement, of episodes: [Int64], at time: Moment, in transaction: Transaction
  ) throws -> Announced {
    var announcement = announcement
    announcement.rule.catalogue = writing.catalogue?.place(ofRule: announcement.rule.name)
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
