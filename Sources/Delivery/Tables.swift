package import Storage

/// The outbox: what is to be said to whom, as it was said, and how often it was tried.
package enum Tables {
  package static let migrations = [Migration("delivery 1", first)]

  private static let first = """
    -- The bytes that go to a receiver, rendered once. Never deleted while they wait.
    CREATE TABLE message (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,           -- the id that the receiver sees
      receiver TEXT NOT NULL,
      body BLOB NOT NULL,
      frozen INTEGER NOT NULL,             -- milliseconds since 1970, as all times here
      state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead')),
      attempts INTEGER NOT NULL,           -- since it was frozen or last retried by a person
      due INTEGER NOT NULL,
      settled INTEGER,
      words TEXT NOT NULL                  -- how the last attempt ended
    ) STRICT;
    CREATE INDEX message_waiting ON message (receiver, due, id) WHERE state = 'waiting';
    CREATE INDEX message_dead ON message (receiver, id) WHERE state = 'dead';

    -- That a receiver is to hear of an announcement.
    CREATE TABLE notice (
      id INTEGER PRIMARY KEY,
      announcement INTEGER NOT NULL REFERENCES record (sequence),
      receiver TEXT NOT NULL,
      alert TEXT NOT NULL,                 -- notices of one alert reach a receiver in order
      batch INTEGER NOT NULL,              -- what was announced together
      due INTEGER NOT NULL,
      instead_of TEXT,                     -- the receiver that could not be reached
      message INTEGER REFERENCES message (id),
      given_up INTEGER                     -- when it went to the fallback without ever becoming a message
    ) STRICT;
    CREATE INDEX notice_open ON notice (receiver, due, id) WHERE message IS NULL AND given_up IS NULL;
    CREATE INDEX notice_by_alert ON notice (receiver, alert, message);
    CREATE INDEX notice_by_message ON notice (message);
    CREATE INDEX notice_by_announcement ON notice (announcement, receiver);

    CREATE TABLE attempt (
      id INTEGER PRIMARY KEY,
      message INTEGER NOT NULL REFERENCES message (id),
      time INTEGER NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('delivered', 'later', 'refused', 'gone')),
      words TEXT NOT NULL
    ) STRICT;
    CREATE INDEX attempt_by_message ON attempt (message);

    -- Receivers that said they want no more.
    CREATE TABLE disabled_receiver (
      name TEXT PRIMARY KEY,
      time INTEGER NOT NULL,
      words TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}

/// The statements of this stage, plain enough for another database than SQLite.
enum Statements {
  // MARK: Notices

  static let insertNotice = """
    INSERT INTO notice (announcement, receiver, alert, batch, due, instead_of) VALUES (?, ?, ?, ?, ?, ?)
    """
  static let isNoticed = "SELECT 1 FROM notice WHERE announcement = ? AND receiver = ? LIMIT 1"
  static let openNotices = """
    SELECT id, announcement, batch FROM notice
    WHERE receiver = ? AND message IS NULL AND given_up IS NULL AND due <= ? ORDER BY id LIMIT ?
    """
  static let nextNotice = """
    SELECT min(due) FROM notice WHERE receiver = ? AND message IS NULL AND given_up IS NULL AND due > ?
    """
  static let openReceivers = """
    SELECT receiver, max(messages) FROM (
      SELECT DISTINCT receiver, 0 AS messages FROM notice WHERE message IS NULL AND given_up IS NULL
      UNION ALL
      SELECT DISTINCT receiver, 1 FROM message WHERE state = 'waiting')
    GROUP BY receiver
    """
  static let assign = "UPDATE notice SET message = ? WHERE id = ?"
  static let noticesOfMessage =
    "SELECT announcement, alert, batch, instead_of FROM notice WHERE message = ? ORDER BY id"
  static let openNoticesOfReceiver = """
    SELECT announcement, alert, batch, instead_of FROM notice
    WHERE receiver = ? AND message IS NULL AND given_up IS NULL ORDER BY id
    """
  static let giveUpNotices = """
    UPDATE notice SET given_up = ? WHERE receiver = ? AND message IS NULL AND given_up IS NULL
    """

  // MARK: Messages

  static let insertMessage = """
    INSERT INTO message (name, receiver, body, frozen, state, attempts, due, words)
    VALUES (?, ?, ?, ?, 'waiting', 0, ?, '')
    """
  /// Due messages of a receiver before which nothing of the same alert is waiting.
  static let dueMessages = """
    SELECT id FROM message WHERE receiver = ? AND state = 'waiting' AND due <= ? AND NOT EXISTS (
      SELECT 1 FROM notice later
      JOIN notice earlier ON earlier.receiver = later.receiver AND earlier.alert = later.alert
        AND earlier.message < later.message
      JOIN message before ON before.id = earlier.message
      WHERE later.message = message.id AND before.state = 'waiting')
    ORDER BY due, id LIMIT ?
    """
  static let messageBytes = "SELECT name, body FROM message WHERE id = ?"
  static let nextMessage = "SELECT min(due) FROM message WHERE receiver = ? AND state = 'waiting' AND due > ?"
  static let waitingOfReceiver = "SELECT id FROM message WHERE receiver = ? AND state = 'waiting' ORDER BY id"
  static let attemptsOfMessage = "SELECT name, receiver, attempts FROM message WHERE id = ? AND state = 'waiting'"
  static let deliver = """
    UPDATE message SET state = 'delivered', attempts = attempts + 1, settled = ?, words = ? WHERE id = ?
    """
  static let postpone = "UPDATE message SET attempts = attempts + 1, due = ?, words = ? WHERE id = ?"
  static let bury = """
    UPDATE message SET state = 'dead', attempts = attempts + ?, settled = ?, words = ? WHERE id = ?
    """
  static let bringForward = "UPDATE message SET due = ? WHERE receiver = ? AND state = 'waiting' AND due > ?"
  static let insertAttempt = "INSERT INTO attempt (message, time, outcome, words) VALUES (?, ?, ?, ?)"
  static let revive = """
    UPDATE message SET state = 'waiting', attempts = 0, due = ?, settled = NULL WHERE name = ? AND state = 'dead'
    """
  static let reviveReceiver = """
    UPDATE message SET state = 'waiting', attempts = 0, due = ?, settled = NULL WHERE receiver = ? AND state = 'dead'
    """

  // MARK: Receivers

  static let disable = """
    INSERT INTO disabled_receiver (name, time, words) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING
    """
  static let enable = "DELETE FROM disabled_receiver WHERE name = ?"
  static let disabled = "SELECT name, time, words FROM disabled_receiver ORDER BY name"

  // MARK: What people ask

  static let deliveries = """
    SELECT id, name, receiver, frozen, state, attempts, due, settled, words, length(body),
      (SELECT count(*) FROM notice WHERE notice.message = message.id) FROM message WHERE id < ? ORDER BY id DESC LIMIT ?
    """
  static let deliveriesInState = """
    SELECT id, name, receiver, frozen, state, attempts, due, settled, words, length(body),
      (SELECT count(*) FROM notice WHERE notice.message = message.id)
    FROM message WHERE state = ? AND id < ? ORDER BY id DESC LIMIT ?
    """
  static let delivery = """
    SELECT id, name, receiver, frozen, state, attempts, due, settled, words, length(body),
      (SELECT count(*) FROM notice WHERE notice.message = message.id) FROM message WHERE name = ?
    """
  static let attempts = "SELECT time, outcome, words FROM attempt WHERE message = ? ORDER BY id"
  static let announcementsOfMessage = "SELECT announcement FROM notice WHERE message = ? ORDER BY id"
  static let undelivered = """
    SELECT receiver, count(*), min(words) FROM (
      SELECT receiver, words FROM message WHERE state <> 'delivered'
      UNION ALL
      SELECT receiver, 'not yet sent' FROM notice WHERE message IS NULL AND given_up IS NULL)
    GROUP BY receiver ORDER BY receiver
    """
}
