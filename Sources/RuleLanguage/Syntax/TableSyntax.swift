package import Diagnostics

/// `table overspend_limits by kind` with its rows, or with the CSV file that has them.
package struct TableSyntax: Sendable {
  package var name: Name
  /// An attribute of organisations, or `year`.
  package var key: Name
  package var rows: [Row]
  /// The file beside the rule file, where the rows stand in one.
  package var file: Written<String>?
  package var span: Span
  /// Some row could not be read, which was reported: what it would have given is not missed.
  package var isIncomplete = false

  package var isByYear: Bool { key.text == "year" }

  package struct Row: Sendable {
    package var key: Key
    package var keySpan: Span
    package var cells: [Cell]
    package var span: Span
  }

  package enum Key: Sendable {
    /// A value of the attribute that the table goes by.
    case text(String)
    case year(WrittenYear)
    /// One organisation, by its name or code: its row goes before every other.
    case organisation(String)
    case otherwise
  }

  /// `amber 0.5%`
  package struct Cell: Sendable {
    package var column: Name
    package var value: Written<Literal>
  }
}
