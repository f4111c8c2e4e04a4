package import Storage

/// The tables of the ledger. Nothing here is ever deleted or changed in place, except where a comment says so.
package enum Tables {
  package static let migrations = [
    Migration("bookkeeping 1", first), Migration("bookkeeping lines 1", lines),
    Migration("bookkeeping due 1", due),
  ]

  private static let first = """
    -- Everything that mattered, hash-chained (Record). Retention may set a payload to NULL, nothing else changes.
    CREATE TABLE record (
      sequence INTEGER PRIMARY KEY,
      time INTEGER NOT NULL,               -- milliseconds since 1970
      kind TEXT NOT NULL,
      payload BLOB,
      payload_hash BLOB NOT NULL,
      hash BLOB NOT NULL
    ) STRICT;
    CREATE TRIGGER record_is_not_edited
      BEFORE UPDATE OF sequence, time, kind, payload_hash, hash ON record
      BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
    CREATE TRIGGER record_payload_is_only_purged
      BEFORE UPDATE OF payload ON record WHEN NEW.payload IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
    CREATE TRIGGER record_is_not_shortened
      BEFORE DELETE ON record
      BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;

    -- One row a decision about a delivered file. Accepting or rejecting a held drop is a decision of its own, a new row
    -- that refers to the held one.
    CREATE TABLE drops (
      id INTEGER PRIMARY KEY,
      source TEXT NOT NULL,
      name TEXT NOT NULL,
      sha256 BLOB NOT NULL,
      facts TEXT NOT NULL,                 -- a JSON object, keys sorted
      bytes INTEGER NOT NULL,
      rows INTEGER NOT NULL,
      decided INTEGER NOT NULL,            -- milliseconds since 1970
      outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'held', 'rejected', 'duplicate')),
      reasons TEXT NOT NULL,               -- a JSON array of sentences
      restates TEXT,                       -- accepted only
      ticket TEXT UNIQUE,                  -- the name under which the file was taken from the inbox
      refers_to INTEGER REFERENCES drops (id),
      decided_by TEXT,
      because TEXT,
      record INTEGER NOT NULL REFERENCES record (sequence) DEFERRABLE INITIALLY DEFERRED
    ) STRICT;
    CREATE INDEX drops_by_identity ON drops (source, sha256);
    CREATE INDEX drops_by_outcome ON drops (source, outcome, id);
    CREATE INDEX drops_by_reference ON drops (refers_to) WHERE refers_to IS NOT NULL;

    -- What an accepted drop came to, measure by measure, for the plausibility of the next.
    CREATE TABLE drop_total (
      drop_id INTEGER NOT NULL REFERENCES drops (id),
      measure TEXT NOT NULL,
      total INTEGER,                       -- NULL where it is beyond 64 bits
      cells INTEGER NOT NULL,
      PRIMARY KEY (drop_id, measure)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE series (
      id INTEGER PRIMARY KEY,
      measure TEXT NOT NULL,
      members TEXT NOT NULL,               -- a JSON object, keys sorted
      drop_id INTEGER NOT NULL REFERENCES drops (id),
      checksum BLOB NOT NULL,
      UNIQUE (measure, members)
    ) STRICT;
    CREATE INDEX series_by_drop ON series (drop_id);

    -- What one drop says of one organisation in one period (and, for some sources, one measure).
    CREATE TABLE version (
      id INTEGER PRIMARY KEY,
      source TEXT NOT NULL,
      organisation TEXT NOT NULL,
      period INTEGER NOT NULL,             -- 201305: M5 of the year that starts in 2013
      measure TEXT NOT NULL,               -- '' where the version holds all measures of its source
      drop_id INTEGER NOT NULL REFERENCES drops (id),
      checksum BLOB NOT NULL,
      cells BLOB NOT NULL                  -- PackedCells
    ) STRICT;
    CREATE UNIQUE INDEX version_by_unit ON version (source, period, organisation, measure, drop_id);
    CREATE INDEX version_by_drop ON version (drop_id);

    -- From which record on a version is what the ledger says, and from which on it no longer is. `until` is set once.
    CREATE TABLE visibility (
      version INTEGER PRIMARY KEY REFERENCES version (id),
      since INTEGER NOT NULL REFERENCES record (sequence) DEFERRABLE INITIALLY DEFERRED,
      until INTEGER REFERENCES record (sequence) DEFERRABLE INITIALLY DEFERRED
    ) STRICT;
    CREATE INDEX visibility_now ON visibility (version) WHERE until IS NULL;
    CREATE INDEX visibility_ended ON visibility (until) WHERE until IS NOT NULL;

    -- How far a later stage has come. Changed in place.
    CREATE TABLE marker (
      name TEXT PRIMARY KEY,
      value INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  private static let due = """
    -- What the calendar said was to be returned: one row a source and period, written when its day was past.
    CREATE TABLE due (
      source TEXT NOT NULL,
      period INTEGER NOT NULL,
      deadline TEXT NOT NULL,              -- a date, the last day on which it was in time
      organisations TEXT NOT NULL,         -- a JSON array of codes
      measures TEXT NOT NULL,              -- a JSON array
      noted INTEGER NOT NULL,              -- milliseconds since 1970
      record INTEGER NOT NULL REFERENCES record (sequence) DEFERRABLE INITIALLY DEFERRED,
      PRIMARY KEY (source, period)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX due_by_record ON due (record);
    """
}

/// The tables of lines that are compared with each other.
extension Tables {
  fileprivate static let lines = """
    -- The lines that a version was added up from, where its source looks for lines that repeat. All of it follows from
    -- the drop's bytes and the lines that were there when it came.
    CREATE TABLE compared_lines (
      version INTEGER PRIMARY KEY REFERENCES version (id),
      checksum BLOB NOT NULL,
      lines BLOB NOT NULL,                 -- PackedLines
      repetitions BLOB NOT NULL            -- PackedRepetitions
    ) STRICT;
    """
}

/// The statements of this stage, plain enough for another database than SQLite.
enum Statements {
  // MARK: The record

  static let recordHead = "SELECT sequence, hash FROM record ORDER BY sequence DESC LIMIT 1"
  static let appendRecord = """
    INSERT INTO record (sequence, time, kind, payload, payload_hash, hash) VALUES (?, ?, ?, ?, ?, ?)
    """
  static let recordFrom = """
    SELECT sequence, time, kind, payload, payload_hash, hash FROM record WHERE sequence >= ? ORDER BY sequence
    """
  static let recordEntry = """
    SELECT sequence, time, kind, payload, payload_hash, hash FROM record WHERE sequence = ?
    """
  static let purgePayload = "UPDATE record SET payload = NULL WHERE sequence = ?"
  /// The last that was known by then. The clock may have been set back since, so times need not be in order.
  static let sequenceAt = "SELECT sequence FROM record WHERE time <= ? ORDER BY sequence DESC LIMIT 1"

  // MARK: Drops

  static let lastDrop = "SELECT coalesce(max(id), 0) FROM drops"
  static let insertDrop = """
    INSERT INTO drops (id, source, name, sha256, facts, bytes, rows, decided, outcome, reasons, restates, ticket,
      refers_to, decided_by, because, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  private static let selectDrop = """
    SELECT drops.id, drops.source, drops.name, drops.sha256, drops.facts, drops.bytes, drops.rows, drops.decided,
      drops.outcome, drops.reasons, drops.restates, drops.ticket, drops.refers_to, drops.decided_by, drops.because,
      drops.record, (SELECT settled.id FROM drops settled
        WHERE settled.refers_to = drops.id AND settled.outcome IN ('accepted', 'rejected'))
    FROM drops
    """
  static let drop = selectDrop + " WHERE drops.id = ?"
  static let dropByTicket = selectDrop + " WHERE drops.ticket = ?"
  static let dropsOfIdentity =
    selectDrop
    + " WHERE drops.source = ? AND drops.sha256 = ? AND drops.facts = ? AND drops.outcome IN ('accepted', 'held')"
    + " ORDER BY drops.id DESC"
  static let allDrops = selectDrop + " ORDER BY drops.id"
  static let latestDrops = selectDrop + " WHERE drops.id < ? ORDER BY drops.id DESC LIMIT ?"
  static let latestDropsOfSource =
    selectDrop + " WHERE drops.source = ? AND drops.id < ? ORDER BY drops.id DESC LIMIT ?"
  static let acceptedAfter = selectDrop + " WHERE drops.outcome = 'accepted' AND drops.id > ? ORDER BY drops.id"
  static let acceptedThrough =
    selectDrop + " WHERE drops.outcome = 'accepted' AND drops.record <= ? ORDER BY drops.id"
  static let acceptedOfSource =
    selectDrop + " WHERE drops.source = ? AND drops.outcome = 'accepted' ORDER BY drops.id DESC LIMIT ?"
  static let firstPeriod = "SELECT min(period) FROM version WHERE source = ?"
  static let lastPeriod = "SELECT max(period) FROM version WHERE source = ?"
  static let sources = "SELECT DISTINCT source FROM drops WHERE outcome = 'accepted' ORDER BY source"
  static let insertTotal = "INSERT INTO drop_total (drop_id, measure, total, cells) VALUES (?, ?, ?, ?)"
  static let totals = "SELECT measure, total, cells FROM drop_total WHERE drop_id = ?"
  /// How many of a drop's versions are no longer what the ledger says.
  static let restatedOfDrop = """
    SELECT count(visibility.until) FROM version JOIN visibility ON visibility.version = version.id WHERE version.drop_id = ?
    """

  // MARK: Series

  static let lastSeries = "SELECT coalesce(max(id), 0) FROM series"
  static let seriesID = "SELECT id FROM series WHERE measure = ? AND members = ?"
  static let insertSeries = "INSERT INTO series (id, measure, members, drop_id, checksum) VALUES (?, ?, ?, ?, ?)"
  static let seriesAfter = "SELECT id, measure, members FROM series WHERE id > ? ORDER BY id"
  static let seriesOfMeasure = "SELECT id, measure, members FROM series WHERE measure = ? ORDER BY id"
  static let allSeries = "SELECT id, measure, members, drop_id, checksum FROM series ORDER BY id"
  static let checksumsOfSeries = "SELECT checksum FROM series WHERE drop_id = ? ORDER BY id"

  // MARK: Versions

  static let lastVersion = "SELECT coalesce(max(id), 0) FROM version"
  static let insertVersion = """
    INSERT INTO version (id, source, organisation, period, measure, drop_id, checksum, cells)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """
  static let show = "INSERT INTO visibility (version, since) SELECT id, ? FROM version WHERE drop_id = ? ORDER BY id"

  static let endSameBody = end(["source", "period", "organisation"])
  static let endSameMeasure = end(["source", "period", "organisation", "measure"])
  static let endSamePeriod = end(["source", "period"])
  /// Ends what the drop (the last argument) takes the place of: versions of other drops that agree with one of its own
  /// in the columns.
  private static func end(_ columns: [String]) -> String {
    """
    UPDATE visibility SET until = ?
    WHERE until IS NULL AND version IN (
      SELECT old.id
      FROM (SELECT DISTINCT drop_id, \(columns.joined(separator: ", ")) FROM version WHERE drop_id = ?) new
      JOIN version old
      ON \(columns.map { "old.\($0) = new.\($0)" }.joined(separator: " AND ")) AND old.drop_id <> new.drop_id)
    """
  }
  static let ended = "SELECT version FROM visibility WHERE until = ? ORDER BY version"
  /// How many of the versions that the record ended have no successor for their body and period in the drop.
  static let withdrawn = """
    SELECT count(*) FROM visibility JOIN version old ON old.id = visibility.version
    WHERE visibility.until = ? AND NOT EXISTS (
      SELECT 1 FROM version new WHERE new.drop_id = ? AND new.source = old.source AND new.period = old.period
        AND new.organisation = old.organisation)
    """
  /// Bodies that the restated drops spoke of and the new one does not: they keep their figures. In no order, so that a
  /// small drop into a large ledger stops at the limit.
  static let kept = """
    SELECT DISTINCT old.organisation FROM version old JOIN visibility ON visibility.version = old.id
    WHERE visibility.until IS NULL
      AND old.drop_id IN (SELECT was.drop_id FROM visibility e JOIN version was ON was.id = e.version WHERE e.until = ?)
      AND old.period IN (SELECT period FROM version WHERE drop_id = ?)
      AND NOT EXISTS (
        SELECT 1 FROM version new WHERE new.source = old.source AND new.period = old.period
          AND new.organisation = old.organisation AND new.drop_id = ?)
    LIMIT ?
    """
  static let checksumsOfVersions = "SELECT checksum FROM version WHERE drop_id = ? ORDER BY id"
  static let allVersions = """
    SELECT id, source, organisation, period, measure, drop_id, checksum, cells FROM version ORDER BY id
    """

  /// With the record that ended each, where one did: drop by drop, since a drop's versions have consecutive ids.
  static let everyVersion = """
    SELECT version.id, source, organisation, period, measure, drop_id, checksum, cells, visibility.until
    FROM version JOIN visibility ON visibility.version = version.id ORDER BY version.id
    """

  /// Those of a unit that something else has taken the place of by a record, oldest first.
  static let endedOfUnit = """
    SELECT version.id, source, organisation, period, measure, drop_id, checksum, cells
    FROM version JOIN visibility ON visibility.version = version.id
    WHERE visibility.until <= ? AND source = ? AND organisation = ? AND period = ? ORDER BY version.id
    """

  private static let selectVisible = """
    SELECT version.id, source, organisation, period, measure, drop_id, checksum, cells
    FROM visibility JOIN version ON version.id = visibility.version WHERE
    """
  private static let now = " visibility.until IS NULL"
  private static let then = " visibility.since <= ? AND (visibility.until IS NULL OR visibility.until > ?)"
  private static let ofUnit = " AND source = ? AND organisation = ? AND period = ?"
  private static let inOrder = " ORDER BY visibility.version"
  static let visible = selectVisible + now + inOrder
  static let visibleThen = selectVisible + then + inOrder
  static let visibleOfUnit = selectVisible + now + ofUnit + inOrder
  static let visibleOfUnitThen = selectVisible + then + ofUnit + inOrder

  /// The bodies and periods that a drop spoke of, or whose figures it ended.
  static let touched = """
    SELECT source, organisation, period FROM version WHERE drop_id = ?
    UNION
    SELECT source, organisation, period FROM visibility JOIN version ON version.id = visibility.version
    WHERE visibility.until = (SELECT record FROM drops WHERE id = ?)
    ORDER BY period, organisation
    """
  static let shownAtAnotherRecord = """
    SELECT version.id FROM version JOIN drops ON drops.id = version.drop_id
    LEFT JOIN visibility ON visibility.version = version.id
    WHERE visibility.since IS NULL OR visibility.since <> drops.record
    """
  static let endedByNoDrop = """
    SELECT visibility.version, visibility.until FROM visibility
    LEFT JOIN drops ON drops.record = visibility.until AND drops.outcome = 'accepted'
    WHERE visibility.until IS NOT NULL AND drops.id IS NULL
    """

  // MARK: Due returns

  static let insertDue = """
    INSERT INTO due (source, period, deadline, organisations, measures, noted, record) VALUES (?, ?, ?, ?, ?, ?, ?)
    """
  static let lastDue = "SELECT max(period) FROM due WHERE source = ?"
  static let due = """
    SELECT source, period, deadline, organisations, measures, noted, record FROM due
    WHERE record > ? AND record <= ? ORDER BY record
    """
  static let senders = "SELECT DISTINCT organisation FROM version WHERE source = ? ORDER BY organisation"

  // MARK: Lines

  static let insertLines = "INSERT INTO compared_lines (version, checksum, lines, repetitions) VALUES (?, ?, ?, ?)"
  static let checksumsOfLines = """
    SELECT compared_lines.checksum FROM version JOIN compared_lines ON compared_lines.version = version.id
    WHERE version.drop_id = ? ORDER BY version.id
    """
  static let allLines = "SELECT version, checksum, lines, repetitions FROM compared_lines ORDER BY version"
  static let linesOfVersion = "SELECT version, checksum, lines, repetitions FROM compared_lines WHERE version = ?"
  /// Of one organisation between two periods, as far as they are what the ledger says now, oldest period first.
  static let linesOfOrganisation = """
    SELECT compared_lines.version, compared_lines.checksum, compared_lines.lines, compared_lines.repetitions,
      version.period
    FROM version JOIN visibility ON visibility.version = version.id
    JOIN compared_lines ON compared_lines.version = version.id
    WHERE visibility.until IS NULL AND version.source = ? AND version.organisation = ? AND version.period BETWEEN ? AND ?
    ORDER BY version.period, version.id
    """
  static let placeOfVersion = "SELECT drop_id, period FROM version WHERE id = ?"

  // MARK: Markers

  static let marker = "SELECT value FROM marker WHERE name = ?"
  static let setMarker = """
    INSERT INTO marker (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value
    """
}
