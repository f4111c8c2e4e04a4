/// A checked table of the rule set: values by an attribute of the subject or by year.
///
/// A value is looked up a column at a time, in the row of the organisation itself, in that of the key, and in
/// `otherwise`, in this order: a row that says nothing of a column leaves it to the next. Where none says it, it is
/// unknown (undefined).
package struct Table: Sendable {
  package struct Column: Hashable, Sendable {
    package var name: String
    package var type: ValueType
    package init(name: String, type: ValueType) {
      self.name = name
      self.type = type
    }
  }

  package enum RowKey: Hashable, Sendable {
    /// A value of the attribute.
    case text(String)
    /// The calendar year in which the financial year starts.
    case year(Int)
    /// One organisation, by its name or code.
    case organisation(String)
    case otherwise
  }

  package struct Row: Sendable {
    package var key: RowKey
    /// As many as there are columns.
    package var values: [Value?]
    package init(key: RowKey, values: [Value?]) {
      self.key = key
      self.values = values
    }
  }

  package var name: String
  /// An attribute of organisations or a dimension, or `year`.
  package var key: String
  package var columns: [Column]
  /// No two of one key.
  package var rows: [Row]

  package init(name: String, key: String, columns: [Column], rows: [Row]) {
    self.name = name
    self.key = key
    self.columns = columns
    self.rows = rows
  }

  package var isByYear: Bool { key == "year" }
  /// Whether some organisation has a row of its own.
  package var hasOverrides: Bool {
    rows.contains { if case .organisation = $0.key { true } else { false } }
  }
}
