package import Bookkeeping
import RuleLanguage
package import Storage

/// One episode as a person asks about it.
package struct EpisodeSummary: Codable, Hashable, Sendable {
  package var id: Int64
  package var rule: String
  package var subject: String
  /// At which it fires, or fired last.
  package var severity: String
  package var opened: Announcement.Reading
  /// What was said last of it.
  package var announced: Announcement.Reading
  /// How it ended; nil while it is open.
  package var closed: String?
  /// Where the rule catalogue has its rule: known to whoever knows where that is published.
  package var catalogue: String?
}

extension EpisodeSummary {
  /// Open episodes first, the most severe first, then the newest.
  package static func list(limit: Int, in reading: some Storage.Reading) throws -> [EpisodeSummary] {
    try reading.all(
      """
      SELECT id, rule, name, severity, opened, announced, closed FROM episode
      ORDER BY closed IS NOT NULL, severity DESC, id DESC LIMIT ?
      """, limit, as: summary)
  }

  package static func find(_ id: Int64, in reading: some Storage.Reading) throws -> EpisodeSummary? {
    try reading.first(
      "SELECT id, rule, name, severity, opened, announced, closed FROM episode WHERE id = ?", id, as: summary)
  }

  private static func summary(_ row: Row) throws -> EpisodeSummary {
    EpisodeSummary(
      id: try row.integer(0), rule: try row.text(1), subject: try row.text(2),
      severity: EpisodeTable.severity(try row.integer(3)).word,
      opened: try JSONText.value(Announcement.Reading.self, row.text(4), of: "the reading of an episode"),
      announced: try JSONText.value(Announcement.Reading.self, row.text(5), of: "the reading of an episode"),
      closed: try row.textOrNil(6))
  }
}

extension Announced {
  /// What was said before of the episodes that this one speaks of: who heard of an alert has to hear how it goes on.
  package func earlier(in reading: some Storage.Reading) throws -> [RecordSequence] {
    try AnnouncementTable.sequences(before: sequence, in: reading)
  }

  /// Everything that was said of an episode, oldest first. One whose payload was purged is passed over.
  package static func about(episode: Int64, in reading: some Storage.Reading) throws -> [Announced] {
    try AnnouncementTable.sequences(of: episode, in: reading).compactMap { try find($0, in: reading) }
  }

  /// What was said last, oldest first.
  package static func latest(_ limit: Int, in reading: some Storage.Reading) throws -> [Announced] {
    let sequences = try reading.all(
      "SELECT sequence FROM record WHERE kind = ? ORDER BY sequence DESC LIMIT ?", Announcer.recordKind, limit
    ) { try $0.integer(0) }
    return try sequences.reversed().compactMap { try find($0, in: reading) }
  }

  /// The announcement at a place in the record; nil where that is something else, or was purged.
  package static func find(_ sequence: RecordSequence, in reading: some Storage.Reading) throws -> Announced? {
    guard let entry = try Record.entry(sequence, in: reading), entry.kind == Announcer.recordKind,
      let payload = entry.payload
    else { return nil }
    return Announced(
      announcement: try JSONText.value(
        Announcement.self, String(decoding: payload, as: UTF8.self), of: "announcement \(sequence)"),
      head: RecordHead(sequence: sequence, hash: entry.hash))
  }
}
