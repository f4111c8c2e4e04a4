import Diagnostics
import Finance
package import Settings

extension SourceSettings {
  /// Reads one entry of `sources:`. nil where something that has to be there isn't; what is wrong is among the node's
  /// problems, all of it.
  package init?(name: String, _ node: SettingsNode) {
    let found: SourceSettings? = node.fields { fields in
      let inbox = fields.required("inbox")?.nonEmptyText()
      let files = fields.optional("files")?.list { $0.nonEmptyText().map(NamePattern.init) }
      let every = fields.optional("every")?.duration(in: .milliseconds(100) ... .seconds(86_400))
      let ready = fields.optional("ready")?.readyRule()
      let keeps = fields.optional("keep")?.boolean()
      let order = fields.optional("order")?.choice(ListingOrder.self)
      let encoding = fields.optional("encoding")?.choice(TextEncoding.self)
      let separator = fields.optional("separator")?.separator()
      let mark = fields.optional("decimal_mark")?.choice(DecimalMark.self)
      let limits = fields.optional("limits")?.tableLimits()
      let header = fields.optional("header")?.list { $0.columnReference() }
      let ends = fields.optional("ends")?.endsAtBlankRow()
      let columns = fields.required("columns")?.sourceColumns()
      let ignored = fields.optional("ignore_rows")?.list { $0.rowCondition() }
      let kept = fields.optional("keep_rows")?.list { $0.rowCondition() }
      let noValue = fields.optional("no_value")?.list { $0.text() }
      let versions = fields.oneOf("restates", "adds")
      let restates = versions.map { $0.key == "adds" ? $0.value.adds() : $0.value.restates() }
      let repeated = fields.optional("repeated_rows")?.choice(RepeatedRows.self)
      let absent = fields.optional("absent")?.choice(AbsentCells.self)
      let due = fields.optional("due")?.deadline()
      let expects = fields.optional("expects")
      if let expects, fields.optional("due") == nil {
        expects.report(
          "nobody is waited for without a day on which returns are due", .conflict,
          fix: "due: 15 working days after month end")
      }
      let senders = expects?.expectedSenders()
      let repeats = fields.optional("repeats").map { $0.repeatSettings() }
      let checks = fields.optional("checks")?.sourceChecks(columns?.organisation)
      guard let inbox, let columns, let organisation = columns.organisation, let period = columns.period,
        let measures = columns.measures
      else { return nil }
      let parts = (ignored ?? []) + (kept ?? []) + (checks?.control.map { [$0.row] } ?? [])
      if parts.reduce(0, { $0 + $1.parts.count }) > RowFilter.mostParts {
        node.report("a source has at most \(RowFilter.mostParts) conditions on rows", .outOfRange)
        return nil
      }
      let versioning = restates.flatMap { $0 } ?? .organisationAndPeriod
      // What is wrong within `repeats:` has been said.
      if repeats != .some(nil) { node.checkRepeats(repeats.flatMap { $0 }, measures, versioning) }
      return SourceSettings(
        name: name, inbox: inbox, files: files ?? ["*.csv", "*.csv.gz"].map(NamePattern.init),
        every: every ?? .seconds(30), ready: ready ?? .unchanged(for: .seconds(10)), keepsFiles: keeps ?? false,
        order: order ?? .name, encoding: encoding ?? .auto, separator: separator, decimalMark: mark ?? .point,
        limits: limits ?? TableLimits(), header: header ?? [], endsAtBlankRow: ends ?? false,
        organisation: organisation, period: period, dimensions: columns.dimensions, measures: measures,
        ignoreRows: ignored ?? [], keepRows: kept ?? [], noValue: noValue ?? [], restates: versioning,
        repeatedRows: repeated ?? (versioning == .nothing ? .add : .refuse), absent: absent ?? .unknown,
        due: due, expects: senders ?? .everyone, repeats: repeats.flatMap { $0 }, plausible: checks?.plausible,
        controlTotal: checks?.control)
    }
    guard let found else { return nil }
    self = found
  }
}

extension SettingsNode {
  fileprivate func readyRule() -> ReadyRule? {
    fields { fields in
      guard let (key, value) = fields.requiredOneOf("unchanged_for", "marker", "checksum") else { return nil }
      switch key {
      case "unchanged_for": return value.duration(in: .zero ... .seconds(86_400)).map(ReadyRule.unchanged)
      case "marker": return value.suffix().map(ReadyRule.marker)
      default: return value.suffix().map(ReadyRule.checksum)
      }
    }
  }

  /// The ending of the name of a file that stands beside another.
  private func suffix() -> String? {
    guard let text = nonEmptyText() else { return nil }
    guard text.hasPrefix("."), text.count > 1, !text.contains("/") else {
      return refuse("\(Wording.quoted(text)) is not the ending of a name", fix: "write it like .done")
    }
    return text
  }

  fileprivate func separator() -> UInt8? {
    guard let text = text() else { return nil }
    let named: [String: UInt8] = ["tab": .tab, "comma": 0x2C, "semicolon": 0x3B, "pipe": 0x7C, "|": 0x7C]
    if let byte = named[text] { return byte }
    let byte = text.utf8.count == 1 ? text.utf8.first : nil
    guard let byte, byte > .space || byte == .tab, byte != .quote, byte < 0x7F, !text.allSatisfy(\.isLetter),
      !text.allSatisfy(\.isNumber)
    else {
      return refuse(
        "\(Wording.quoted(text)) can't separate fields", fix: "write \",\", \";\", \"|\" or tab")
    }
    return byte
  }

