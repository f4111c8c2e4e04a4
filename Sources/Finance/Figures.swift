/// What one amount is about, apart from whose and when: a measure and its dimension values.
package struct Series: Hashable, Sendable {
  package var measure: String
  /// In the order of the dimensions' names; each a (dimension, value).
  package var members: [Member]

  package struct Member: Hashable, Sendable {
    package var dimension: String
    package var value: String
    package init(dimension: String, value: String) {
      self.dimension = dimension
      self.value = value
    }
  }

  package init(measure: String, members: [Member] = []) {
    self.measure = measure
    self.members = members.sorted { $0.dimension < $1.dimension }
  }
}

/// The sum of a drop's entries that share a key.
@frozen
package struct Cell: Hashable, Sendable {
  /// An index into the series table of the drop it came with.
  package var series: UInt32
  /// How many rows of the drop were added up.
  package var rows: UInt32
  /// The first of those rows, counted from 1 as a person counts lines of records in the file (the heading is a row).
  package var firstRow: UInt32
  /// Ten-thousandths (money, count, number) or billionths (ratio), as the measure is declared.
  package var value: Int64

  @inlinable package init(series: UInt32, rows: UInt32, firstRow: UInt32, value: Int64) {
    self.series = series
    self.rows = rows
    self.firstRow = firstRow
    self.value = value
  }
}

/// All that one drop says of one organisation in one period: what becomes a version in the ledger.
package struct Figures: Sendable {
  package var organisation: String
  package var period: Period
  /// The measure alone, where a source's versions are kept by measure (`restates: […, measure]`).
  package var measure: String?
  /// Sorted by series.
  package var cells: [Cell]
  /// The lines that the cells were added up from, where the source looks for lines that repeat.
  package var lines: ComparedLines?

  package init(
    organisation: String, period: Period, measure: String? = nil, cells: [Cell], lines: ComparedLines? = nil
  ) {
    self.organisation = organisation
    self.period = period
    self.measure = measure
    self.cells = cells
    self.lines = lines
  }
}

/// A drop read whole and found good: what the ledger takes in.
package struct DropContents: Sendable {
  package var source: String
  /// The file's name in the inbox.
  package var name: String
  package var sha256: [UInt8]
  package var byteCount: Int
  package var rowCount: Int
  /// Facts that came from the file's name or folder rather than its bytes; a part of the drop's identity.
  package var facts: [String: String]
  package var series: [Series]
  package var figures: [Figures]
  package var restates: Restatement

  package init(
    source: String, name: String, sha256: [UInt8], byteCount: Int, rowCount: Int, facts: [String: String] = [:],
    series: [Series], figures: [Figures], restates: Restatement
  ) {
    self.source = source
    self.name = name
    self.sha256 = sha256
    self.byteCount = byteCount
    self.rowCount = rowCount
    self.facts = facts
    self.series = series
    self.figures = figures
    self.restates = restates
  }
}

/// Which earlier figures of the same source a drop takes the place of.
package enum Restatement: String, Hashable, Sendable {
  /// `restates: [organisation, period]`: the same body and period; bodies that the drop omits keep theirs.
  case organisationAndPeriod
  /// `restates: [organisation, period, measure]`
  case organisationPeriodAndMeasure
  /// `restates: [period]`: the whole period; bodies that the drop omits are withdrawn.
  case period
  /// `adds: true`: nothing; a transaction feed.
  case nothing
}
