package import Finance

/// What became of a delivered file once it was read.
package enum DropOutcome: String, Hashable, Sendable, CaseIterable {
  case accepted
  /// Readable but implausible: a person decides.
  case held
  /// Not readable: nothing of it is taken.
  case rejected
}

/// One file, read once from end to end.
package struct DropReading: Sendable {
  package var name: DropName
  package var sha256: [UInt8]
  package var byteCount: Int
  package var statistics: DropStatistics
  /// What the ledger would take in; nil where there are problems.
  package var contents: DropContents?
  package var problems: DropProblems
  /// Why a person should look at it first, a sentence each.
  package var doubts: [String]

  package var outcome: DropOutcome {
    contents == nil ? .rejected : doubts.isEmpty ? .accepted : .held
  }
}

/// What a drop adds up to: shown by a trial, kept as history, compared with what came before.
package struct DropStatistics: Hashable, Sendable {
  /// Read as data, and passed over (`ignore_rows`, `keep_rows`).
  package var rows = 0
  package var rowsIgnored = 0
  package var cells = 0
  package var organisations = 0
  /// By measure, then by period.
  package var totals: [MeasureTotal] = []
  /// For each amount column the figure farthest from zero.
  package var largest: [LargestFigure] = []

  /// A column by which lines are compared and that the file lacks: what repeats in it is not known.
  package var notComparedFor: String?

  package init() {}
}

package struct MeasureTotal: Hashable, Sendable {
  package var measure: String
  package var period: Period
  /// In the measure's smallest steps: ten-thousandths, of a ratio billionths.
  package var total: Int128
  package var isRatio: Bool
  package var cells: Int
}

package struct LargestFigure: Hashable, Sendable {
  package var column: String
  package var figure: Int64
  package var row: Int
}
