import Bookkeeping
package import Evaluation
import Finance
import RuleLanguage
package import Storage

/// One alert as it stands by the figures and rules of now; of one that has ended, how it did.
package struct AlertNow: Codable, Hashable, Sendable {
  /// Of its episode; nil where nothing was announced yet.
  package var id: Int64?
  package var rule: String
  package var subject: String
  /// The subject's codes and values, as the rule's `for each` has them.
  package var keys: [String]
  /// "firing" or "suppressed"; `outdated` for what is open in the record and does not fire by the rules and the register
  /// as they are now; of one that has ended, how: "resolved".
  package var state: String
  package var severity: String
  /// The period since which it has stood so at this severity.
  package var since: String?
  /// The period since which it has stood so, at whatever severity.
  package var openSince: String?
  /// Figures have been missing for longer than the rule holds.
  package var isStale: Bool
  /// `certain` or `provisional`, where some of those that it is about have not answered.
  package var certainty: String?
  /// The latest period of which something is known, what the rule watches in it, and what the rule says of it.
  package var period: String
  package var shown: String?
  package var sentence: String
  /// As it was when it was announced first, and when it was announced last.
  package var opened: Announcement.Reading?
  package var announced: Announcement.Reading?
  /// Where the catalogue speaks of its rule; filled in by who knows the configuration.
  package var catalogue: String?

  package static let outdated = "outdated"
}

extension AlertNow {
  /// What is over the line, the most severe first; then, where it is asked for, what was, newest first.
  ///
  /// - Parameter evaluator: run over the whole of the ledger that is read.
  package static func list(
    in evaluator: Evaluator, withEnded: Bool, limit: Int, reading: some Storage.Reading
  ) throws -> [AlertNow] {
    let open = try EpisodeTable.open(in: reading)
    let episodes = Dictionary(uniqueKeysWithValues: open.map { ($0.key, $0) })
    let standings = evaluator.standings { $0.breached != nil }.filter { standing in
      // Time has gone past the others: the record has closed them, or never opened them.
      episodes[standing.key] != nil || !standing.yearIsOver && evaluator.ending(of: standing.key) == nil
    }
    let standing = Set(standings.map(\.key))
    var alerts = standings.map { AlertNow($0, episodes[$0.key], in: evaluator) }
    for episode in open where !standing.contains(episode.key) {
      let state = episode.key.isReport ? "firing" : outdated
      if let alert = try AlertNow(saidOf: episode.id, state: state, keys: episode.key.subject.keys, in: reading) {
        alerts.append(alert)
      }
    }
    alerts.sort { $0.rank < $1.rank }
    guard withEnded, alerts.count < limit else { return Array(alerts.prefix(limit)) }
    for episode in try EpisodeTable.ended(limit: limit - alerts.count, in: reading) {
      let said = try AlertNow(saidOf: episode.id, state: episode.end, keys: episode.keys, in: reading)
      if let said { alerts.append(said) }
    }
    return alerts
  }

  private init(_ standing: Standing, _ episode: Episode?, in evaluator: Evaluator) {
    let (key, now) = (standing.key, standing.now)
    let step = evaluator.rule(called: key.rule)?.step ?? .month
    func label(_ period: Period) -> String { evaluator.program.calendar.label(period, step) }
    // What can't be decided this month says nothing: what was known last does.
    let period = standing.lastKnownPeriod
    let finding = evaluator.finding(for: key, at: period, inFull: false)
    self.init(
      id: episode?.id, rule: key.rule, subject: evaluator.name(of: key.subject, rule: key.rule, at: period),
      keys: key.subject.keys, state: now.firing == nil ? "suppressed" : "firing",
      severity: now.breached?.word ?? "", since: now.levelSince.map(label), openSince: now.since.map(label),
      isStale: now.isStale, certainty: finding?.certainty?.rawValue, period: label(period),
      shown: finding?.watched?.shown,
      sentence: (finding?.sentence ?? "") + (now.suppression.map { "; suppressed because \($0)" } ?? ""),
      opened: episode?.opened, announced: episode?.announced)
  }

  /// By what the record says of it last. Nil where that was purged.
  private init?(saidOf id: Int64, state: String, keys: [String], in reading: some Storage.Reading) throws {
    let said = try Announced.about(episode: id, in: reading).map(\.announcement)
    guard let summary = try EpisodeSummary.find(id, in: reading), let last = said.last(where: { $0.episode == id })
    else { return nil }
    self.init(
      id: id, rule: summary.rule, subject: summary.subject, keys: keys, state: state, severity: summary.severity,
      since: last.period, openSince: said.first?.since ?? summary.opened.period, isStale: false, period: last.period,
      shown: last.now?.shown, sentence: last.sentence, opened: summary.opened, announced: summary.announced)
  }

  /// What fires goes before what is suppressed, red before amber, and of those like it the newest first.
  private var rank: (Int, Int, Int64) {
    let severities = ["red", "amber", "info"]
    return (state == "firing" ? 0 : 1, severities.firstIndex(of: severity) ?? severities.count, -(id ?? .max))
  }
}
