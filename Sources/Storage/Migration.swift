import GRDB

/// One step of the schema, run once, in a transaction of its own, in the order of the list it stands in.
package struct Migration: Sendable {
  /// Unique for ever: `"bookkeeping 1"`. A step that has been released is never edited.
  package var name: String
  /// One or more statements. Every table is STRICT.
  package var sql: String

  package init(_ name: String, _ sql: String) {
    self.name = name
    self.sql = sql
  }
}

extension [Migration] {
  private var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for migration in self {
      migrator.registerMigration(migration.name) { database in
        try database.execute(sql: migration.sql)
        let lax = try String.fetchAll(
          database,
          sql: """
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND NOT strict
              AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'grdb_migrations'
            """)
        precondition(lax.isEmpty, "tables that are not STRICT: \(lax)")
      }
    }
    return migrator
  }

  /// - Throws: `.newerSchema` where the database has been through a step that this program does not know.
  func refuseNewer(_ database: Database, _ path: String) throws {
    guard try migrator.hasBeenSuperseded(database) else { return }
    throw StorageError(
      .newerSchema, "\(path) was written by a newer outturn than this one",
      advice: "Install that version again, or restore a backup from before it.")
  }

  /// - Throws: `.olderSchema` where steps are outstanding that only the writer may take.
  func refuseOlder(_ database: Database, _ path: String) throws {
    guard try !migrator.hasCompletedMigrations(database) else { return }
    throw StorageError(
      .olderSchema, "\(path) was written by an older outturn than this one",
      advice: "Start the daemon once; it brings the ledger up to date.")
  }

  func run(on writer: any DatabaseWriter) throws { try migrator.migrate(writer) }
}
