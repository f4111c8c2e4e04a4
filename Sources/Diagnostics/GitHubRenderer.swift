/// Diagnostics as GitHub's workflow commands, which show beside the lines of a pull request: one a line.
package enum GitHubRenderer {
  /// Ends in a line break (or is empty).
  package static func render(_ diagnostics: [Diagnostic], in texts: [SourceText]) -> String {
    diagnostics.sortedByPlace().map { command($0, in: texts) + "\n" }.joined()
  }

  private static func command(_ diagnostic: Diagnostic, in texts: [SourceText]) -> String {
    var properties: [(String, String)] = []
    if let span = diagnostic.primary?.span {
      let text = texts[Int(span.text)]
      let (start, end) = (text.place(of: span.start), text.place(of: span.end))
      properties = [("file", text.name), ("line", "\(start.line)"), ("endLine", "\(end.line)")]
      // Columns across several lines are refused.
      if start.line == end.line { properties += [("col", "\(start.column)"), ("endColumn", "\(end.column)")] }
    }
    properties.append(("title", diagnostic.code))
    let written = properties.map { "\($0.0)=\(escapedProperty($0.1))" }.joined(separator: ",")
    return "::\(diagnostic.severity.rawValue) \(written)::\(escaped(sentence(diagnostic)))"
  }

  /// What is wrong, what stands there, what to write instead.
  private static func sentence(_ diagnostic: Diagnostic) -> String {
    var lines = [diagnostic.message]
    lines += diagnostic.labels.map(\.text).filter { !$0.isEmpty }.map { "  " + $0 }
    if let fix = diagnostic.fix { lines.append("fix: " + fix) }
    return lines.joined(separator: "\n")
  }

  private static func escaped(_ text: String) -> String {
    // Line breaks are meant; nothing else that is hidden is.
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.printable.replacing("%", with: "%25") }.joined(separator: "%0A")
  }

  private static func escapedProperty(_ text: String) -> String {
    escaped(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
