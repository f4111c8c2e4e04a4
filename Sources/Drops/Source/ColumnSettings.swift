import Diagnostics
import Finance
import Settings

/// What `columns:` says.
struct SourceColumns {
  var organisation: OrganisationSetting?
  var period: PeriodSetting?
  var dimensions: [DimensionSetting] = []
  var measures: MeasureLayout?
}

extension SettingsNode {
  /// `organisation`, `period`, `measures` (or `measure` and `amount`); every other key is a dimension.
  func sourceColumns() -> SourceColumns? {
    guard let entries = entries() else { return nil }
    var columns = SourceColumns()
    var naming: SettingsNode?
    var amount: SettingsNode?
    var wide: SettingsNode?
    for entry in entries {
      switch entry.key {
      case "organisation": columns.organisation = entry.value.organisationSetting()
      case "period": columns.period = entry.value.periodSetting()
      case "measures": wide = entry.value
      case "measure": naming = entry.value
      case "amount": amount = entry.value
      default:
        if let origin = entry.value.dimensionOrigin() {
          columns.dimensions.append(DimensionSetting(name: entry.key, origin: origin))
        }
      }
    }
    let keys = Set(entries.map(\.key))
    for key in ["organisation", "period"] where !keys.contains(key) {
      let near = Suggestion.nearest(to: key, among: keys.subtracting(["organisation", "period"]), limit: 1).first
      report(
        "the columns do not say the \(key)", .missingKey,
        fix: near.map { "did you mean “\(key)” by “\($0)”?" } ?? "\(key): …")
    }
    switch (wide, naming, amount) {
    case (let wide?, nil, nil): columns.measures = wide.wideMeasures()
    case (nil, let naming?, let amount?): columns.measures = naming.longMeasures(amount)
    case (nil, nil, nil): report("the columns do not say the measures", .missingKey, fix: "measures: { … }")
    case (nil, _, _): report("“measure” and “amount” need each other", .missingKey)
    default: report("“measures” and “measure” exclude each other", .conflict, fix: "keep one of them")
    }
    return columns
  }

  /// A heading, or `{ heading: …, nth: …, under: … }`.
  func columnReference() -> ColumnReference? {
    guard case .mapping = content else { return nonEmptyText().map { ColumnReference($0) } }
    return fields { $0.columnReference() }
  }

  // MARK: Organisation and period

  fileprivate func organisationSetting() -> OrganisationSetting? {
    if case .text(let text, _) = content {
      if text == "from folder name" { return .folderName }
      if text == "from file name" {
        return refuse("which part of the file’s name?", fix: "{ from: file name, as: \"{} *\" }")
      }
      return columnReference().map { .column($0, by: .either) }
    }
    return fields { fields in
      let by = fields.optional("by")?.choice(OrganisationMatch.self)
      let template = fields.optional("as")?.nameTemplate()
      guard let (key, value) = fields.requiredOneOf("column", "value", "from") else { return nil }
      switch key {
      case "column": return value.columnReference().map { .column($0, by: by ?? .either) }
      case "value": return value.nonEmptyText().map(OrganisationSetting.value)
      default:
        switch value.text() {
        case "folder name": return .folderName
        case "file name":
          guard let template else {
            return value.refuse("which part of the file’s name?", .missingKey, fix: "as: \"{} *\"")
          }
          return .fileName(template)
        case let word?:
          return value.refuse("\(Wording.quoted(word)) says nothing here", fix: "folder name or file name")
        case nil: return nil
        }
      }
    }
  }

  private func nameTemplate() -> NameTemplate? {
    guard let text = nonEmptyText() else { return nil }
    return NameTemplate(text)
      ?? refuse("\(Wording.quoted(text)) needs one part in braces", fix: "write it like \"* {MM} - *\"")
  }

