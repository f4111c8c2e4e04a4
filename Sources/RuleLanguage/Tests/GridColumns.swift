import Diagnostics
import Finance

/// What a column of a grid holds.
enum GridColumn: Hashable {
  case organisation, measure, code, parent, from, to, successors
  case attribute(String)
  case dimension(String)
  /// A year as a whole has no month.
  case period(year: Int, month: Int?)
  /// Nothing; that was reported.
  case broken

  /// Those that every grid may have, whatever the rules declare.
  static let own: [String: GridColumn] = [
    "organisation": .organisation, "measure": .measure, "code": .code, "parent": .parent, "from": .from, "to": .to,
    "successors": .successors,
  ]

  var isPeriod: Bool { if case .period = self { true } else { false } }
}

/// Finds out what the columns of grids hold.
struct ColumnReader {
  let declarations: Declarations
  let calendar: FinancialCalendar
  let findings: Findings
  private var years: ClosedRange<Int>?

  /// More than any test needs that a person reads, and what keeps a hostile one small.
  private static let mostYears = 20

  init(_ declarations: Declarations, _ calendar: FinancialCalendar, _ findings: Findings) {
    self.declarations = declarations
    self.calendar = calendar
    self.findings = findings
  }

  mutating func columns(of grid: GridSyntax) -> [GridColumn] {
    var seen: [GridColumn: Span] = [:]
    var columns: [GridColumn] = []
    for written in grid.columns {
      let column = self.column(written)
      if column != .broken, let first = seen.updateValue(written.span, forKey: column) {
        findings.add(
          .columnTwice, "the grid has this column twice", at: written.span, "here again",
          also: [Diagnostic.Label(first, "first here")], fix: "one of them")
        columns.append(.broken)
      } else {
        columns.append(column)
      }
    }
    guard !columns.contains(.broken), let heading = grid.headingSpan else { return columns }
    if seen[.organisation] == nil {
      findings.add(
        .columnMissing, "the grid does not say whose figures these are", at: heading, fix: "a column `organisation`")
    }
    if seen[.measure] == nil, columns.contains(where: \.isPeriod) {
      findings.add(
        .columnMissing, "the grid does not say what its figures are of", at: heading, fix: "a column `measure`")
    }
    return columns
  }

  private mutating func column(_ written: GridSyntax.Column) -> GridColumn {
    switch written {
    case .period(let period): return self.period(period)
    case .name(let name):
      if let own = GridColumn.own[name.text] { return own }
      if declarations.dimensions.contains(name.text) { return .dimension(name.text) }
      if declarations.attributes.contains(name.text) { return .attribute(name.text) }
      if !declarations.broken.contains(name.text) { refuse(name) }
      return .broken
    }
  }

  private func refuse(_ name: Name) {
    if declarations.measureIndex[name.text] != nil {
      return findings.add(
        .columnUnknown, "measures stand in the rows of a grid, below `measure`; its columns are periods",
        at: name.span, "a measure", fix: "organisation | measure | 2013-14 M8")
    }
    let known = GridColumn.own.keys.sorted() + declarations.attributes.subtracting(["parent"]).sorted()
    let names = known + declarations.dimensions
    findings.add(
      .columnUnknown, "a grid has no column `\(name.text)`", at: name.span,
      fix: Suggestion.question(name.text, among: names) ?? Wording.list(names + ["a period"], "or", most: 20),
      repairs: Suggestion.repairs(name.text, at: name.span, among: names))
  }

  private mutating func period(_ written: YearOrPeriod) -> GridColumn {
    guard isWritten(written.year, calendar, findings) else { return .broken }
    let year = written.year.year
    let stretched = min(years?.lowerBound ?? year, year)...max(years?.upperBound ?? year, year)
    guard stretched.count <= Self.mostYears else {
      findings.add(.outOfRange, "the periods of a test lie within \(Self.mostYears) years", at: written.span)
      return .broken
    }
    years = stretched
    return .period(year: year, month: written.month)
  }
}

/// Whether a year is written as the rules' calendar has it; where it isn't, that is reported.
func isWritten(_ year: WrittenYear, _ calendar: FinancialCalendar, _ findings: Findings) -> Bool {
  guard year.isSplit == calendar.followsCalendarYear else { return true }
  let label = calendar.label(ofYear: year.year)
  findings.add(
    .malformedPeriod, "a year starts in \(Words.months[calendar.firstMonth - 1]) and is written `\(label)`",
    at: year.span, fix: label, repairs: [.replacing(year.span, with: label)])
  return false
}

extension GridSyntax.Column {
  var span: Span {
    switch self {
    case .name(let name): name.span
    case .period(let period): period.span
    }
  }
}

extension GridSyntax {
  /// From its first column to its last.
  var headingSpan: Span? {
    guard let first = columns.first?.span, let last = columns.last?.span else { return nil }
    return Span(text: first.text, start: first.start, end: last.end)
  }
}

extension GridSyntax.Cell {
  var isBlank: Bool { if case .blank = self { true } else { false } }
}
