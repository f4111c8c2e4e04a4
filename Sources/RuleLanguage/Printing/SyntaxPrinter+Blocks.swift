import Diagnostics

// Tables and tests: what stands in lines of its own below a heading.

extension SyntaxPrinter {
  func text(_ table: TableSyntax) -> String {
    let heading = "table \(table.name.text) by \(table.key.text)"
    if let file = table.file { return heading + " from " + quoted(file.value) }
    return ([heading] + table.rows.map { "  " + text($0) }).joined(separator: "\n")
  }

  func text(_ row: TableSyntax.Row) -> String {
    let key =
      switch row.key {
      case .text(let value): quoted(value)
      case .year(let year): text(year)
      case .organisation(let name): "organisation " + quoted(name)
      case .otherwise: "otherwise"
      }
    return ([key] + row.cells.map { "\($0.column.text) \(literal($0.value.value).text)" }).joined(separator: " ")
  }

  func text(_ test: TestSyntax) -> String {
    var lines = ["test \(test.rule.text) \(quoted(test.title.value))"]
    if let given = test.given { lines += text(given, behind: "  given ") }
    for step in test.steps {
      switch step {
      case .drop(let drop): lines += text(drop.grid, behind: "  drop \(drop.day.value) ")
      case .expect(let expectation): lines.append("  " + text(expectation))
      case .absent(let absence): lines.append("  absent \(absence.value.rawValue)")
      }
    }
    return lines.joined(separator: "\n")
  }

  func text(_ expectation: TestSyntax.Expectation) -> String {
    var words = ["expect", text(expectation.subject), "at", text(expectation.at)]
    if let day = expectation.asOf { words.append("as of \(day.value)") }
    words.append(text(expectation.state.value))
    if let value = expectation.value { words.append(quoted(value.value)) }
    return words.joined(separator: " ")
  }

  private func text(_ subject: TestSyntax.Subject) -> String {
    switch subject {
    case .overall: "overall"
    case .keys(let keys): keys.map { quoted($0.value) }.joined(separator: " and ")
    }
  }

  func text(_ state: TestSyntax.State) -> String {
    switch state {
    case .quiet: "quiet"
    case .pending(let severity): "pending " + severity.word
    case .firing(let severity): severity.word
    case .unknown: "unknown"
    case .stale: "stale"
    case .suppressed: "suppressed"
    case .withdrawn: "withdrawn"
    case .closed: "closed"
    }
  }

  /// The columns line up under their heading.
  private func text(_ grid: GridSyntax, behind start: String) -> [String] {
    let cells = [grid.columns.map(text)] + grid.rows.map { $0.map { text($0.value) } }
    let widths = grid.columns.indices.map { column in cells.map { $0[column].terminalWidth }.max() ?? 0 }
    let margin = String(repeating: " ", count: start.terminalWidth)
    return cells.enumerated().map { index, row in
      let padded = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.terminalWidth) }
      let line = (index == 0 ? start : margin) + padded.joined(separator: " | ")
      return line.last == " " ? String(line[...(line.lastIndex { $0 != " " } ?? line.startIndex)]) : line
    }
  }

  private func text(_ column: GridSyntax.Column) -> String {
    switch column {
    case .name(let name): name.text
    case .period(let period): text(period)
    }
  }

  private func text(_ cell: GridSyntax.Cell) -> String {
    switch cell {
    case .name(let name): name
    case .literal(let literal): self.literal(literal).text
    case .blank: ""
    }
  }
}
