import Diagnostics
import Finance

/// How the columns of one file make up keys and figures: a source's settings, applied to the headings that were found.
struct Plan {
  /// Outermost first; where one column names the measure, it is the last.
  var keys: [KeyColumn] = []
  var organisations: OrganisationKeys?
  var periods: PeriodKeys?
  /// For each dimension its keys, or the value that every row has.
  var dimensions: [(name: String, keys: DimensionKeys?, value: String)] = []
  var measures: MeasureKeys?
  var figures: [Figure] = []
  /// Where lines are compared.
  var lines: LineLog?
  /// A column by which lines are compared and that the file lacks: what repeats is not known.
  var notComparedFor: String?
  var filter: RowFilter
  /// The number of headings: a row has no more fields.
  var width: Int
  /// What the source's measures are, in its order.
  var settings: [FigureSetting]

  /// One amount that each row gives.
  struct Figure {
    /// nil: each row counts one.
    var column: FigureColumn?
    /// Place in `settings`; nil where the row names the measure.
    var setting: Int?
    /// Of lines that repeat another alone: known once all are read.
    var isOfRepeats = false
  }

  /// Columns that can't be found are told in `problems`; the plan then serves only to look at the others.
  init(
    source: SourceSettings, headings: Headings, context: ReadingContext, _ problems: inout [DropProblem]
  ) {
    func find(_ reference: ColumnReference) -> Int? {
      do throws(DropProblem) {
        return try headings.column(reference)
      } catch {
        if !problems.contains(error) { problems.append(error) }
        return nil
      }
    }
    func key(_ reference: ColumnReference, _ kind: DropProblem.Kind, _ meaning: any KeyMeaning) -> KeyColumn? {
      find(reference).map { field in
        KeyColumn(
          field: field, heading: reference.heading, kind: kind, meaning: meaning,
          distinctLimit: source.limits.distinctValues)
      }
    }
    width = headings.names.count
    if case .column(let reference, let match) = source.organisation {
      let meaning = OrganisationKeys(register: context.register, by: match)
      organisations = meaning
      keys += [key(reference, .organisation, meaning)].compactMap { $0 }
    }
    if case .column(let reference, let layouts) = source.period {
      let meaning = PeriodKeys(layouts: layouts, calendar: context.calendar)
      periods = meaning
      keys += [key(reference, .period, meaning)].compactMap { $0 }
    }
    for dimension in source.dimensions {
      switch dimension.origin {
      case .value(let value): dimensions.append((dimension.name, nil, value))
      case .column(let reference):
        let meaning = DimensionKeys()
        dimensions.append((dimension.name, meaning, ""))
        keys += [key(reference, .dimension, meaning)].compactMap { $0 }
      }
    }
    func figure(_ reference: ColumnReference, _ units: [FigureSetting.Unit]) -> FigureColumn? {
      find(reference).map { field in
        FigureColumn(
          field: field, heading: reference.heading, units: units, decimalMark: source.decimalMark,
          noValue: source.noValue)
      }
    }
    switch source.measures {
    case .wide(let columns):
      settings = columns.map(\.figure)
      for (place, column) in columns.enumerated() {
        switch column.origin {
        case .rows: figures.append(Figure(column: nil, setting: place))
        case .repeats: figures.append(Figure(column: nil, setting: place, isOfRepeats: true))
        case .column(let reference):
          if let found = figure(reference, [column.figure.unit]) {
            figures.append(Figure(column: found, setting: place))
          }
        }
      }
    case .long(let naming, let names, let amount):
      settings = names.map(\.figure)
      let meaning = MeasureKeys(names)
      measures = meaning
      keys += [key(naming, .measure, meaning)].compactMap { $0 }
      let units = settings.map(\.unit)
      let isUniform = units.allSatisfy { $0 == units[0] }
      if let found = figure(amount, isUniform ? [units[0]] : units) {
        figures.append(Figure(column: found, setting: nil))
      }
    }
    do throws(DropProblem) {
      filter = try RowFilter(
        ignore: source.ignoreRows, keep: source.keepRows, total: source.controlTotal?.row, in: headings)
    } catch {
      if !problems.contains(error) { problems.append(error) }
      filter = RowFilter()
    }
    if let repeats = source.repeats { compareLines(repeats, of: source.measures, in: headings, &problems) }
    for setting in settings where setting.positive != nil && context.measures[setting.measure]?.high == nil {
      problems.append(
        DropProblem(
          .measure, value: setting.measure,
          "the source says what is \(setting.positive?.rawValue ?? "") in “\(setting.measure)”, "
            + "but no rule file declares it adverse high or low"))
    }
  }

  /// Which columns tell lines apart, where the source asks for it and the file has them.
  private mutating func compareLines(
    _ repeats: RepeatSettings, of layout: MeasureLayout, in headings: Headings, _ problems: inout [DropProblem]
  ) {
    var fields: [Int] = []
    for column in repeats.same {
      do throws(DropProblem) {
        fields.append(try headings.column(column.reference))
      } catch {
        if headings.holds(column.reference) || column.absent == nil {
          if !problems.contains(error) { problems.append(error) }
        } else if column.absent == .unknown {
          notComparedFor = notComparedFor ?? column.reference.heading
        }
      }
    }
    guard notComparedFor == nil, problems.isEmpty else { return }
    guard case .wide(let columns) = layout else { return }
    var measures: [LineLog.Measure] = []
    for (slot, figure) in figures.enumerated() {
      guard let place = figure.setting, case .repeats(let repeated) = columns[place].origin else { continue }
      let column = repeated.flatMap { place in figures.first { $0.setting == place }?.column }
      measures.append(LineLog.Measure(slot: slot, column: column))
    }
    lines = LineLog(fields: fields, measures: measures, keys: keys, figures: figures)
  }

  /// -1 where the file's sign is the opposite of the declared one.
  func sign(_ setting: Int, _ context: ReadingContext) -> Int64 {
    guard let positive = settings[setting].positive, let high = context.measures[settings[setting].measure]?.high else {
      return 1
    }
    return positive == high ? 1 : -1
  }
}
