import Diagnostics

/// Reads the CSV file of a table.
///
///     kind,organisation,amber,red
///     PCT,,0.5%,1%
///     ,Wessex,1%,3%
///     otherwise,,1%,2%
///
/// The first column is what the table goes by; `otherwise` stands there for every other value. A column `organisation`,
/// which may be left out, has rows of single organisations, with the first column empty. The others are the table's
/// columns, their values as a rule writes them; a text stands as it is. An empty cell leaves its column to the next row
/// that applies.
struct TableFileReader {
  private static let mostRows = 10_000
  private static let mostColumns = 100

  private let source: SourceText
  private let text: Int32
  private let findings: Findings
  private let functions: Set<String>

  init(_ source: SourceText, text: Int32, findings: Findings, functions: Set<String>) {
    self.source = source
    self.text = text
    self.findings = findings
    self.functions = functions
  }

  /// Where something is wrong, the table is left incomplete.
  mutating func fill(_ table: inout TableSyntax) {
    do throws(Reported) {
      try read(into: &table)
    } catch {
      table.isIncomplete = true
    }
  }

  private func read(into table: inout TableSyntax) throws(Reported) {
    guard source.bytes.count <= Screening.largestFile else {
      throw report(.fileTooLarge, "the file of a table holds at most 1 MiB", at: here(0))
    }
    Screening.screen(source.bytes, text: text, into: findings, allowsTabs: true)
    let rows = try fields()
    guard let heading = rows.first else { throw report(.tableFileMalformed, "the file has no heading", at: here(0)) }
    let columns = try self.columns(heading, of: table)
    guard rows.count > 1 else { throw report(.tableFileMalformed, "the file has no rows", at: heading[0].span) }
    for fields in rows.dropFirst() {
      do throws(Reported) {
        table.rows.append(try row(fields, columns, of: table))
      } catch {
        table.isIncomplete = true
      }
    }
  }

  // MARK: The heading

  private enum Column {
    case key
    case organisation
    case values(Name)
  }

  private func columns(_ heading: [Field], of table: TableSyntax) throws(Reported) -> [Column] {
    guard heading.count <= Self.mostColumns else {
      throw report(.tableFileMalformed, "the file has more than \(Self.mostColumns) columns", at: heading[0].span)
    }
    var columns: [Column] = []
    var seen: [String: Span] = [:]
    for (index, field) in heading.enumerated() {
      if let first = seen.updateValue(field.span, forKey: field.text) {
        throw report(
          .declaredTwice, "the heading `\(field.text)` stands in two columns", at: field.span,
          also: [Diagnostic.Label(first, "first here")])
      }
      if field.text.isEmpty {
        throw report(
          .tableFileMalformed, "a column of the file has no heading", at: field.span,
          fix: "a name for it, or no comma behind the last one")
      }
      if index == 0 {
        guard field.text == table.key.text else {
          throw report(
            .tableFileMalformed, "the first column is what the table goes by", at: field.span,
            also: [Diagnostic.Label(table.key.span, "it goes by this")], fix: table.key.text)
        }
        columns.append(.key)
      } else if field.text == "organisation" {
        columns.append(.organisation)
      } else {
        var parser = parser(of: field)
        let name = try parser.expectName("a column's name")
        try parser.finish()
        columns.append(.values(name))
      }
    }
    guard columns.contains(where: { if case .values = $0 { true } else { false } }) else {
      throw report(
        .tableFileMalformed, "the file has no columns of values", at: heading[0].span,
        fix: "\(table.key.text),amber,red")
    }
    return columns
  }

  // MARK: Rows

  private func row(
    _ fields: [Field], _ columns: [Column], of table: TableSyntax
  ) throws(Reported) -> TableSyntax.Row {
    guard fields.count == columns.count else {
      throw report(
        .rowUnlikeHeading,
        "the row has \(Wording.count(fields.count, "field")), its heading \(columns.count)",
        at: span(fields[0].span, fields[fields.count - 1].span))
    }
    var keys: [(TableSyntax.Key, Span)] = []
    var cells: [TableSyntax.Cell] = []
    var isWhole = true
    for (field, column) in zip(fields, columns) where !field.text.isEmpty {
      do throws(Reported) {
        switch column {
        case .key: keys.append((try key(field, isByYear: table.isByYear), field.span))
        case .organisation: keys.append((.organisation(field.text), field.span))
        case .values(let name): cells.append(TableSyntax.Cell(column: name, value: try value(field)))
        }
      } catch { isWhole = false }
    }
    guard isWhole else { throw Reported() }
    guard keys.count == 1 else {
      throw report(
        .tableFileMalformed,
        keys.isEmpty
          ? "the row does not say for whom it is" : "the row is for a \(table.key.text) and for an organisation",
        at: fields[0].span, fix: keys.isEmpty ? "otherwise, for all others" : "two rows")
    }
    return TableSyntax.Row(
      key: keys[0].0, keySpan: keys[0].1, cells: cells, span: span(fields[0].span, fields[fields.count - 1].span))
  }

