import Diagnostics
import Finance

/// What one grid says. Organisations are numbers of the test's register: their codes are known at the test's end.
struct GridFigures {
  struct Figure {
    var organisation: Int
    var series: Series
    var period: Period
    var value: Int64
    var span: Span
  }

  struct Due: Hashable {
    var organisation: Int
    var measure: String
    var period: Period
  }

  var figures: [Figure] = []
  /// In the order of the rows.
  var due: [Due] = []
}

/// Checks the grids of one test, `given` and then its drops, and puts together what they say.
struct GridChecker {
  private let declarations: Declarations
  private let cells: CellReader
  private let findings: Findings
  private let calendar: FinancialCalendar
  private var reader: ColumnReader
  private(set) var register: TestRegister
  /// The values of dimensions that figures have: the subjects that they make.
  private(set) var members: Set<Series.Member> = []

  private static let mostRows = 2_000

  init(_ declarations: Declarations, _ settings: Settings, _ findings: Findings) {
    self.declarations = declarations
    self.findings = findings
    calendar = settings.calendar
    cells = CellReader(currency: settings.currency, findings: findings)
    reader = ColumnReader(declarations, settings.calendar, findings)
    register = TestRegister(findings)
  }

  private typealias Row = [(column: GridColumn, cell: Written<GridSyntax.Cell>)]

  /// Whose figures a row has, and of what.
  private struct Head {
    var organisation: Int?
    var measure: Measure?
    /// What it names is wrong, and was reported.
    var isBroken = false
  }

  private struct FigurePlace: Hashable {
    var organisation: Int
    var series: Series
    var period: Period
  }

  mutating func check(_ grid: GridSyntax) -> GridFigures {
    let columns = reader.columns(of: grid)
    if grid.rows.count > Self.mostRows {
      findings.add(.outOfRange, "a grid has at most \(Self.mostRows) rows", at: grid.rows[Self.mostRows][0].span)
    }
    var result = GridFigures()
    var places: [FigurePlace: Span] = [:]
    var above = Head()
    for written in grid.rows.prefix(Self.mostRows) {
      let row = Array(zip(columns, written)) as Row
      above = head(row, below: above)
      guard let organisation = above.organisation else { continue }
      describe(organisation, row)
      guard let measure = above.measure else {
        refuseFigures(row, unless: above.isBroken || !columns.contains(.measure))
        continue
      }
      let series = Series(measure: measure.name, members: dimensions(row, of: measure))
      for (column, cell) in row {
        guard case .period(let year, let month) = column, let period = period(year, month, of: measure, cell) else {
          continue
        }
        if !measure.isReference {
          result.due.append(GridFigures.Due(organisation: organisation, measure: measure.name, period: period))
        }
        guard let value = cells.figure(cell, of: measure) else { continue }
        let place = FigurePlace(organisation: organisation, series: series, period: period)
        if let first = places.updateValue(cell.span, forKey: place) {
          findings.add(
            .figureTwice, "the grid has this figure twice", at: cell.span, "here again",
            also: [Diagnostic.Label(first, "first here")], fix: "one of them, or another measure or dimension")
        }
        result.figures.append(
          GridFigures.Figure(
            organisation: organisation, series: series, period: period, value: value, span: cell.span))
      }
    }
    return result
  }

  // MARK: The head of a row

  /// An empty organisation is that of the row above, and then so is an empty measure. A row that names an organisation
  /// without a measure only says who there is.
  private mutating func head(_ row: Row, below above: Head) -> Head {
    var head = Head()
    var isSame = false
    if let cell = row.first(where: { $0.column == .organisation })?.cell {
      if cell.value.isBlank {
        isSame = true
        head.organisation = above.organisation
        if above.organisation == nil, !above.isBroken {
          findings.add(
            .cellUnfit, "the first row says whose figures these are", at: cell.span, fix: "the organisation's name")
          head.isBroken = true
        }
      } else if let name = cells.text(cell, "an organisation's name") {
        head.organisation = register.body(called: name.value, at: name.span)
      }
    }
    head.isBroken = head.isBroken || head.organisation == nil
    guard let cell = row.first(where: { $0.column == .measure })?.cell else { return head }
    switch cell.value {
    case .blank where isSame:
      head.measure = above.measure
      head.isBroken = head.isBroken || above.isBroken
    case .blank: break
    case .name(let word):
      head.measure = measure(word, at: cell.span)
      head.isBroken = head.isBroken || head.measure == nil
    case .literal:
      findings.add(.cellUnfit, "a measure is a name, without quotation marks", at: cell.span, fix: "forecast")
      head.isBroken = true
    }
    return head
  }

