/// A table of the reference, every cell of which was worked out by the code that it describes.
package struct ReferenceTable: Sendable {
  package var title: String
  package var columns: [String]
  /// As many cells in each as there are columns; the first names the row.
  package var rows: [[String]]

  package init(title: String, columns: [String], rows: [[String]]) {
    self.title = title
    self.columns = columns
    self.rows = rows
  }

  /// What stands in a cell that means nothing.
  package static let nothing = "—"

  /// The table without its title. A bar in a cell does not end it.
  package var markdown: String {
    let lines = [columns, columns.map { _ in "---" }] + rows
    return lines.map { cells in
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }.joined()
  }

  /// The cell of a row and a column, by their names.
  package subscript(row: String, column: String) -> String? {
    guard let line = rows.first(where: { $0.first == row }), let index = columns.firstIndex(of: column) else {
      return nil
    }
    return line[index]
  }
}