  fileprivate func periodSetting() -> PeriodSetting? {
    if case .text(let text, _) = content {
      if text == "from file name" {
        return refuse("which part of the file’s name?", fix: "{ from: file name, as: \"* {YYYY-MM}.csv\" }")
      }
      return text.looksLikeAPeriod ? .value(text) : columnReference().map { .column($0, layouts: []) }
    }
    return fields { fields in
      let layout = fields.optional("as")
      let year = fields.optional("year")?.nonEmptyText()
      guard let (key, value) = fields.requiredOneOf("column", "value", "from") else { return nil }
      switch key {
      case "column":
        let layouts = layout?.list { $0.periodLayout() } ?? []
        return value.columnReference().map { .column($0, layouts: layouts) }
      case "value":
        guard let text = value.nonEmptyText() else { return nil }
        return text.looksLikeAPeriod
          ? .value(text)
          : value.refuse("\(Wording.quoted(text)) is no period", fix: "write it like 2021-22 or 2021-22 M8")
      default: return value.periodFromName(layout, year)
      }
    }
  }

  private func periodFromName(_ layout: SettingsNode?, _ year: String?) -> PeriodSetting? {
    guard text() == "file name" else { return refuse("a period is taken from the file name", fix: "from: file name") }
    guard let layout else {
      return refuse("which part of the file’s name?", .missingKey, fix: "as: \"* {YYYY-MM}.csv\"")
    }
    guard let template = layout.nameTemplate() else { return nil }
    // A year that the name lacks is read behind the part that it has.
    let form = template.part + (year.map { $0.contains("-") ? " yyyy-yy" : " yyyy" } ?? "")
    return layout.periodLayout(form).map { .fileName(template, layout: $0, year: year) }
  }

  private func periodLayout() -> Period.Layout? { nonEmptyText().flatMap { periodLayout($0) } }

  private func periodLayout(_ text: String) -> Period.Layout? {
    do throws(LayoutProblem) {
      return try Period.Layout(text)
    } catch {
      return refuse(error.description, fix: "write it like MM YYYY-YY, MMM-yy or D/M/YYYY")
    }
  }

  // MARK: Dimensions and measures

  fileprivate func dimensionOrigin() -> DimensionSetting.Origin? {
    guard case .mapping = content else { return columnReference().map(DimensionSetting.Origin.column) }
    return fields { fields in
      if fields.span(of: "heading") != nil {
        fields.allow("heading", "nth", "under")
        return columnReference().map(DimensionSetting.Origin.column)
      }
      guard let (key, value) = fields.requiredOneOf("column", "value") else { return nil }
      return key == "column"
        ? value.columnReference().map(DimensionSetting.Origin.column) : value.text().map { .value($0) }
    }
  }

  fileprivate func wideMeasures() -> MeasureLayout? {
    guard let entries = entries() else { return nil }
    guard !entries.isEmpty else { return refuse("a source has at least one measure", .missingKey) }
    let columns = entries.compactMap { $0.value.measureColumn($0.key, among: entries) }
    guard columns.count == entries.count else { return nil }
    return .wide(columns.map { column in column.asWhatItRepeats(in: columns) })
  }

  private func measureColumn(_ measure: String, among entries: [Entry]) -> MeasureColumn? {
    let plain = FigureSetting(measure: measure, unit: .amount(.one))
    if case .text = content {
      return columnReference().map { MeasureColumn(figure: plain, origin: .column($0)) }
    }
    return fields { fields in
      let unit = fields.optional("unit").map { $0.figureUnit() } ?? .amount(.one)
      let positive = fields.optional("positive")?.choice(Direction.self)
      guard let (key, value) = fields.requiredOneOf("column", "rows", "repeats"), let unit else { return nil }
      if key == "rows" {
        guard value.integer(in: 1...1) != nil else { return nil }
        return MeasureColumn(figure: plain, origin: .rows)
      }
      if key == "repeats" {
        for own in ["unit", "positive"] where fields.span(of: own) != nil {
          return value.refuse("repeated lines are in the unit of what they repeat", .conflict, fix: "delete \(own)")
        }
        return value.repeated(among: entries).map { MeasureColumn(figure: plain, origin: .repeats(of: $0)) }
      }
      let figure = FigureSetting(measure: measure, unit: unit, positive: positive)
      return value.columnReference().map { MeasureColumn(figure: figure, origin: .column($0)) }
    }
  }

