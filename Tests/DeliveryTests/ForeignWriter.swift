import GRDBSQLite

/// Another program that keeps the database to itself for a while.
@safe final class ForeignWriter: @unchecked Sendable {
  // Safe: the tests lock on one thread and unlock on another, one after the other, and SQLite serialises besides.
  private var connection: OpaquePointer?
  private let path: String

  init(_ path: String) { self.path = path }

  func lock() -> Bool {
    unsafe sqlite3_open(path, &connection) == SQLITE_OK
      && sqlite3_exec(connection, "PRAGMA busy_timeout = 2000; BEGIN IMMEDIATE", nil, nil, nil) == SQLITE_OK
  }

  func unlock() { _ = unsafe sqlite3_exec(connection, "ROLLBACK", nil, nil, nil) }

  deinit { _ = unsafe sqlite3_close(connection) }
}
