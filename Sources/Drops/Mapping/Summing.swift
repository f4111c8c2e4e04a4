import Finance

/// Turns the cells of a table, numbered as the file wrote its keys, into figures by what the keys mean.
///
/// Two spellings of one organisation or period meet here, and count as rows of one cell.
struct Summing {
  let source: SourceSettings
  let context: ReadingContext
  let fixed: FixedKeys
  let plan: Plan
  let cells: CellTable

  private(set) var series: [Series] = []
  private(set) var figures: [Figures] = []
  private(set) var problems: [DropProblem] = []

  /// Where one version's cells are gathered.
  private struct Unit: Hashable {
    var organisation: String
    var period: Period
    var measure: String?
  }

  init(source: SourceSettings, context: ReadingContext, fixed: FixedKeys, plan: Plan, cells: CellTable) {
    self.source = source
    self.context = context
    self.fixed = fixed
    self.plan = plan
    self.cells = cells
  }

  mutating func sum() {
    let periods: [Period]
    do throws(AmbiguousPeriod) {
      periods = try plan.periods?.settled() ?? fixed.period.map { [$0] } ?? []
    } catch {
      return problems.append(ambiguous(error))
    }
    let decoder = KeyDecoder(plan: plan, cells: cells)
    var seriesOfKey: [UInt64: Int] = [:]
    var found: [Series] = []
    var places: [Series: Int] = [:]
    var gathered: [Unit: [Cell]] = [:]
    var unitKey = UInt64.max
    var unit = Unit(organisation: "", period: Period(year: 0, month: 0))
    var pending: [Cell] = []
    let signs = plan.settings.indices.map { plan.sign($0, context) }
    cells.forEach { key, sum in
      let partial = key & decoder.seriesMask
      let setting = decoder.setting(key)
      let place: Int
      if let known = seriesOfKey[partial] {
        place = known
      } else {
        let series = decoder.series(key, plan.settings[setting].measure)
        place = places[series] ?? found.count
        if place == found.count {
          found.append(series)
          places[series] = place
        }
        seriesOfKey[partial] = place
      }
      let byMeasure = source.restates == .organisationPeriodAndMeasure
      let next = byMeasure ? key : key & ~decoder.seriesMask
      if next != unitKey {
        if !pending.isEmpty { gathered[unit, default: []].append(contentsOf: pending) }
        pending.removeAll(keepingCapacity: true)
        unitKey = next
        unit = Unit(
          organisation: plan.organisations.map { $0.codes[decoder.organisation(key)] } ?? fixed.organisation ?? "",
          period: periods[decoder.period(key)], measure: byMeasure ? plan.settings[setting].measure : nil)
      }
      let (value, overflows) = sum.value.multipliedReportingOverflow(by: signs[setting])
      if overflows { problems.append(overflow(Int(sum.firstRow))) }
      pending.append(Cell(series: UInt32(place), rows: sum.rows, firstRow: sum.firstRow, value: value))
    }
    if !pending.isEmpty { gathered[unit, default: []].append(contentsOf: pending) }
    finish(found, gathered)
  }

  /// Sorts the series, and the cells by them; adds cells up that turn out to be one.
  private mutating func finish(_ found: [Series], _ gathered: consuming [Unit: [Cell]]) {
    let order = found.indices.sorted { found[$0].precedes(found[$1]) }
    var newPlace = Array(repeating: UInt32(0), count: found.count)
    for (place, old) in order.enumerated() { newPlace[old] = UInt32(place) }
    series = order.map { found[$0] }
    let counting = Set(
      plan.figures.filter { $0.column == nil }.compactMap { $0.setting.map { plan.settings[$0].measure } })
    figures.reserveCapacity(gathered.count)
    for (unit, unsorted) in gathered {
      var cells = unsorted
      for index in cells.indices { cells[index].series = newPlace[Int(cells[index].series)] }
      cells.sort { ($0.series, $0.firstRow) < ($1.series, $1.firstRow) }
      figures.append(
        Figures(
          organisation: unit.organisation, period: unit.period, measure: unit.measure, cells: merged(cells, counting)))
    }
    figures.sort { ($0.organisation, $0.period, $0.measure ?? "") < ($1.organisation, $1.period, $1.measure ?? "") }
  }

