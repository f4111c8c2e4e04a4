import Finance

/// What the repeated lines of a file come to: figures like any other, and for each the two rows.
struct Repeats {
  private let lists: [RepeatSearch.List]
  private let log: LineLog
  private let plan: Plan
  private let cells: CellTable

  /// Looks for them and adds them up in the cells. A line that repeats nothing counts nothing, which is a figure too: what
  /// has no figure was not compared.
  ///
  /// - Throws: what reading the earlier lines throws.
  init?(
    _ log: LineLog, source: SourceSettings, fixed: FixedKeys, plan: Plan, cells: CellTable, history: any LineHistory,
    _ problems: inout DropProblems
  ) throws {
    // A file whose dates can be read in two ways is refused for that.
    guard let settings = source.repeats, let periods = try? plan.periods?.settled() ?? fixed.period.map({ [$0] })
    else { return nil }
    self.log = log
    self.plan = plan
    self.cells = cells
    let organisationColumn = plan.keys.firstIndex { $0.kind == .organisation }
    let periodColumn = plan.keys.firstIndex { $0.kind == .period }
    lists = try RepeatSearch(source: source, settings: settings, history: history, log: log).search { line in
      let codes = log.codes(of: line)
      let organisation = organisationColumn.flatMap { column in
        plan.organisations.map { $0.codes[Int(codes[codes.startIndex + column])] }
      }
      let period = periodColumn.map { Int(codes[codes.startIndex + $0]) } ?? 0
      return (organisation ?? fixed.organisation ?? "", periods[period])
    }
    add(&problems)
  }

  private func add(_ problems: inout DropProblems) {
    var counted: Set<UInt64> = []
    for found in lists.lazy.flatMap(\.found) {
      let key = key(of: found.line)
      counted.insert(key)
      for (place, measure) in log.measures.enumerated() {
        let isAdded = cells.add(
          log.value(of: found.line, place), row: found.line.row, to: key | UInt64(measure.slot))
        if !isAdded {
          problems.add(
            DropProblem(.overflow, row: Int(found.line.row), "the sum of the repeated rows is too large to keep"))
        }
      }
    }
    for line in log.lines where counted.insert(key(of: line)).inserted {
      for measure in log.measures { _ = cells.add(0, row: line.row, to: key(of: line) | UInt64(measure.slot)) }
    }
  }

  private func key(of line: LineLog.Line) -> UInt64 {
    zip(log.codes(of: line), cells.shifts).reduce(0) { $0 | UInt64($1.0) << UInt64($1.1) }
  }

  /// Puts the lines beside the figures that were added up from them.
  func attach(to figures: inout [Figures], series: [Series]) {
    guard let measure = log.measures.first else { return }
    let decoder = KeyDecoder(plan: plan, cells: cells)
    let numbers = Dictionary(series.enumerated().map { ($1, UInt32($0)) }, uniquingKeysWith: { first, _ in first })
    for list in lists {
      guard
        let place = figures.firstIndex(where: { $0.organisation == list.organisation && $0.period == list.period })
      else { continue }
      let repetitions = list.found.prefix(ComparedLines.mostRepetitions).map { found in
        let key = key(of: found.line) | UInt64(measure.slot)
        let own = decoder.series(key, plan.settings[decoder.setting(key)].measure)
        return Repetition(
          series: numbers[own]!, row: found.line.row, value: log.value(of: found.line, 0),
          earlierVersion: found.version, earlierRow: found.row)
      }
      figures[place].lines = ComparedLines(lines: list.lines, repetitions: Array(repetitions))
    }
  }
}