  fileprivate func endsAtBlankRow() -> Bool? {
    guard let text = text() else { return nil }
    return text == "blank row" ? true : refuse("\(Wording.quoted(text)) is no end of a table", fix: "ends: blank row")
  }

  fileprivate func tableLimits() -> TableLimits? {
    fields { fields in
      var limits = TableLimits()
      limits.fileBytes = fields.optional("file")?.byteSize(in: 1...1 << 40) ?? limits.fileBytes
      limits.textBytes = fields.optional("text")?.byteSize(in: 1...1 << 44) ?? limits.textBytes
      limits.expansion = fields.optional("expansion")?.integer(in: 2...10_000) ?? limits.expansion
      limits.rows = fields.optional("rows")?.integer(in: 1...2_000_000_000) ?? limits.rows
      limits.rowBytes = fields.optional("row")?.byteSize(in: 64...1 << 26) ?? limits.rowBytes
      limits.fieldBytes = fields.optional("field")?.byteSize(in: 64...1 << 26) ?? limits.fieldBytes
      limits.fields = fields.optional("fields")?.integer(in: 1...100_000) ?? limits.fields
      limits.headingRows = fields.optional("heading_rows")?.integer(in: 1...10_000) ?? limits.headingRows
      limits.distinctValues = fields.optional("distinct_values")?.integer(in: 1...100_000_000) ?? limits.distinctValues
      limits.lines = fields.optional("lines")?.integer(in: 1...50_000_000) ?? limits.lines
      limits.cells = fields.optional("cells")?.integer(in: 1...100_000_000) ?? limits.cells
      return limits
    }
  }

  fileprivate func adds() -> Restatement? {
    guard let isFeed = boolean() else { return nil }
    return isFeed ? .nothing : refuse("a source that does not add restates", fix: "restates: [organisation, period]")
  }

  fileprivate func restates() -> Restatement? {
    guard let words = list({ $0.text() }) else { return nil }
    switch Set(words) {
    case ["organisation", "period"]: return .organisationAndPeriod
    case ["organisation", "period", "measure"]: return .organisationPeriodAndMeasure
    case ["period"]: return .period
    default:
      return refuse(
        "a later file can't restate by \(Wording.list(words.map(Wording.quoted)))",
        fix: "[organisation, period], [organisation, period, measure] or [period]")
    }
  }

  /// `{ Heading: value }`, `{ Heading: [one, another], Other: value }`
  fileprivate func rowCondition() -> RowCondition? {
    guard let entries = entries() else { return nil }
    guard !entries.isEmpty else { return refuse("a condition needs a column", fix: "{ Heading: value }") }
    let parts = entries.compactMap { entry in
      entry.value.list { $0.isEmpty ? "" : $0.text() }.map {
        RowCondition.Part(column: ColumnReference(entry.key), values: $0)
      }
    }
    return parts.count == entries.count ? RowCondition(parts: parts) : nil
  }

  fileprivate func sourceChecks(
    _ organisation: OrganisationSetting?
  ) -> (plausible: PlausibleRange?, control: ControlTotal?)? {
    fields { fields in
      let plausible: PlausibleRange? = fields.optional("plausible")?.fields { fields in
        PlausibleRange(
          total: fields.optional("total")?.band(), rows: fields.optional("rows")?.band(),
          largest: fields.optional("largest")?.band())
      }
      let control: ControlTotal? = fields.optional("control_total")?.fields { fields in
        let row = fields.required("row")
        let tolerance = fields.optional("tolerance").map { $0.integer(in: 0...1_000_000_000) } ?? 0
        guard let row, let condition = row.totalRow(organisation), let tolerance else { return nil }
        return ControlTotal(row: condition, tolerance: tolerance)
      }
      return (plausible, control)
    }
  }

  /// `Total` in the organisation's column, or a condition like any other.
  private func totalRow(_ organisation: OrganisationSetting?) -> RowCondition? {
    guard case .text(let text, _) = content else { return rowCondition() }
    guard case .column(let reference, _) = organisation else {
      return refuse("which column holds \(Wording.quoted(text))?", fix: "row: { Heading: \(text) }")
    }
    return RowCondition(parts: [RowCondition.Part(column: reference, values: [text])])
  }

  /// `within 5 times the median of the last 6 drops`
  private func band() -> PlausibleRange.Band? {
    guard let text = text() else { return nil }
    let words = text.split(separator: " ").map(String.init)
    let pattern = "within 5 times the median of the last 6 drops"
    let shape = pattern.split(separator: " ").map(String.init)
    guard words.count == shape.count, zip(words, shape).allSatisfy({ $0 == $1 || Int($1) != nil }),
      let times = Int(words[1]), let drops = Int(words[8])
    else {
      return refuse("\(Wording.quoted(text)) is no such check", fix: "write it like “\(pattern)”")
    }
    guard (2...1_000).contains(times), (SourceHistory.fewest...1_000).contains(drops) else {
      return refuse("2 to 1,000 times, and the last \(SourceHistory.fewest) to 1,000 drops", .outOfRange)
    }
    return PlausibleRange.Band(times: times, drops: drops)
  }
}
