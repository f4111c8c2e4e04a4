/// `NAME.errors.csv`: why a drop was rejected, a line a problem, for the people who sent it.
///
/// Values come from the file and go into a spreadsheet: what a spreadsheet would take for a formula gets an apostrophe
/// before it.
package struct ErrorsFile: Sendable {
  package let bytes: [UInt8]

  package init(_ problems: DropProblems) {
    // With a byte order mark spreadsheets read it as UTF-8.
    var text = "\u{FEFF}row,column,value,problem,expected\r\n"
    for problem in problems.first {
      let fields = [
        problem.row.map(String.init) ?? "", problem.column ?? "", problem.value ?? "", problem.problem,
        problem.expected ?? "",
      ]
      text += fields.map(Self.field).joined(separator: ",") + "\r\n"
    }
    if problems.omitted > 0 { text += ",,,\(problems.omitted) more problems of the same file are not listed,\r\n" }
    bytes = Array(text.utf8)
  }

  private static func field(_ text: String) -> String {
    var text = text
    if let first = text.unicodeScalars.first, "=+-@\t\r\n".unicodeScalars.contains(first) { text = "'" + text }
    guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