  /// `rows`, or a measure that is read from a column: its place among the measures.
  private func repeated(among entries: [Entry]) -> Int?? {
    guard let text = nonEmptyText() else { return nil }
    if text == "rows" { return .some(nil) }
    let amounts = entries.indices.filter { place in
      guard case .mapping = entries[place].value.content else { return true }
      return entries[place].value.entries()?.contains { $0.key == "column" } == true
    }
    if let place = amounts.first(where: { entries[$0].key == text }) { return .some(place) }
    let names = amounts.map { entries[$0].key } + ["rows"]
    return refuse(
      "\(Wording.quoted(text)) is no amount of this source",
      fix: Suggestion.question(text, among: names) ?? "one of " + Wording.list(names, "or"))
  }

  fileprivate func longMeasures(_ amount: SettingsNode) -> MeasureLayout? {
    var unit: FigureSetting.Unit? = .amount(.one)
    var positive: Direction?
    var column: ColumnReference?
    if case .text = amount.content {
      column = amount.columnReference()
    } else {
      column = amount.fields { fields in
        unit = fields.optional("unit").map { $0.figureUnit() } ?? unit
        positive = fields.optional("positive")?.choice(Direction.self)
        return fields.required("column")?.columnReference()
      }
    }
    return fields { fields in
      let naming = fields.required("column")?.columnReference()
      let entries = fields.required("names")?.entries()
      guard let naming, let entries, let unit, let column else { return nil }
      let common = FigureSetting(measure: "", unit: unit, positive: positive)
      let names = entries.compactMap { $0.value.namedMeasure($0.key, common) }
      return names.count == entries.count ? .long(naming: naming, names: names, amount: column) : nil
    }
  }

  /// `Plan: plan`, or `Plan: { measure: plan, unit: £000, positive: adverse }`
  private func namedMeasure(_ written: String, _ common: FigureSetting) -> NamedMeasure? {
    var figure = common
    if case .text = content {
      guard let measure = nonEmptyText() else { return nil }
      figure.measure = measure
      return NamedMeasure(written: written, figure: figure)
    }
    return fields { fields in
      let measure = fields.required("measure")?.nonEmptyText()
      let unit = fields.optional("unit").map { $0.figureUnit() } ?? figure.unit
      figure.positive = fields.optional("positive")?.choice(Direction.self) ?? figure.positive
      guard let measure, let unit else { return nil }
      figure.measure = measure
      figure.unit = unit
      return NamedMeasure(written: written, figure: figure)
    }
  }

  private func figureUnit() -> FigureSetting.Unit? {
    guard let text = text() else { return nil }
    if text == "%" { return .ratio(.percent) }
    if text == "fraction" { return .ratio(.fraction) }
    if let unit = AmountUnit(text) { return .amount(unit) }
    let known = AmountUnit.examples + ["fraction"]
    return refuse("\(Wording.quoted(text)) is no unit", fix: "such as " + Wording.list(known, "or"))
  }
}

extension SettingsFields {
  /// `heading`, and which of its columns: `nth`, `under`.
  func columnReference() -> ColumnReference? {
    let heading = required("heading")?.nonEmptyText()
    let nth = optional("nth")?.integer(in: 1...10_000)
    let under = optional("under")?.nonEmptyText()
    return heading.map { ColumnReference($0, nth: nth, under: under) }
  }
}

extension MeasureColumn {
  /// In the unit and direction of the measure whose repeated lines it adds up.
  fileprivate func asWhatItRepeats(in columns: [MeasureColumn]) -> MeasureColumn {
    guard case .repeats(let place?) = origin else { return self }
    var column = self
    column.figure.unit = columns[place].figure.unit
    column.figure.positive = columns[place].figure.positive
    return column
  }
}

extension String {
  /// `2021-22`, `2021-22 M8`, `2025`: a period and not a heading.
  fileprivate var looksLikeAPeriod: Bool {
    let first = prefix { $0 != " " }
    let figures = first.filter { $0.isASCII && $0.isNumber }
    return figures.count >= 4 && first.allSatisfy { $0.isASCII && $0.isNumber || $0 == "-" } && first.first != "-"
  }
}
