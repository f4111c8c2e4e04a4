import RuleLanguage

/// A table of the rule set as a reader needs it beside a rule: the figures that the rule's thresholds are taken from.
package struct FigureTable: Sendable {
  package struct Row: Sendable {
    /// `PCT`, `2013-14`, the organisation, or `all others`.
    package var who: String
    package var isOverride: Bool
    /// As the rule file writes them, one a column; nil where the row leaves it to the next.
    package var figures: [String?]
  }

  package var name: String
  /// What it goes by: `kind`, `year`.
  package var key: String
  /// Those that the rule reads.
  package var columns: [String]
  package var rows: [Row]
  /// Rows beyond those.
  package var more: Int

  /// A register's worth of overrides is not read on a page.
  private static let mostRows = 60

  /// Whether a row may leave a figure to another one.
  package var hasOrder: Bool { rows.contains { $0.isOverride || $0.figures.contains(nil) } }

  /// The tables that the thresholds of a rule read: in its bands, its conditions and what ends it.
  static func tables(of rule: Rule, in program: Program, _ tree: SyntaxTree) -> [FigureTable] {
    var columns: [Int: Set<String>] = [:]
    var seen: Set<NodeID> = []
    var waiting = rule.breaches.map { $0.band?.bound ?? $0.test } + [rule.onlyWhen].compactMap { $0 }
    if let clears = rule.clears {
      // What is watched is no threshold.
      if case .compare(_, rule.watch, let bound) = program[clears].operation {
        waiting.append(bound)
      } else {
        waiting.append(clears)
      }
    }
    while let id = waiting.popLast() {
      guard seen.insert(id).inserted else { continue }
      let operation = program[id].operation
      if case .lookup(let table, let column, _) = operation {
        columns[table, default: []].insert(program.tables[table].columns[column].name)
      }
      waiting += operation.operands
    }
    return columns.keys.sorted().compactMap { number in
      let name = program.tables[number].name
      return tree.tables.first { $0.name.text == name }.map { FigureTable($0, columns: columns[number] ?? []) }
    }
  }

  private init(_ table: TableSyntax, columns read: Set<String>) {
    name = table.name.text
    key = table.key.text
    var columns: [String] = []
    for cell in table.rows.lazy.flatMap(\.cells) where read.contains(cell.column.text) {
      if !columns.contains(cell.column.text) { columns.append(cell.column.text) }
    }
    self.columns = columns
    rows = table.rows.prefix(Self.mostRows).map { row in
      let written = Dictionary(row.cells.map { ($0.column.text, RuleText.of($0.value.value)) }) { first, _ in first }
      let (who, isOverride) =
        switch row.key {
        case .text(let value): (value, false)
        case .year(let year): (RuleText.of(year), false)
        case .organisation(let name): (name, true)
        case .otherwise: ("all others", false)
        }
      return Row(who: who, isOverride: isOverride, figures: columns.map { written[$0] })
    }
    more = table.rows.count - rows.count
  }
}
