import GRDB
import GRDBSQLite
import Glibc

/// The database of a ledger, opened by the one process that may write it.
///
/// One connection writes and checkpoints; reads run beside it on connections of their own, each on a snapshot. What a
/// body throws comes out as thrown; what SQLite refuses comes out as `StorageError`.
package final class Store: Sendable {
  package let path: String
  private let pool: DatabasePool
  private let lock: Lock

  /// Opens the database, makes it where there is none, and brings its schema up to date.
  ///
  /// - Parameter patience: seconds to wait while a foreign program keeps the file to itself.
  /// - Throws: `StorageError`: `.locked` (another daemon), `.networkFileSystem`, `.notALedger`, `.newerSchema`,
  ///   `.notDurable`, or what the disk said.
  package init(at path: String, migrations: [Migration], patience: Double = 5) throws {
    let folder = Files.folder(of: path)
    try Files.makeFolder(folder, mode: 0o2750)
    try Self.refuseNetworkFileSystem(folder)
    lock = try Lock(at: Self.lockPath(path))
    try Self.makeFile(path)
    self.path = path
    do {
      pool = try DatabasePool(path: path, configuration: .outturn(patience: patience))
      try pool.write { database in try Identity.claim(database, path) }
      try pool.read { database in try migrations.refuseNewer(database, path) }
      try migrations.run(on: pool)
      try pool.writeWithoutTransaction { database in try Self.makeDurable(database, path) }
    } catch let error as DatabaseError {
      throw StorageError.sqlite(error, path)
    }
  }

  /// Runs the body in one transaction, synced to disk when this returns; a body that throws leaves no trace.
  package func write<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
    do {
      return try pool.write { database in try body(Transaction(database: database, path: path)) }
    } catch let error as DatabaseError {
      throw StorageError.sqlite(error, path)
    }
  }

  /// Runs the body on the state of this moment, whatever is written meanwhile.
  package func read<Value>(_ body: (Snapshot) throws -> Value) throws -> Value {
    do {
      return try pool.read { database in try body(Snapshot(database: database, path: path)) }
    } catch let error as DatabaseError {
      throw StorageError.sqlite(error, path)
    }
  }

  /// Moves what the write-ahead log holds into the database file, as far as readers allow. For idle moments.
  package func checkpoint() throws {
    do {
      try pool.writeWithoutTransaction { database in _ = try database.checkpoint(.passive) }
    } catch let error as DatabaseError {
      throw StorageError.sqlite(error, path)
    }
  }

  /// Waits for reads and writes to end, checkpoints and closes. The lock goes with the value.
  package func close() throws {
    // SQLite would do so with the last connection, but that is one of the readers'. What cannot be moved now (a full
    // disk) is as safe in the log, and moved by the next start.
    try? checkpoint()
    do { try pool.close() } catch let error as DatabaseError { throw StorageError.sqlite(error, path) }
  }

  private static func lockPath(_ path: String) -> String {
    (path.hasSuffix(".db") ? String(path.dropLast(3)) : path) + ".lock"
  }

  private static func refuseNetworkFileSystem(_ folder: String) throws(StorageError) {
    let networked: Set = [
      "nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afs", "coda", "ncpfs", "9p", "ceph", "lustre", "gfs", "gfs2",
      "ocfs2", "beegfs", "glusterfs", "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone", "vboxsf",
    ]
    guard let kind = Files.fileSystem(of: folder), networked.contains(kind) else { return }
    throw StorageError(
      .networkFileSystem, "\(folder) lies on a network file system (\(kind)), which does not keep locks and syncs",
      advice: "Put the ledger on a disk of this machine; inboxes may stay where they are.")
  }

  /// Makes an empty file so that it has its mode from the first byte; SQLite gives the same to its log and its shared
  /// memory. A file that exists is never opened here: closing it again would drop SQLite's locks.
  private static func makeFile(_ path: String) throws(StorageError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else {
      if errno == EEXIST { return }
      throw .system("make", path)
    }
    defer { Glibc.close(descriptor) }
    guard fchmod(descriptor, 0o640) == 0 else { throw .system("set the mode of", path) }
  }

  /// GRDB sets `synchronous = NORMAL` on entering WAL, which may forget the last commits in a power cut. An alert that
  /// went out must not be forgotten.
  private static func makeDurable(_ database: Database, _ path: String) throws {
    // A log that one great drop has made long is cut when it is next begun anew.
    try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = \(16 << 20)")
    let synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous")
    let journal = try String.fetchOne(database, sql: "PRAGMA journal_mode")
    let foreignKeys = try Int.fetchOne(database, sql: "PRAGMA foreign_keys")
    guard synchronous == 2, journal == "wal", foreignKeys == 1 else {
      throw StorageError(
        .notDurable, "SQLite does not keep \(path) safely here",
        advice: "Use a SQLite library built with its usual options.",
        cause: "synchronous \(synchronous ?? -1), journal \(journal ?? "none"), foreign keys \(foreignKeys ?? -1)")
    }
    // A reader of the group, who may not make files in the folder, needs the log to be there when no daemon runs.
    var keep: CInt = 1
    let result = unsafe sqlite3_file_control(database.sqliteConnection, nil, SQLITE_FCNTL_PERSIST_WAL, &keep)
    guard result == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: result)) }
  }
}

/// A ledger opened by a command that only looks, while a daemon may be writing it.
package final class ReadOnlyStore: Sendable {
  package let path: String
  private let queue: DatabaseQueue

  /// - Throws: `StorageError`: `.missing`, `.permission`, `.notALedger`, `.newerSchema`, `.olderSchema`.
  package init(at path: String, migrations: [Migration]) throws {
    guard Files.exists(path) else { throw StorageError.system("open the ledger", path) }
    self.path = path
    do {
      var configuration = Configuration.outturn(patience: 5)
      configuration.readonly = true
      queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.read { database in
        try Identity.check(database, path)
        try migrations.refuseNewer(database, path)
        try migrations.refuseOlder(database, path)
      }
    } catch let error as DatabaseError {
      throw StorageError.sqlite(error, path)
    }
  }

  package func read<Value>(_ body: (Snapshot) throws -> Value) throws -> Value {
    do {
      return try queue.read { database in try body(Snapshot(database: database, path: path)) }
    } catch let error as DatabaseError {
      throw StorageError.sqlite(error, path)
    }
  }
}

/// SQLite's `application_id`, by which `file` and we tell a ledger from any other database.
private enum Identity {
  /// "Outt"
  static let outturn = 0x4F75_7474

  static func check(_ database: Database, _ path: String) throws {
    guard try Int.fetchOne(database, sql: "PRAGMA application_id") != outturn else { return }
    throw StorageError(.notALedger, "\(path) is not a ledger", advice: "Check the path in the configuration.")
  }

  /// Marks a database that has nothing in it; any other must bear the mark.
  static func claim(_ database: Database, _ path: String) throws {
    let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
    guard isEmpty else { return try check(database, path) }
    try database.execute(sql: "PRAGMA application_id = \(outturn)")
  }
}

extension Configuration {
  fileprivate static func outturn(patience: Double) -> Configuration {
    var configuration = Configuration()
    configuration.label = "ledger"
    configuration.busyMode = .timeout(patience)
    configuration.maximumReaderCount = 4
    configuration.prepareDatabase { database in
      // What is in the file is data: no function or view of a tampered schema is run on trust.
      try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
      // Of a new database only. Versions of a few kilobytes leave a third of each page of the usual 4,096 bytes empty.
      try database.execute(sql: "PRAGMA page_size = 8192")
    }
    return configuration
  }
}
