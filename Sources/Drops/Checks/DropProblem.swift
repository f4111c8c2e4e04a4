/// One thing in a drop that can't be read: where, what stood there, what is wrong with it, what was expected.
package struct DropProblem: Error, Hashable, Sendable {
  /// Never changes meaning once released: it stands in error files that people filter.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case empty = "empty-file"
    case tooLarge = "too-large"
    case notText = "not-text"
    case encoding
    case quoting
    case archive
    case missingHeading = "missing-heading"
    case ambiguousHeading = "ambiguous-heading"
    case noRows = "no-rows"
    case rowWidth = "row-width"
    case amount
    case organisation
    case period
    case measure
    case dimension
    case repeated = "repeated-row"
    case overflow
    case controlTotal = "control-total"
    case name
  }

  package var kind: Kind
  /// From 1, as a person counts the rows of the file, those above the headings included.
  package var row: Int?
  /// Its heading.
  package var column: String?
  /// What stood there, cut to a readable length.
  package var value: String?
  package var problem: String
  /// The form that was expected, with an example.
  package var expected: String?

  package init(
    _ kind: Kind, row: Int? = nil, column: String? = nil, value: String? = nil, _ problem: String,
    expected: String? = nil
  ) {
    self.kind = kind
    self.row = row
    self.column = column
    self.value = value.map { $0.count > 80 ? $0.prefix(80) + "…" : $0 }
    self.problem = problem
    self.expected = expected
  }

  /// `row 12, Amount: “########” is …; expected …`
  package var sentence: String {
    let place = [
      row.map { "row \($0)" }, column.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") },
    ]
    .compactMap { $0 }.joined(separator: ", ")
    return (place.isEmpty ? "" : place + ": ") + problem + (expected.map { "; expected \($0)" } ?? "")
  }
}

/// The problems of one drop: the first ones by row, and how many there are.
package struct DropProblems: Hashable, Sendable {
  /// Those that are kept; a file that is all wrong must not fill the memory.
  package static let most = 10_000

  package private(set) var first: [DropProblem] = []
  package private(set) var count = 0

  package init() {}

  package var isEmpty: Bool { count == 0 }
  /// How many are not among the first.
  package var omitted: Int { count - first.count }
  var isFull: Bool { first.count >= Self.most }

  package mutating func add(_ problem: DropProblem) {
    count += 1
    if !isFull { first.append(problem) }
  }

  mutating func add(_ others: DropProblems) {
    for problem in others.first { add(problem) }
    count += others.omitted
  }

  /// One that is counted and not described, the first ones being enough.
  mutating func addUndescribed() { count += 1 }

  /// Puts the problems from `start` on in the order of their rows.
  mutating func sort(from start: Int) {
    first[start...].sort { ($0.row ?? 0, $0.column ?? "") < ($1.row ?? 0, $1.column ?? "") }
  }
}
