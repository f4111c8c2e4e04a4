import Diagnostics

// Rows of tables that are not what they look like.

extension Lint {
  /// A column that one row alone has is mostly another one, misspelt; a row without a column that all others have mostly
  /// lacks it by mistake. Overrides of one organisation say only what is other for it, and in a file an empty cell is meant.
  static let columnOfFewRows = Lint(
    .columnOfFewRows,
    ofSet: { set in
      set.tree.tables.filter { $0.file == nil }.flatMap(doubtfulColumns)
    })

  private static func doubtfulColumns(of table: TableSyntax) -> [Diagnostic] {
    let rows = table.rows.filter { !$0.isOverride }
    guard rows.count > 1 else { return [] }
    var counts: [String: Int] = [:]
    for cell in rows.flatMap(\.cells) { counts[cell.column.text, default: 0] += 1 }
    let columns = Vocabulary(counts.keys.sorted())
    let common = counts.filter { $0.value >= max(1, rows.count - 1) }.keys.sorted()
    let hasOtherwise = rows.contains(where: \.isOtherwise)
    var doubts: [Diagnostic] = []
    for row in table.rows {
      let own = Set(row.cells.map(\.column.text))
      // What the row lacks and the others have.
      let missed = common.filter { !own.contains($0) }
      var mended: Set<String> = []
      for cell in row.cells where counts[cell.column.text, default: 0] < 2 && !row.isOtherwise {
        let name = cell.column
        if row.isOverride, counts[name.text] != nil { continue }
        let near = columns.nearest(to: name.text, limit: 10).filter { !own.contains($0) }.prefix(3)
        mended.formUnion(near)
        if near.isEmpty, rows.count == 2, !row.isOverride { continue }
        doubts.append(
          .warning(
            .columnOfFewRows, "no other row of `\(table.name.text)` has the column `\(name.text)`", at: name.span,
            fix: near.isEmpty ? "the same column in the other rows" : Suggestion.question(name.text, among: near),
            repairs: near.map { .replacing(name.span, with: $0) }))
      }
      guard !row.isOverride else { continue }
      for column in missed where !mended.contains(column) && rows.count > 2 {
        doubts.append(
          .warning(
            .columnOfFewRows, "the row has no `\(column)`, which the others have", at: row.keySpan,
            row.isOtherwise
              ? "for whom no row names it is not known"
              : hasOtherwise ? "it takes that of `otherwise`" : "it is not known",
            fix: "\(column) …"))
      }
    }
    return doubts
  }

  /// `"organisation Wessex" red £5m`
  static let overrideAsValue = Lint(
    .overrideAsValue,
    ofSet: { set in
      set.tree.tables.flatMap { table in
        table.rows.compactMap { row in
          guard case .text(let text) = row.key, text.hasPrefix("organisation ") else { return nil }
          let name = text.dropFirst("organisation ".count)
          let isInFile = table.file != nil
          return .warning(
            .overrideAsValue, "this row is for the \(table.key.text) \(Wording.quoted(text))", at: row.keySpan,
            fix: isInFile
              ? "a column `organisation` with \(name.printable) in it, and an empty first one"
              : "organisation \"\(name.printable)\"",
            repairs: isInFile ? [] : [.replacing(row.keySpan, with: "organisation \"\(name)\"", isCertain: false)])
        }
      }
    })
}

extension TableSyntax.Row {
  fileprivate var isOverride: Bool { if case .organisation = key { true } else { false } }
  fileprivate var isOtherwise: Bool { if case .otherwise = key { true } else { false } }
}
