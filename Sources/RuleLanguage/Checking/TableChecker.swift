import Diagnostics
import Finance

/// Tables as they were written, checked: every column of one type, every row once.
struct TableChecker {
  let declarations: Declarations
  let constants: Constants
  let findings: Findings

  /// As many as were written; one that means nothing has no columns, and was reported.
  func check(_ tables: [TableSyntax]) -> [Table] { tables.map(check) }

  private func check(_ syntax: TableSyntax) -> Table {
    checkKey(syntax)
    var columns: [Table.Column] = []
    var firstCells: [TableSyntax.Cell] = []
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
        guard let column = columns.firstIndex(where: { $0.name == cell.column.text }) else {
          columns.append(Table.Column(name: cell.column.text, type: type))
          firstCells.append(cell)
          values.append(value)
          continue
        }
        guard columns[column].type == type else {
          findings.add(
            .columnMixed, "the column `\(cell.column.text)` holds \(columns[column].type.spoken), not \(type.spoken)",
            at: cell.value.span, type.spoken,
            also: [Diagnostic.Label(firstCells[column].value.span, columns[column].type.spoken)])
          continue
        }
        values[column] = value
      }
      rows.append(Table.Row(key: key, values: values))
    }
    for index in rows.indices {
      rows[index].values += Array(repeating: nil, count: columns.count - rows[index].values.count)
    }
    return Table(name: syntax.name.text, key: syntax.key.text, columns: columns, rows: rows)
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
