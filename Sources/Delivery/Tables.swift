package import Storage

/// The tables of this stage: what is to be told to whom, the frozen messages, and every attempt to hand one over.
package enum Tables {
  package static let migrations = [
    Migration(
      "delivery 1: notices, messages, attempts",
      """
      -- An announcement that a receiver is to get. `message` is set once, when it is frozen.
      CREATE TABLE notice (
        announcement INTEGER NOT NULL REFERENCES record (sequence),
        receiver TEXT NOT NULL,
        due INTEGER NOT NULL,                -- milliseconds since 1970
        message INTEGER REFERENCES message (number),
        PRIMARY KEY (announcement, receiver)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX notice_unfrozen ON notice (receiver, announcement, due) WHERE message IS NULL;
      CREATE INDEX notice_by_message ON notice (message) WHERE message IS NOT NULL;

      -- What goes to a receiver at once. The body never changes; state, attempts and due do.
      CREATE TABLE message (
        number INTEGER PRIMARY KEY,          -- in the order of freezing
        id TEXT NOT NULL UNIQUE,             -- as the receiver sees it
        receiver TEXT NOT NULL,
        alert TEXT,                          -- whose messages reach the receiver in order; NULL where order is nothing
        frozen INTEGER NOT NULL,             -- milliseconds since 1970
        -- behind: an earlier message of its alert is still waiting
        state TEXT NOT NULL CHECK (state IN ('behind', 'waiting', 'delivered', 'dead')),
        attempts INTEGER NOT NULL,           -- how far it is on the schedule
        due INTEGER NOT NULL,                -- milliseconds since 1970
        body BLOB NOT NULL
      ) STRICT;
      CREATE INDEX message_waiting ON message (receiver, due, number) WHERE state = 'waiting';
      CREATE INDEX message_undelivered ON message (receiver, alert, state, number) WHERE state <> 'delivered';

      CREATE TABLE attempt (
        id INTEGER PRIMARY KEY,
        message INTEGER NOT NULL REFERENCES message (number),
        began INTEGER NOT NULL,              -- milliseconds since 1970
        ended INTEGER NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('delivered', 'later', 'refused', 'gone')),
        words TEXT NOT NULL
      ) STRICT;
      CREATE INDEX attempt_by_message ON attempt (message, id);

      -- Receivers that said they want no more (410). A row goes when a person retries.
      CREATE TABLE disabled_receiver (
        name TEXT PRIMARY KEY,
        since INTEGER NOT NULL               -- milliseconds since 1970
      ) STRICT, WITHOUT ROWID;
      """)
  ]
}

/// The statements of this stage that change something, or look for work. Those behind a command stand with its summary.
enum Statements {
  // MARK: Notices

  /// A receiver that a route names twice is told once.
  static let writeNotice = """
    INSERT INTO notice (announcement, receiver, due) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
    """
  /// Of the receivers in a JSON array.
  static let dueNotices = """
    SELECT announcement, receiver FROM notice
    WHERE receiver IN (SELECT value FROM json_each(?)) AND message IS NULL AND due <= ?
    ORDER BY announcement LIMIT ?
    """
  static let nextNotice = "SELECT min(due) FROM notice WHERE message IS NULL AND due > ?"
  static let freezeNotice = "UPDATE notice SET message = ? WHERE announcement = ? AND receiver = ?"

  // MARK: Messages

  static let insertMessage = """
    INSERT INTO message (id, receiver, alert, frozen, state, attempts, due, body) VALUES (?, ?, ?, ?, 'behind', 0, ?, ?)
    """
  /// Those that are due and not in the JSON array of numbers, the one longest due first.
  static let dueMessages = """
    SELECT number, id, alert, attempts, body FROM message
    WHERE receiver = ?1 AND state = 'waiting' AND due <= ?2 AND number NOT IN (SELECT value FROM json_each(?3))
      AND NOT EXISTS (SELECT 1 FROM disabled_receiver WHERE name = ?1)
    ORDER BY due, number LIMIT ?4
    """
  static let nextMessage = "SELECT min(due) FROM message WHERE receiver = ? AND state = 'waiting' AND due > ?"

  static let releaseOne = "UPDATE message SET state = 'waiting' WHERE number = ?"
  /// The first that stands behind, where none of its alert is waiting.
  static let releaseOfAlert = """
    UPDATE message SET state = 'waiting'
    WHERE number = (SELECT min(number) FROM message
        WHERE receiver = ?1 AND alert = ?2 AND state = 'behind' AND state <> 'delivered')
      AND NOT EXISTS (SELECT 1 FROM message
        WHERE receiver = ?1 AND alert = ?2 AND state = 'waiting' AND state <> 'delivered')
    """
  static let settle = "UPDATE message SET state = ?, attempts = ? WHERE number = ?"
  static let postpone = "UPDATE message SET due = ?, attempts = ? WHERE number = ?"
  static let insertAttempt = "INSERT INTO attempt (message, began, ended, outcome, words) VALUES (?, ?, ?, ?, ?)"

  // MARK: Receivers

  static let disable = "INSERT INTO disabled_receiver (name, since) VALUES (?, ?) ON CONFLICT DO NOTHING"
  static let enable = "DELETE FROM disabled_receiver WHERE ?1 IS NULL OR name = ?1"

  // MARK: Starting afresh

  /// Every undelivered message of one receiver (of all, for NULL), from the beginning of the schedule.
  static let retry = """
    UPDATE message SET state = 'behind', attempts = 0, due = ?1
    WHERE state <> 'delivered' AND (?2 IS NULL OR receiver = ?2)
    """
  /// The first of each alert among those that `retry` has put behind.
  static let releaseAfterRetry = """
    UPDATE message SET state = 'waiting'
    WHERE state = 'behind' AND state <> 'delivered' AND (?1 IS NULL OR receiver = ?1)
      AND (alert IS NULL OR number = (SELECT min(number) FROM message first
        WHERE first.receiver = message.receiver AND first.alert = message.alert
          AND first.state = 'behind' AND first.state <> 'delivered'))
    """
  /// What is due later than any schedule reaches.
  static let bringForwardMessages = "UPDATE message SET due = ?1 WHERE state <> 'delivered' AND due > ?2"
  static let bringForwardNotices = "UPDATE notice SET due = ?1 WHERE message IS NULL AND due > ?2"
  /// What failed while a receiver was down need not wait out its time once the receiver is back.
  static let bringForwardOfReceiver = """
    UPDATE message SET due = ?1 WHERE receiver = ?2 AND state = 'waiting' AND due > ?1
    """
}