  private func measure(_ word: String, at span: Span) -> Measure? {
    if let index = declarations.measureIndex[word] { return declarations.measures[index] }
    guard !declarations.broken.contains(word) else { return nil }
    let known = declarations.measures.map(\.name)
    let isLet = declarations.lets[word] != nil
    findings.add(
      .unknownName, isLet ? "`\(word)` is a let; a test gives measures" : "there is no measure `\(word)`", at: span,
      fix: Suggestion.question(word, among: known) ?? Wording.list(known, "or"),
      repairs: Suggestion.repairs(word, at: span, among: known))
    return nil
  }

  private func refuseFigures(_ row: Row, unless isExcused: Bool) {
    let figure = row.first { $0.column.isPeriod && !$0.cell.value.isBlank }
    guard !isExcused, let cell = figure?.cell else { return }
    findings.add(.cellUnfit, "the row does not say what this figure is of", at: cell.span, fix: "its measure")
  }

  // MARK: Organisations and dimensions

  private mutating func describe(_ organisation: Int, _ row: Row) {
    for (column, cell) in row {
      switch column {
      case .code:
        if let text = cells.text(cell, "a code") { register.say(code: text, of: organisation) }
      case .parent: say(cell, "parent", of: organisation, in: \.parent)
      case .successors: say(cell, "successor", of: organisation, in: \.successors)
      case .attribute(let name):
        if let text = cells.text(cell, "the \(name)") { register.say(attribute: name, text, of: organisation) }
      case .from:
        if let day = cells.day(cell, "`from`") { register.say(day, as: "first day", of: organisation, in: \.from) }
      case .to:
        if let day = cells.day(cell, "`to`") { register.say(day, as: "last day", of: organisation, in: \.to) }
      case .organisation, .measure, .dimension, .period, .broken: break
      }
    }
  }

  private mutating func say(
    _ cell: Written<GridSyntax.Cell>, _ what: String, of organisation: Int,
    in field: WritableKeyPath<TestRegister.Body, Written<String>?>
  ) {
    if let text = cells.text(cell, "a \(what)") { register.say(text, as: what, of: organisation, in: field) }
  }

  private mutating func dimensions(_ row: Row, of measure: Measure) -> [Series.Member] {
    var result: [Series.Member] = []
    for (column, cell) in row {
      guard case .dimension(let name) = column, let text = cells.text(cell, "a \(name)") else { continue }
      guard measure.dimensions.contains(name) else {
        let has = measure.dimensions.isEmpty ? "none" : Wording.list(measure.dimensions)
        findings.add(
          .unknownDimension, "`\(measure.name)` has no dimension `\(name)`", at: text.span, "it has \(has)",
          fix: "leave the cell empty")
        continue
      }
      let member = Series.Member(dimension: name, value: text.value)
      members.insert(member)
      result.append(member)
    }
    return result
  }

  // MARK: Periods

  /// Where a figure stands that the grid has under this heading; nil for an empty cell that the measure has no place in,
  /// and for a figure that is reported.
  private func period(_ year: Int, _ month: Int?, of measure: Measure, _ cell: Written<GridSyntax.Cell>) -> Period? {
    let isEmpty = cell.value.isBlank
    guard let month else {
      if measure.step == .year { return Period(year: year, month: 12) }
      // What is stated for a year stands before its first month.
      if measure.isReference, measure.basis == .fullYear || measure.basis == nil { return Period(year: year, month: 0) }
      if !isEmpty {
        findings.add(
          .figureMisplaced, "`\(measure.name)` is a figure for each \(measure.step.rawValue)", at: cell.span,
          "under a whole year", fix: "a column for the month, as in \(calendar.label(Period(year: year, month: 8)))")
      }
      return nil
    }
    let period = Period(year: year, month: month)
    if period.end(of: measure.step) == period { return period }
    if !isEmpty {
      let end = period.end(of: measure.step)
      let column = measure.step == .year ? calendar.label(end, .year) : calendar.label(end)
      findings.add(
        .figureMisplaced, "`\(measure.name)` is a figure for each \(measure.step.rawValue)", at: cell.span,
        "under \(calendar.label(period))", fix: "a column \(column)")
    }
    return nil
  }
}
