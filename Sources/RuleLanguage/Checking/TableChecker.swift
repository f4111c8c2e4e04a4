import Diagnostics
import Finance

/// Tables as they were written, checked: every column of one type, every row once.
struct TableChecker {
  let declarations: Declarations
  let constants: Constants
  let findings: Findings

  /// With the empty ones: where every row has a column of its own, they are what there is most of.
  private static let mostCells = 1_000_000

  /// As many as were written; one that means nothing has no columns, and was reported.
  func check(_ tables: [TableSyntax]) -> [Table] { tables.map(check) }

  private func check(_ syntax: TableSyntax) -> Table {
    checkKey(syntax)
    let kinds = kinds(of: syntax)
    guard syntax.rows.count * kinds.count <= Self.mostCells else {
      findings.add(
        .nestedTooDeep, "the table `\(syntax.name.text)` has \(kinds.count) columns for \(syntax.rows.count) rows",
        at: syntax.name.span, "together more than \(Self.mostCells) cells", fix: "the same columns in every row")
      return Table(name: syntax.name.text, key: syntax.key.text, columns: [], rows: [])
    }
    var columns: [Table.Column] = []
    var numbers: [String: Int] = [:]
    var rows: [Table.Row] = []
    var seen: [Table.RowKey: Span] = [:]
    for row in syntax.rows {
      let key = key(of: row)
      if let first = seen.updateValue(row.keySpan, forKey: key) {
        findings.add(
          .declaredTwice, "the table `\(syntax.name.text)` has this row twice", at: row.keySpan, "here again",
          also: [Diagnostic.Label(first, "first here")], fix: "one row with all its columns")
      }
      var values = [Value?](repeating: nil, count: columns.count)
      for cell in row.cells {
        guard let (value, type) = constant(cell.value) else { continue }
        guard let column = numbers[cell.column.text] else {
          numbers[cell.column.text] = columns.count
          columns.append(Table.Column(name: cell.column.text, type: kinds[cell.column.text]?.type ?? type))
          values.append(nil)
          if accept(cell, type, kinds) { values[values.count - 1] = value }
          continue
        }
        guard accept(cell, type, kinds) else { continue }
        values[column] = value
      }
      rows.append(Table.Row(key: key, values: values))
    }
    for index in rows.indices {
      rows[index].values += Array(repeating: nil, count: columns.count - rows[index].values.count)
    }
    return Table(name: syntax.name.text, key: syntax.key.text, columns: columns, rows: rows)
  }

  /// What most values of a column are, and the first of them.
  private typealias Kind = (type: ValueType, example: Span)

  private func kinds(of syntax: TableSyntax) -> [String: Kind] {
    var counts: [String: [(type: ValueType, example: Span, count: Int)]] = [:]
    for cell in syntax.rows.flatMap(\.cells) {
      guard let (_, type) = findings.quietly({ constant(cell.value) }) else { continue }
      var known = counts[cell.column.text] ?? []
      if let index = known.firstIndex(where: { $0.type == type }) {
        known[index].count += 1
      } else {
        known.append((type, cell.value.span, 1))
      }
      counts[cell.column.text] = known
    }
    // Of as many the first: whichever is odd, one of them is.
    return counts.compactMapValues { known in
      known.reduce(known.first) { most, next in next.count > (most?.count ?? 0) ? next : most }.map {
        ($0.type, $0.example)
      }
    }
  }

  private func accept(_ cell: TableSyntax.Cell, _ type: ValueType, _ kinds: [String: Kind]) -> Bool {
    guard let kind = kinds[cell.column.text], kind.type != type else { return true }
    let meant = kind.type.writing(cell.value.value, prefix: constants.currency.prefix)
    findings.add(
      .columnMixed, "the column `\(cell.column.text)` holds \(kind.type.spoken), not \(type.spoken)",
      at: cell.value.span, type.spoken, also: [Diagnostic.Label(kind.example, kind.type.spoken)],
      // A limit is for a person to set.
      repairs: meant.map { .replacing(cell.value.span, with: $0, isCertain: false) })
    return false
  }

  private func checkKey(_ table: TableSyntax) {
    let name = table.key.text
    let known = ["organisation", "code"] + declarations.attributes.sorted() + declarations.dimensions
    guard !table.isByYear, !known.contains(name), !declarations.broken.contains(name) else { return }
    let words = ["year"] + known
    findings.add(
      .unknownName, "a table cannot go by `\(name)`", at: table.key.span,
      fix: Suggestion.question(name, among: words) ?? Wording.list(words, "or"),
      repairs: Suggestion.repairs(name, at: table.key.span, among: words))
  }

  private func key(of row: TableSyntax.Row) -> Table.RowKey {
    switch row.key {
    case .text(let text): return .text(text)
    case .organisation(let name): return .organisation(name)
    case .otherwise: return .otherwise
    case .year(let year):
      if let misuse = constants.misuse(of: year) { report(misuse, at: year.span) }
      return .year(year.year)
    }
  }

  private func constant(_ literal: Written<Literal>) -> (Value, ValueType)? {
    do throws(Misuse) {
      return try constants.value(of: literal.value)
    } catch {
      report(error, at: literal.span)
      return nil
    }
  }

  private func report(_ misuse: Misuse, at span: Span) {
    findings.add(misuse.code, misuse.message, at: span, misuse.label, fix: misuse.fix.map { $0([]) })
  }
}

extension ValueType {
  /// How a literal of another kind may have been meant, where a value of this type is to stand.
  fileprivate func writing(_ literal: Literal, prefix: String) -> [String] {
    switch (self, literal) {
    case (.ratio, .number(let number)):
      // 0.05 is 5% to a spreadsheet; 5 is hardly 500%.
      Quotient(number) < Quotient(1)
        ? [DecimalText.plain(Quotient(number, power: 2)) + "%", DecimalText.plain(Quotient(number)) + "%"]
        : [DecimalText.plain(Quotient(number)) + "%"]
    case (.ratio, .points(let number)): [DecimalText.plain(Quotient(number)) + "%"]
    case (.points, .number(let number)), (.points, .percent(let number)): [DecimalText.plain(Quotient(number)) + "pp"]
    case (.money, .number(let number)): [DecimalText.money(Quotient(number), prefix, inList: false)]
    default: []
    }
  }
}
