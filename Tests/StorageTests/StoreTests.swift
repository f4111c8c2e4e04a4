import Glibc
import Storage
import TestKit
import Testing

@Suite struct StoreTests {
  let folder = TemporaryFolder()
  var path: String { folder.path + "/state/ledger.db" }

  static let first = Migration("first", "CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT;")
  static let second = Migration("second", "ALTER TABLE note ADD COLUMN author TEXT;")

  func open(_ migrations: [Migration] = [first]) throws -> Store { try Store(at: path, migrations: migrations) }

  func words(_ reading: some Reading) throws -> [String] {
    try reading.all("SELECT words FROM note ORDER BY id") { row in try row.text(0) }
  }

  /// As the unit does (RestrictSUIDSGID), under which these tests run too.
  static let refusesGroupBit: Bool = {
    let folder = TemporaryFolder()
    return unsafe chmod(folder.path, 0o2750) != 0
  }()

  func mode(_ path: String) -> UInt32 {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test func whatIsWrittenIsThereAfterReopening() throws {
    var store: Store? = try open()
    try store?.write { transaction in try transaction.execute("INSERT INTO note (words) VALUES (?)", "kept") }
    store = nil
    #expect(try open().read(words) == ["kept"])
  }

  @Test func aBodyThatThrowsLeavesNoTrace() throws {
    struct Change: Error {}
    let store = try open()
    #expect(throws: Change.self) {
      try store.write { transaction in
        try transaction.execute("INSERT INTO note (words) VALUES (?)", "gone")
        throw Change()
      }
    }
    #expect(try store.read(words) == [])
  }

  @Test func valuesComeBackAsTheyWent() throws {
    let store = try open([
      Migration("values", "CREATE TABLE v (number INTEGER, words TEXT, bytes BLOB) STRICT;")
    ])
    try store.write { transaction in
      try transaction.execute("INSERT INTO v VALUES (?, ?, ?)", Int64.min, "£1 −2", [0, 255, 7] as [UInt8])
      try transaction.execute("INSERT INTO v VALUES (?, ?, ?)", Int?.none, String?.none, [] as [UInt8])
    }
    try store.read { snapshot in
      let rows = try snapshot.all("SELECT * FROM v ORDER BY rowid") { row in
        (try row.integerOrNil(0), try row.textOrNil(1), try row.bytes(2))
      }
      #expect(rows[0] == (Int64.min, "£1 −2", [0, 255, 7]))
      #expect(rows[1] == (nil, nil, []))
    }
  }

  @Test func everyCommitIsSynced() throws {
    let store = try open()
    let settings = try store.write { transaction in
      try ["synchronous", "foreign_keys", "application_id"].map { name in
        try transaction.first("PRAGMA \(name)") { row in try row.integer(0) }
      }
    }
    #expect(settings == [2, 1, 0x4F75_7474])
    #expect(try store.read { try $0.first("PRAGMA journal_mode") { row in try row.text(0) } } == "wal")
  }

  @Test func groupMayReadAndOthersNothing() throws {
    let store = try open()
    #expect([0o2750, Self.refusesGroupBit ? 0o750 : 0o2750].contains(mode(folder.path + "/state")))
    for suffix in ["", "-wal", "-shm"] { #expect(mode(path + suffix) == 0o640, "ledger.db\(suffix)") }
    try store.close()
    #expect(Files.exists(path + "-wal"), "the log stays, for readers that cannot make one")
  }

  @Test func aSecondWriterIsRefusedAndTheFirstNamed() throws {
    let store = try open()
    let error = #expect(throws: StorageError.self) { try open() }
    #expect(error?.code == .locked)
    #expect(error?.message.contains("process \(getpid())") == true)
    try store.close()
  }

  @Test func theLockGoesWithItsHolder() throws {
    var store: Store? = try open()
    try store?.write { transaction in try transaction.execute("INSERT INTO note (words) VALUES ('a')") }
    store = nil
    _ = try open()
  }

  @Test func commandsReadWhileTheDaemonWrites() throws {
    let store = try open()
    let reader = try ReadOnlyStore(at: path, migrations: [Self.first])
    try store.write { transaction in try transaction.execute("INSERT INTO note (words) VALUES ('seen')") }
    #expect(try reader.read(words) == ["seen"])
    #expect(throws: StorageError.self) {
      try reader.read { try $0.first("DELETE FROM note RETURNING id") { row in try row.integer(0) } }
    }
    #expect(try reader.read(words) == ["seen"])
  }

