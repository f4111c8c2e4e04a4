import GRDB

/// What can be asked: a `Snapshot`, or the `Transaction` that is being written.
///
/// SQL is plain and positional: `?` for each argument, in order. Statements are prepared once and kept.
package protocol Reading {
  func forEach(_ sql: String, arguments: [any Storable], _ body: (Row) throws -> Void) throws
}

extension Reading {
  /// Every row, as it comes.
  package func forEach(_ sql: String, _ arguments: any Storable..., body: (Row) throws -> Void) throws {
    try forEach(sql, arguments: arguments, body)
  }

  /// Every row, made into something.
  package func all<Value>(_ sql: String, _ arguments: any Storable..., as make: (Row) throws -> Value) throws
    -> [Value]
  {
    var values: [Value] = []
    try forEach(sql, arguments: arguments) { row in values.append(try make(row)) }
    return values
  }

  /// The first row made into something, or nil where there is none.
  package func first<Value>(_ sql: String, _ arguments: any Storable..., as make: (Row) throws -> Value) throws
    -> Value?
  {
    var value: Value?
    try forEach(sql, arguments: arguments) { row in if value == nil { value = try make(row) } }
    return value
  }

  /// What SQLite's own checks find wrong with the file's pages, indexes and foreign keys: nothing, in words, if all is
  /// well. They do not see a changed byte within a value.
  package func integrityProblems() throws -> [String] {
    try all("PRAGMA integrity_check") { row in try row.text(0) }.filter { $0 != "ok" }
      + all("PRAGMA foreign_key_check") { row in
        "a row of \(try row.text(0)) refers to one of \(try row.text(2)) that is not there"
      }
  }
}

/// The database as it was at one moment.
package struct Snapshot: Reading {
  let database: Database
  let path: String

  package func forEach(_ sql: String, arguments: [any Storable], _ body: (Row) throws -> Void) throws {
    try database.forEach(sql, arguments, path, body)
  }
}

/// The one thing that can write. All that is done with it is kept together, or none of it.
package struct Transaction: Reading {
  let database: Database
  let path: String

  /// Runs one statement that returns no rows.
  package func execute(_ sql: String, _ arguments: any Storable...) throws {
    try database.cachedStatement(sql: sql).execute(arguments: StatementArguments(arguments))
  }

  /// The rowid that the last INSERT gave.
  package var lastInserted: Int64 { database.lastInsertedRowID }

  /// How many rows the last statement changed.
  package var changes: Int { database.changesCount }

  package func forEach(_ sql: String, arguments: [any Storable], _ body: (Row) throws -> Void) throws {
    try database.forEach(sql, arguments, path, body)
  }
}

extension Database {
  fileprivate func forEach(
    _ sql: String, _ arguments: [any Storable], _ path: String, _ body: (Row) throws -> Void
  ) throws {
    // A statement that is being stepped through cannot be run again by a query inside the closure: such a query is
    // another SQL text, or it would restart this one.
    let cursor = try GRDB.Row.fetchCursor(cachedStatement(sql: sql), arguments: StatementArguments(arguments))
    while let row = try cursor.next() { try body(Row(row: row, path: path)) }
  }
}

extension StatementArguments {
  fileprivate init(_ arguments: [any Storable]) {
    self.init(arguments.lazy.map { $0.stored.databaseValue })
  }
}
