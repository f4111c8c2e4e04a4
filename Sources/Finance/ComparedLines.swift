/// The lines of one organisation in one period of a drop, as far as telling them apart goes: of each a fingerprint of the
/// columns that its source compares.
///
/// Two lines that agree in those columns have one fingerprint. Two that do not have one in a case out of 2⁶⁴; whoever
/// is shown a repetition is shown both rows.
package struct ComparedLines: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    package var fingerprint: UInt64
    /// Counted from 1, the heading is a row.
    package var row: UInt32

    package init(fingerprint: UInt64, row: UInt32) {
      self.fingerprint = fingerprint
      self.row = row
    }
  }

  /// In order of their fingerprints; of one fingerprint the first row alone.
  package var lines: [Line]
  /// In order of their rows; the first `mostRepetitions`.
  package var repetitions: [Repetition]

  /// Beyond this many, rows say no more than that the whole list was sent again.
  package static let mostRepetitions = 10_000

  package init(lines: [Line], repetitions: [Repetition]) {
    self.lines = lines
    self.repetitions = repetitions
  }
}

/// A line that says again what another had said.
package struct Repetition: Hashable, Sendable {
  /// Of the figure that it counts in: an index into the series table of its drop.
  package var series: UInt32
  package var row: UInt32
  /// Its amount, in the smallest steps of the measure.
  package var value: Int64
  /// The version that the other line is in; nil: the same file.
  package var earlierVersion: Int64?
  package var earlierRow: UInt32

  package init(series: UInt32, row: UInt32, value: Int64, earlierVersion: Int64?, earlierRow: UInt32) {
    self.series = series
    self.row = row
    self.value = value
    self.earlierVersion = earlierVersion
    self.earlierRow = earlierRow
  }
}