  private mutating func merged(_ cells: [Cell], _ counting: Set<String>) -> [Cell] {
    var kept: [Cell] = []
    kept.reserveCapacity(cells.count)
    for cell in cells {
      guard let last = kept.last, last.series == cell.series else {
        kept.append(cell)
        continue
      }
      if source.repeatedRows == .refuse && !counting.contains(series[Int(cell.series)].measure) {
        problems.append(
          DropProblem(
            .repeated, row: Int(cell.firstRow),
            "this row is for the same organisation, period and measure as row \(last.firstRow)",
            expected: "one row for each, or in the source `repeated_rows: add`"))
      }
      let (value, overflows) = last.value.addingReportingOverflow(cell.value)
      if overflows { problems.append(overflow(Int(cell.firstRow))) }
      kept[kept.count - 1].value = value
      kept[kept.count - 1].rows += cell.rows
    }
    return kept
  }

  private func overflow(_ row: Int) -> DropProblem {
    DropProblem(.overflow, row: row, "the sum of the rows is too large to keep")
  }

  private func ambiguous(_ found: AmbiguousPeriod) -> DropProblem {
    let decoder = KeyDecoder(plan: plan, cells: cells)
    var row = Int.max
    cells.forEach { key, sum in
      if decoder.period(key) == Int(found.code) { row = min(row, Int(sum.firstRow)) }
    }
    let column = plan.keys.first { $0.kind == .period }
    return DropProblem(
      .period, row: row == .max ? nil : row, column: column?.heading, value: found.text,
      "“\(found.text)” can be read as \(found.layouts[0]) and as \(found.layouts[1]), "
        + "and no date in the file decides which",
      expected: "the layout in the source, such as `as: \(found.layouts[0])`")
  }
}

/// Takes the numbers of the key columns out of a cell's key.
struct KeyDecoder {
  private struct Part {
    var shift: UInt64 = 0
    var mask: UInt64 = 0
    func number(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key >> shift) & mask) }
  }
  private var organisations = Part()
  private var periods = Part()
  private var dimensions: [Part] = []
  private var measures = Part()
  private var slots = Part()
  private let plan: Plan
  /// The bits that tell series apart: dimensions and measure.
  private(set) var seriesMask: UInt64 = 0

  init(plan: Plan, cells: CellTable) {
    self.plan = plan
    for (column, key) in plan.keys.enumerated() {
      let part = Part(shift: UInt64(cells.shifts[column]), mask: (1 << UInt64(cells.widths[column])) - 1)
      switch key.kind {
      case .organisation: organisations = part
      case .period: periods = part
      case .measure: measures = part
      default: dimensions.append(part)
      }
    }
    slots = Part(shift: 0, mask: (1 << UInt64(cells.widths.last ?? 0)) - 1)
    for part in dimensions + [measures, slots] { seriesMask |= (part.mask << part.shift) }
  }

  func organisation(_ key: UInt64) -> Int { organisations.number(key) }
  func period(_ key: UInt64) -> Int { periods.number(key) }

  /// The measure's place among the source's settings.
  func setting(_ key: UInt64) -> Int {
    plan.figures[slots.number(key)].setting ?? plan.measures?.figures[measures.number(key)] ?? 0
  }

  func series(_ key: UInt64, _ measure: String) -> Series {
    var next = 0
    var members: [Series.Member] = []
    for dimension in plan.dimensions {
      var value = dimension.value
      if let keys = dimension.keys {
        value = keys.values[dimensions[next].number(key)]
        next += 1
      }
      members.append(Series.Member(dimension: dimension.name, value: value))
    }
    return Series(measure: measure, members: members)
  }
}

extension Series {
  /// By measure, then by the values of its dimensions.
  func precedes(_ other: Series) -> Bool {
    if measure != other.measure { return measure < other.measure }
    for (mine, theirs) in zip(members, other.members) where mine != theirs {
      return (mine.dimension, mine.value) < (theirs.dimension, theirs.value)
    }
    return members.count < other.members.count
  }
}
