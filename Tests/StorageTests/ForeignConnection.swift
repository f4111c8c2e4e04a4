import GRDBSQLite

/// Another program with the database open, which follows none of our rules.
@safe
final class ForeignConnection {
  struct Refused: Error { var code: Int32 }
  private var connection: OpaquePointer?

  init(_ path: String) throws {
    let code = unsafe sqlite3_open_v2(path, &connection, SQLITE_OPEN_READWRITE, nil)
    guard code == SQLITE_OK else { throw Refused(code: code) }
  }

  deinit { unsafe sqlite3_close(connection) }

  func run(_ sql: String) throws {
    let code = unsafe sqlite3_exec(connection, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw Refused(code: code) }
  }
}
