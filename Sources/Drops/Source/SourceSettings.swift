import Diagnostics
package import Finance

/// Where drops of one kind arrive and how they are read: one entry of `sources:`, checked.
package struct SourceSettings: Hashable, Sendable {
  package var name: String
  /// The folder that is watched.
  package var inbox: String
  /// Which files in it are drops of this source; `*/` before a name looks one folder down.
  package var files: [NamePattern]
  /// Between two looks.
  package var every: Duration
  package var ready: ReadyRule
  /// The inbox belongs to someone else: nothing in it is moved, and what was read is remembered.
  package var keepsFiles: Bool
  package var order: ListingOrder

  package var encoding: TextEncoding
  /// nil is found out from the headings.
  package var separator: UInt8?
  package var decimalMark: DecimalMark
  package var limits: TableLimits
  /// Headings that the heading row holds; empty is the headings that the columns use.
  package var header: [ColumnReference]
  /// `ends: blank row`: what stands below the first blank row is not read.
  package var endsAtBlankRow: Bool

  package var organisation: OrganisationSetting
  package var period: PeriodSetting
  package var dimensions: [DimensionSetting]
  package var measures: MeasureLayout
  /// Rows that meet one of these are not read.
  package var ignoreRows: [RowCondition]
  /// Where there are any, only rows that meet one of these are read.
  package var keepRows: [RowCondition]
  /// What stands in place of an amount that isn't there.
  package var noValue: [String]

  package var restates: Restatement
  package var repeatedRows: RepeatedRows
  package var absent: AbsentCells
  /// Until when a period is to be returned; nil where nobody waits for one. Without the configuration's holidays.
  package var due: Deadline?
  /// Whose returns are waited for.
  package var expects: ExpectedSenders
  package var repeats: RepeatSettings?
  package var plausible: PlausibleRange?
  package var controlTotal: ControlTotal?
}

/// What is done about two rows for the same organisation, period, measure and dimensions.
package enum RepeatedRows: String, Hashable, Sendable, CaseIterable {
  case refuse, add
}

/// What a cell means that was there in the period before and is not now.
package enum AbsentCells: String, Hashable, Sendable, CaseIterable {
  case unknown, zero, unchanged
}

/// Who is to return a period by the day on which it is due.
package enum ExpectedSenders: Hashable, Sendable {
  /// Whoever is on the register on the period's last day; without a register, whoever has returned anything before.
  case everyone
  /// Those on the register on that day whose attributes are, or are not, one of some values.
  case matching([Condition])
  /// These, by their codes.
  case codes([String])

  package struct Condition: Hashable, Sendable {
    package var attribute: String
    package var value: String
    /// `is not`.
    package var isExcluded: Bool

    package init(attribute: String, value: String, isExcluded: Bool = false) {
      self.attribute = attribute
      self.value = value
      self.isExcluded = isExcluded
    }
  }
}

/// In which order the files of one look are taken.
package enum ListingOrder: String, Hashable, Sendable, CaseIterable {
  /// Natural name order: `month 2` before `month 10`.
  case name
  /// Oldest first.
  case modified
}

/// A column by its heading. Case, spaces and line breaks in headings don't count.
///
/// Where a heading stands in several columns, `nth` counts them from the left, or `under` names the heading in a row
/// above that spans the one that is meant.
package struct ColumnReference: Hashable, Sendable {
  package var heading: String
  package var nth: Int?
  package var under: String?

  package init(_ heading: String, nth: Int? = nil, under: String? = nil) {
    self.heading = heading
    self.nth = nth
    self.under = under
  }
}

/// Whom a row is about.
package enum OrganisationSetting: Hashable, Sendable {
  case column(ColumnReference, by: OrganisationMatch)
  /// Every row is about one organisation, by its code.
  case value(String)
  /// The file's folder is named for it.
  case folderName
  /// A part of the file's name is its code or name.
  case fileName(NameTemplate)
}

/// What a cell that names an organisation holds.
package enum OrganisationMatch: String, Hashable, Sendable, CaseIterable {
  case code, name
  /// Its code or, failing that, its name.
  case either = "code or name"
}

/// When a row is about.
package enum PeriodSetting: Hashable, Sendable {
  /// With several layouts, the one that every row of a file can be read in.
  case column(ColumnReference, layouts: [Period.Layout])
  /// As a rule writes it: `2021-22`, `2021-22 M8`.
  case value(String)
  /// A part of the file's name, in this layout; where the name holds no year, it is the one given.
  case fileName(NameTemplate, layout: Period.Layout, year: String?)
}

