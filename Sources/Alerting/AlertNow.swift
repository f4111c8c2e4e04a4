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
  /// Alerts in their order, and how many more there are.
  package struct Listed: Sendable {
    package var alerts: [AlertNow]
    package var more: Int
  }

  /// What is over the line, the most severe first; then, where it is asked for, what was, newest first.
  ///
  /// - Parameter evaluator: run over the whole of the ledger that is read.
  package static func list(
    in evaluator: Evaluator, withEnded: Bool, limit: Int, reading: some Storage.Reading
  ) throws -> Listed {
    let open = try EpisodeTable.heads(in: reading)
    let heads = Dictionary(uniqueKeysWithValues: open.map { ($0.key, $0) })
    let standings = evaluator.standings { $0.breached != nil }.filter { standing in
      // Time has gone past the others: the record has closed them, or never opened them.
      heads[standing.key] != nil || !standing.yearIsOver && evaluator.ending(of: standing.key) == nil
    }
    let standing = Set(standings.map(\.key))
    let found =
      standings.map { Found.standing($0, id: heads[$0.key]?.id) }
      + open.filter { !standing.contains($0.key) }.map(Found.said)
    let shown = try found.sorted { $0.rank < $1.rank }.prefix(limit).compactMap { found in
      switch found {
      case .standing(let standing, let id):
        try AlertNow(standing, id.flatMap { try EpisodeSummary.find($0, in: reading) }, in: evaluator)
      case .said(let head): try AlertNow(saidOf: head.id, state: found.state, keys: head.key.subject.keys, in: reading)
      }
    }
    var listed = Listed(alerts: shown, more: max(0, found.count - limit))
    guard withEnded else { return listed }
    let ended = try EpisodeTable.ended(limit: max(0, limit - found.count), in: reading)
    listed.alerts += try ended.compactMap { episode in
      try AlertNow(saidOf: episode.id, state: episode.end, keys: episode.keys, in: reading)
    }
    listed.more += try EpisodeTable.countEnded(in: reading) - ended.count
    return listed
  }

  /// What is listed, before it is put into words: of thousands few are shown.
  private enum Found {
    case standing(Standing, id: Int64?)
    /// What is open in the record alone.
    case said(EpisodeTable.Head)

    var state: String {
      switch self {
      case .standing(let standing, _): standing.now.firing == nil ? "suppressed" : "firing"
      case .said(let head): head.key.isReport ? "firing" : outdated
      }
    }

    /// What fires goes before what is suppressed, red before amber, and of those like it the newest first.
    var rank: (Int, UInt8, Int64) {
      let (severity, id) =
        switch self {
        case .standing(let standing, let id): (standing.now.breached, id)
        case .said(let head): (head.severity, head.id)
        }
      return (state == "firing" ? 0 : 1, .max - (severity?.rawValue ?? 0), -(id ?? .max))
    }
  }

  private init(_ standing: Standing, _ episode: EpisodeSummary?, in evaluator: Evaluator) {
    let (key, now) = (standing.key, standing.now)
    let step = evaluator.rule(called: key.rule)?.step ?? .month
    func label(_ period: Period) -> String { evaluator.program.calendar.label(period, step) }
    // What can't be decided this month says nothing: what was known last does.
    let period = standing.lastKnownPeriod
    let finding = evaluator.finding(for: key, at: period, inFull: false)
    self.init(
      id: episode?.id, rule: key.rule, subject: evaluator.name(of: key.subject, rule: key.rule, at: period),
      keys: key.subject.keys, state: Found.standing(standing, id: nil).state,
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
}
