import Bookkeeping
import Evaluation
import Finance
import RuleLanguage
package import Storage

/// The tables of this stage: what has been announced, an episode at a time, and which rules it was announced by.
package enum Tables {
  package static let migrations: [Migration] = [
    Migration(
      "alerting 1: episodes and rule sets",
      """
      CREATE TABLE episode (
        id INTEGER PRIMARY KEY,
        rule TEXT NOT NULL,
        subject TEXT NOT NULL,
        year INTEGER NOT NULL,
        name TEXT NOT NULL,
        severity INTEGER NOT NULL,
        announced_period INTEGER NOT NULL,
        opened TEXT NOT NULL,
        announced TEXT NOT NULL,
        closed TEXT
      ) STRICT;
      CREATE UNIQUE INDEX episode_open ON episode (rule, subject, year) WHERE closed IS NULL;
      -- Which entries of the record speak of an episode.
      CREATE TABLE announcement (
        episode INTEGER NOT NULL REFERENCES episode (id),
        sequence INTEGER NOT NULL REFERENCES record (sequence),
        PRIMARY KEY (episode, sequence)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX announcement_by_sequence ON announcement (sequence);
      CREATE TABLE rule_set (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        hash TEXT NOT NULL
      ) STRICT;
      """)
  ]
}

/// Statements over the episodes.
enum EpisodeTable {
  /// No year is written as -1, so that it takes part in the unique index.
  private static let noYear = -1

  static func open(in reading: some Storage.Reading) throws -> [Episode] {
    try reading.all(
      """
      SELECT id, rule, subject, year, severity, announced_period, opened, announced FROM episode WHERE closed IS NULL
      """
    ) { row in
      Episode(
        id: try row.integer(0), key: try key(row, at: 1), severity: severity(try row.integer(4)),
        announcedPeriod: Period(ordinal: try Int(row.integer(5))),
        opened: try JSONText.value(Announcement.Reading.self, row.text(6), of: "the reading of an episode"),
        announced: try JSONText.value(Announcement.Reading.self, row.text(7), of: "the reading of an episode"))
    }
  }

  /// What tells an open episode from others: a list of thousands makes whole only those that it shows.
  struct Head {
    var id: Int64
    var key: AlertKey
    var severity: Severity
  }

  static func heads(in reading: some Storage.Reading) throws -> [Head] {
    try reading.all("SELECT id, rule, subject, year, severity FROM episode WHERE closed IS NULL") { row in
      Head(id: try row.integer(0), key: try key(row, at: 1), severity: severity(try row.integer(4)))
    }
  }

  /// Of a rule, a subject and a year in three columns.
  private static func key(_ row: Row, at column: Int) throws -> AlertKey {
    let year = try Int(row.integer(column + 2))
    let keys = try JSONText.value([String].self, row.text(column + 1), of: "the subject of an episode")
    return AlertKey(rule: try row.text(column), subject: Subject(keys), year: year == noYear ? nil : year)
  }

  /// Those that have ended, the newest first, each with how it did.
  static func ended(
    limit: Int, in reading: some Storage.Reading
  ) throws -> [(id: Int64, keys: [String], end: String)] {
    try reading.all(
      "SELECT id, subject, closed FROM episode WHERE closed IS NOT NULL ORDER BY id DESC LIMIT ?", limit
    ) { row in
      (
        try row.integer(0), try JSONText.value([String].self, row.text(1), of: "the subject of an episode"),
        try row.text(2)
      )
    }
  }

  static func countEnded(in reading: some Storage.Reading) throws -> Int {
    try reading.first("SELECT count(*) FROM episode WHERE closed IS NOT NULL") { try Int($0.integer(0)) } ?? 0
  }

  /// 0 where there has been none.
  static func lastID(in reading: some Storage.Reading) throws -> Int64 {
    try reading.first("SELECT ifnull(max(id), 0) FROM episode") { try $0.integer(0) } ?? 0
  }

  static func insert(_ episode: Episode, name: String, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO episode (id, rule, subject, year, name, severity, announced_period, opened, announced)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      episode.id, episode.key.rule, try JSONText.text(episode.key.subject.keys), episode.key.year ?? noYear, name,
      Int(episode.severity.rawValue), episode.announcedPeriod.ordinal, try JSONText.text(episode.opened),
      try JSONText.text(episode.announced))
  }

  static func update(_ episode: Episode, in transaction: Transaction) throws {
    try transaction.execute(
      "UPDATE episode SET severity = ?, announced_period = ?, announced = ? WHERE id = ?",
      Int(episode.severity.rawValue), episode.announcedPeriod.ordinal, try JSONText.text(episode.announced), episode.id)
  }

  static func rename(rule old: String, to new: String, in transaction: Transaction) throws {
    try transaction.execute("UPDATE episode SET rule = ? WHERE rule = ? AND closed IS NULL", new, old)
  }

  static func close(_ id: Int64, as word: String, in transaction: Transaction) throws {
    try transaction.execute("UPDATE episode SET closed = ? WHERE id = ?", word, id)
  }

  static func severity(_ number: Int64) -> Severity {
    guard let severity = UInt8(exactly: number).flatMap(Severity.init(rawValue:)) else {
      preconditionFailure("the episode table holds severities 1 to 3, not \(number)")
    }
    return severity
  }
}

/// The rules by which announcements were last made.
enum RuleSetTable {
  static func hash(in reading: some Storage.Reading) throws -> String? {
    try reading.first("SELECT hash FROM rule_set") { try $0.text(0) }
  }

  static func set(_ hash: String, in transaction: Transaction) throws {
    try transaction.execute(
      "INSERT INTO rule_set (id, hash) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET hash = excluded.hash", hash)
  }
}

/// Which entries of the record speak of which episodes.
enum AnnouncementTable {
  static func insert(_ sequence: RecordSequence, of episodes: [Int64], in transaction: Transaction) throws {
    for episode in episodes {
      try transaction.execute("INSERT INTO announcement (episode, sequence) VALUES (?, ?)", episode, sequence)
    }
  }

  /// Those that share an episode with one that is there.
  static func sequences(before sequence: RecordSequence, in reading: some Storage.Reading) throws -> [RecordSequence] {
    try reading.all(
      """
      SELECT DISTINCT earlier.sequence FROM announcement this
      JOIN announcement earlier ON earlier.episode = this.episode AND earlier.sequence < this.sequence
      WHERE this.sequence = ? ORDER BY earlier.sequence
      """, sequence
    ) { try $0.integer(0) }
  }

  static func sequences(of episode: Int64, in reading: some Storage.Reading) throws -> [RecordSequence] {
    try reading.all("SELECT sequence FROM announcement WHERE episode = ? ORDER BY sequence", episode) {
      try $0.integer(0)
    }
  }
}