  @Test func aSnapshotDoesNotMove() throws {
    let store = try open()
    try store.read { snapshot in
      #expect(try words(snapshot) == [])
      try store.write { transaction in try transaction.execute("INSERT INTO note (words) VALUES ('later')") }
      #expect(try words(snapshot) == [])
    }
    #expect(try store.read(words) == ["later"])
  }

  @Test func aNewerSchemaIsRefused() throws {
    var store: Store? = try open([Self.first, Self.second])
    try store?.close()
    store = nil
    let error = #expect(throws: StorageError.self) { try open([Self.first]) }
    #expect(error?.code == .newerSchema)
    let reading = #expect(throws: StorageError.self) { try ReadOnlyStore(at: path, migrations: [Self.first]) }
    #expect(reading?.code == .newerSchema)
  }

  @Test func anOlderSchemaIsBroughtUpToDateByTheWriterAlone() throws {
    var store: Store? = try open()
    try store?.write { transaction in try transaction.execute("INSERT INTO note (words) VALUES ('old')") }
    store = nil
    let error = #expect(throws: StorageError.self) {
      try ReadOnlyStore(at: path, migrations: [Self.first, Self.second])
    }
    #expect(error?.code == .olderSchema)
    let migrated = try open([Self.first, Self.second])
    #expect(try migrated.read { try $0.all("SELECT author FROM note") { row in row.isNull(0) } } == [true])
  }

  @Test func aMigrationIsAllOrNothing() throws {
    let broken = Migration("broken", "CREATE TABLE half (a INTEGER) STRICT; CREATE TABLE note (a INTEGER) STRICT;")
    #expect(throws: StorageError.self) { try open([Self.first, broken]) }
    let store = try open()
    #expect(
      try store.read { try $0.all("SELECT name FROM sqlite_master WHERE name = 'half'") { row in try row.text(0) } }
        .isEmpty)
  }

  @Test func anotherFileIsNoLedger() throws {
    try Files.makeFolder(folder.path + "/state", mode: 0o750)
    let file = unsafe fopen(path, "w")
    unsafe fputs(String(repeating: "words that are no database, ", count: 100), file)
    unsafe fclose(file)
    let error = #expect(throws: StorageError.self) { try open() }
    #expect(error?.code == .notALedger)
  }

  @Test func aForeignDatabaseIsNoLedger() throws {
    var store: Store? = try open()
    try store?.write { transaction in try transaction.execute("PRAGMA application_id = 7") }
    store = nil
    #expect(#expect(throws: StorageError.self) { try open() }?.code == .notALedger)
  }

  /// FAULTS 37, shortened: who keeps the file to himself is waited for, then told of, and nothing is half done.
  @Test func aForeignLockIsWaitedForAndThenNamed() throws {
    let store = try Store(at: path, migrations: [Self.first], patience: 0.2)
    let foreign = try ForeignConnection(path)
    try foreign.run("BEGIN IMMEDIATE")
    let error = #expect(throws: StorageError.self) {
      try store.write { transaction in try transaction.execute("INSERT INTO note (words) VALUES ('a')") }
    }
    #expect(error?.code == .busy)
    try foreign.run("ROLLBACK")
    try store.write { transaction in try transaction.execute("INSERT INTO note (words) VALUES ('b')") }
    #expect(try store.read(words) == ["b"])
  }

  @Test func aMissingLedgerIsSaidToBeMissing() {
    #expect(#expect(throws: StorageError.self) { try ReadOnlyStore(at: path, migrations: []) }?.code == .missing)
  }

  @Test func theFileSystemOfAFolderIsKnown() {
    #expect(Files.fileSystem(of: "/proc") == "proc")
  }
}
