package import Storage

/// What one accepted drop changed in what the ledger says.
package struct Change: Sendable {
  package var appeared: [Version]
  /// Versions that the drop took the place of, or withdrew.
  package var ended: [VersionID]
}

extension Ledger {
  package static func change(by drop: Drop, measures: Set<String>? = nil, in reading: some Reading) throws -> Change {
    let wanted = try WantedSeries(measures, in: reading)
    var appeared: [Version] = []
    try reading.forEach(Statements.versionsOfDrop, drop.id) { row in try wanted.pass(row) { appeared.append($0) } }
    return Change(
      appeared: appeared, ended: try reading.all(Statements.ended, drop.record) { row in try row.integer(0) })
  }
}
