package import Finance
package import Storage

/// A line that says again what another line said, with the places of both.
package struct RepeatedLine: Hashable, Sendable {
  /// Of the figure that it counts in.
  package var series: Series
  package var value: Int64
  package var drop: Drop
  package var row: Int
  package var earlierDrop: Drop
  package var earlierPeriod: Period
  package var earlierRow: Int
}

extension Ledger {
  /// The lines of an organisation that are what the ledger says now of periods, list by list, oldest period first.
  package static func lines(
    of organisation: String, in periods: ClosedRange<Period>, source: String, in reading: some Reading,
    _ body: (VersionID, Period, [ComparedLines.Line]) throws -> Void
  ) throws {
    try reading.forEach(
      Statements.linesOfOrganisation, source, organisation, periods.lowerBound.stored, periods.upperBound.stored
    ) { row in
      let stored = try StoredLines(row)
      try body(stored.version, period(row.integer(4)), stored.unpacked().lines)
    }
  }

  /// The repeated lines that a version counts, in the order of their rows; none where its source does not compare lines.
  /// The first `ComparedLines.mostRepetitions` of them.
  ///
  /// - Parameter members: dimension values that a line must have.
  package static func repeatedLines(
    of version: VersionID, members: [Series.Member] = [], in reading: some Reading
  ) throws -> [RepeatedLine] {
    guard
      let repetitions = try reading.first(
        Statements.linesOfVersion, version, as: { try StoredLines($0).unpacked().repetitions }), !repetitions.isEmpty
    else { return [] }
    let series = try series(in: reading)
    var places: [VersionID: (drop: Drop, period: Period)] = [:]
    func place(_ version: VersionID) throws -> (drop: Drop, period: Period) {
      if let known = places[version] { return known }
      let found = try reading.first(Statements.placeOfVersion, version) { row in
        (try row.integer(0), try period(row.integer(1)))
      }
      guard let (id, period) = found, let drop = try drop(id, in: reading) else {
        throw StorageError(
          .damaged, "The ledger is damaged: there is no version \(version)", advice: StorageError.restoreAdvice)
      }
      places[version] = (drop, period)
      return (drop, period)
    }
    return try repetitions.compactMap { repetition in
      guard let series = series[repetition.series], members.allSatisfy(series.members.contains) else { return nil }
      let earlier = try place(repetition.earlierVersion ?? version)
      return RepeatedLine(
        series: series, value: repetition.value, drop: try place(version).drop, row: Int(repetition.row),
        earlierDrop: earlier.drop, earlierPeriod: earlier.period, earlierRow: Int(repetition.earlierRow))
    }
  }
}