  private func key(_ field: Field, isByYear: Bool) throws(Reported) -> TableSyntax.Key {
    if field.text == "otherwise" { return .otherwise }
    guard isByYear else { return .text(field.text) }
    var parser = parser(of: field)
    let year = try parser.year()
    try parser.finish()
    return .year(year)
  }

  private func value(_ field: Field) throws(Reported) -> Written<Literal> {
    guard field.looksLikeLiteral else { return Written(value: .text(field.text), span: field.span) }
    var parser = parser(of: field)
    let value = try parser.signedLiteral("a value")
    try parser.finish()
    return value
  }

  private func parser(of field: Field) -> Parser {
    let inside = Int(field.span.start)..<Int(field.span.end)
    return Parser(
      Lexer.tokens(of: source, text: text, hole: inside, findings: findings)[...], of: source, text: text,
      findings: findings, functions: functions)
  }

  // MARK: Fields

  private struct Field {
    /// Without the quotation marks around it.
    var text: String
    var span: Span

    /// `2%`, `-£5m`, `UAH 5m`, `2013-14 M8`, `true`; anything else is a text.
    var looksLikeLiteral: Bool {
      guard let first = text.unicodeScalars.first else { return false }
      if text == "true" || text == "false" || ("0"..."9").contains(first) { return true }
      if first == "-" || first.properties.generalCategory == .currencySymbol { return true }
      let words = text.split(separator: " ", maxSplits: 1)
      return words.count == 2 && words[0].utf8.count == 3
        && words[0].utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        && words[1].utf8.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } == true
    }
  }

  /// Rows of fields; empty lines are passed over. Commas separate, quotation marks enclose, and are doubled inside.
  private func fields() throws(Reported) -> [[Field]] {
    let bytes = source.bytes
    var rows: [[Field]] = []
    var row: [Field] = []
    var index = Screening.startOfText(bytes)
    var isAfterComma = false
    while index < bytes.count || isAfterComma {
      if !isAfterComma, row.isEmpty, let end = endOfLine(at: index) {
        index = end
        continue
      }
      let (field, end) = try field(at: index)
      row.append(field)
      index = end
      isAfterComma = index < bytes.count && bytes[index] == UInt8(ascii: ",")
      if isAfterComma {
        index += 1
      } else {
        rows.append(row)
        row = []
        guard rows.count <= Self.mostRows else {
          throw report(.tableFileMalformed, "the file has more than \(Self.mostRows) rows", at: field.span)
        }
      }
    }
    return rows
  }

  /// One field and where it ends: at a comma, at the end of its line or of the file.
  private func field(at start: Int) throws(Reported) -> (Field, end: Int) {
    let bytes = source.bytes
    func ends(_ index: Int) -> Bool {
      index >= bytes.count || bytes[index] == UInt8(ascii: ",") || endOfLine(at: index) != nil
    }
    guard start < bytes.count, bytes[start] == UInt8(ascii: "\"") else {
      var end = start
      while !ends(end) { end += 1 }
      let space = UInt8(ascii: " ")
      let first = (start..<end).first { bytes[$0] != space } ?? end
      let last = (first..<end).last { bytes[$0] != space }.map { $0 + 1 } ?? first
      return (Field(text: String(decoding: bytes[first..<last], as: UTF8.self), span: here(first, last)), end)
    }
    var text: [UInt8] = []
    var index = start + 1
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\"") {
        guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\"") else { break }
        index += 1
      }
      text.append(bytes[index])
      index += 1
    }
    guard index < bytes.count else {
      throw report(.tableFileMalformed, "the quotation mark is not closed", at: here(start, start + 1))
    }
    guard ends(index + 1) else {
      throw report(
        .tableFileMalformed, "a comma follows the closing quotation mark", at: here(index, index + 1),
        fix: "double it where it belongs to the text")
    }
    return (Field(text: String(decoding: text, as: UTF8.self), span: here(start + 1, index)), index + 1)
  }

  /// Behind the line break that stands here, if one does.
  private func endOfLine(at index: Int) -> Int? {
    let bytes = source.bytes
    guard index < bytes.count else { return nil }
    if bytes[index] == UInt8(ascii: "\n") { return index + 1 }
    guard bytes[index] == UInt8(ascii: "\r") else { return nil }
    return index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n") ? index + 2 : index + 1
  }

  // MARK: Places

  private func here(_ start: Int, _ end: Int? = nil) -> Span {
    Span(text: text, start: Int32(start), end: Int32(end ?? start))
  }

  private func span(_ first: Span, _ last: Span) -> Span { Span(text: text, start: first.start, end: last.end) }

  private func report(
    _ code: RuleCode, _ message: String, at span: Span, also: [Diagnostic.Label] = [], fix: String? = nil
  ) -> Reported {
    findings.add(code, message, at: span, also: also, fix: fix)
    return Reported()
  }
}