package struct DimensionSetting: Hashable, Sendable {
  package enum Origin: Hashable, Sendable {
    case column(ColumnReference)
    case value(String)
  }
  package var name: String
  package var origin: Origin

  package init(name: String, origin: Origin) {
    self.name = name
    self.origin = origin
  }
}

/// How amounts find their measures.
package enum MeasureLayout: Hashable, Sendable {
  /// A column a measure.
  case wide([MeasureColumn])
  /// One column names the measure, one holds the amount.
  case long(naming: ColumnReference, names: [NamedMeasure], amount: ColumnReference)
}

package struct MeasureColumn: Hashable, Sendable {
  package enum Origin: Hashable, Sendable {
    case column(ColumnReference)
    /// `rows: 1`: each row counts one.
    case rows
    /// `repeats: paid`: the amounts of another measure, by its place, on lines that repeat another line; nil is how many
    /// such lines there are (`repeats: rows`).
    case repeats(of: Int?)
  }
  package var figure: FigureSetting
  package var origin: Origin

  package init(figure: FigureSetting, origin: Origin) {
    self.figure = figure
    self.origin = origin
  }
}

/// One measure of a long layout and what the file calls it.
package struct NamedMeasure: Hashable, Sendable {
  package var written: String
  package var figure: FigureSetting

  package init(written: String, figure: FigureSetting) {
    self.written = written
    self.figure = figure
  }
}

/// What an amount in the file stands for.
package struct FigureSetting: Hashable, Sendable {
  package enum Unit: Hashable, Sendable {
    /// Kept in ten-thousandths.
    case amount(AmountUnit)
    /// Kept in billionths.
    case ratio(RatioReader.Unit)
  }
  package var measure: String
  package var unit: Unit
  /// What an amount above zero says in the file; nil: what the measure is declared to say.
  package var positive: Direction?

  package init(measure: String, unit: Unit, positive: Direction? = nil) {
    self.measure = measure
    self.unit = unit
    self.positive = positive
  }
}

package enum Direction: String, Hashable, Sendable, CaseIterable { case favourable, adverse }

/// Columns that hold one of these values each, all at once.
package struct RowCondition: Hashable, Sendable {
  package struct Part: Hashable, Sendable {
    package var column: ColumnReference
    package var values: [String]
    package init(column: ColumnReference, values: [String]) {
      self.column = column
      self.values = values
    }
  }
  package var parts: [Part]
  package init(parts: [Part]) { self.parts = parts }
}

/// `plausible: { total: within 5 times the median of the last 6 drops }`
package struct PlausibleRange: Hashable, Sendable {
  package struct Band: Hashable, Sendable {
    package var times: Int
    package var drops: Int
    package init(times: Int, drops: Int) {
      self.times = times
      self.drops = drops
    }
  }
  /// Of what each measure adds up to.
  package var total: Band?
  /// Of how many rows were read.
  package var rows: Band?
  /// Of each measure's largest amount.
  package var largest: Band?

  package init(total: Band? = nil, rows: Band? = nil, largest: Band? = nil) {
    self.total = total
    self.rows = rows
    self.largest = largest
  }
}

/// A row of the file that states what its amounts add up to.
package struct ControlTotal: Hashable, Sendable {
  package var row: RowCondition
  /// By how much it may differ, in the unit of the column.
  package var tolerance: Int

  package init(row: RowCondition, tolerance: Int) {
    self.row = row
    self.tolerance = tolerance
  }
}

extension MeasureLayout {
  /// The measures that say what repeated lines come to.
  package var ofRepeats: Set<String> {
    guard case .wide(let columns) = self else { return [] }
    return Set(
      columns.compactMap { column in
        if case .repeats = column.origin { column.figure.measure } else { nil }
      })
  }

  /// The measures that drops of this source may hold.
  package var names: Set<String> { Set(figures.map(\.measure)) }

  /// What stands for each of them in the file.
  package var figures: [FigureSetting] {
    switch self {
    case .wide(let columns): columns.map(\.figure)
    case .long(_, let names, _): names.map(\.figure)
    }
  }
}

extension SourceSettings {
  /// Whether a name in the inbox (`name`, or `folder/name`) is one of those that it reads.
  package func takes(_ name: String) -> Bool { files.contains { $0.matches(name) } }

  /// Which names it reads, for a message: `*.csv or *.csv.gz`.
  package var patterns: String { Wording.list(files.map(\.text), "or") }
}
