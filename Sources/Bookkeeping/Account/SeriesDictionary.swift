package import Finance
import Hashing
package import Storage

/// The ledger's own numbers for series, given once and for ever.
enum SeriesDictionary {
  /// The ids of a drop's series, in the drop's order; those not met before are added.
  static func identify(_ series: [Series], drop: DropID, in transaction: Transaction) throws
    -> (ids: [SeriesID], newChecksums: [[UInt8]])
  {
    var last = try transaction.first(Statements.lastSeries) { row in try row.integer(0) } ?? 0
    var ids: [SeriesID] = []
    var checksums: [[UInt8]] = []
    ids.reserveCapacity(series.count)
    for one in series {
      let members = try text(one.members)
      if let known = try transaction.first(Statements.seriesID, one.measure, members, as: { try $0.integer(0) }) {
        ids.append(SeriesID(known))
      } else {
        last += 1
        precondition(last <= Int64(SeriesID.max), "more series than have a number")
        let sum = checksum(id: last, measure: one.measure, members: members, drop: drop)
        try transaction.execute(Statements.insertSeries, last, one.measure, members, drop, sum)
        checksums.append(sum)
        ids.append(SeriesID(last))
      }
    }
    return (ids, checksums)
  }

  /// SHA-256(0x02 ‖ id ‖ drop ‖ measure ‖ members), as in `StoredVersion.expectedChecksum`.
  static func checksum(id: Int64, measure: String, members: String, drop: DropID) -> [UInt8] {
    var hash = SHA256()
    hash.update([0x02])
    hash.update(bigEndian: id)
    hash.update(bigEndian: drop)
    hash.update(measured: measure)
    hash.update(measured: members)
    return hash.finish()
  }

  private static func text(_ members: [Series.Member]) throws -> String {
    if members.isEmpty { return "{}" }
    return try JSONText.text(Dictionary(uniqueKeysWithValues: members.map { ($0.dimension, $0.value) }))
  }

  /// A row of the columns id, measure, members.
  static func read(_ row: Row) throws -> (id: SeriesID, series: Series) {
    let id = try row.integer(0)
    let members = try JSONText.value([String: String].self, row.text(2), of: "series \(id)")
    return (
      SeriesID(truncatingIfNeeded: id),
      Series(measure: try row.text(1), members: members.map { Series.Member(dimension: $0.key, value: $0.value) })
    )
  }
}

extension Ledger {
  /// The series of the ledger by their ids.
  ///
  /// - Parameters:
  ///   - measures: these alone; all for nil.
  ///   - after: those with a greater id, which is to say newer ones.
  package static func series(
    measures: Set<String>? = nil, after: SeriesID = 0, in reading: some Reading
  ) throws -> [SeriesID: Series] {
    var found: [SeriesID: Series] = [:]
    if let measures {
      for measure in measures {
        try reading.forEach(Statements.seriesOfMeasure, measure) { row in
          let (id, series) = try SeriesDictionary.read(row)
          if id > after { found[id] = series }
        }
      }
    } else {
      try reading.forEach(Statements.seriesAfter, after) { row in
        let (id, series) = try SeriesDictionary.read(row)
        found[id] = series
      }
    }
    return found
  }
}
