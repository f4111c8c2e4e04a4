import Diagnostics

/// The heading row of a table and the rows above it.
struct Headings {
  /// The row's number in the file, from 1.
  var row: Int
  /// As the file writes them.
  var names: [String]
  /// The rows above, nearest first.
  var above: [[String]]

  private var folded: [String] { names.map(Self.folded) }

  /// What is left of a heading once case, spaces and line breaks don't count.
  static func folded(_ heading: String) -> String {
    heading.lowercased().split { $0.isWhitespace || $0 == "\u{FEFF}" }.joined(separator: " ")
  }

  func holds(_ reference: ColumnReference) -> Bool { folded.contains(Self.folded(reference.heading)) }

  /// The column that is meant, or why none is.
  func column(_ reference: ColumnReference) throws(DropProblem) -> Int {
    let wanted = Self.folded(reference.heading)
    var places = folded.indices.filter { folded[$0] == wanted }
    guard !places.isEmpty else { throw missing(reference) }
    if let under = reference.under {
      let group = Self.folded(under)
      places = places.filter { isUnder(group, $0) }
      guard !places.isEmpty else {
        throw DropProblem(
          .missingHeading, row: row, column: reference.heading,
          "no column “\(reference.heading)” stands under “\(under)”")
      }
    }
    if let nth = reference.nth {
      guard places.indices.contains(nth - 1) else {
        throw DropProblem(
          .missingHeading, row: row, column: reference.heading,
          "there is no column “\(reference.heading)” number \(nth): the heading stands in \(Self.letters(places))")
      }
      return places[nth - 1]
    }
    guard places.count == 1 else {
      throw DropProblem(
        .ambiguousHeading, row: row, column: reference.heading,
        "the heading “\(reference.heading)” stands in \(Self.letters(places))",
        expected: "in the source, which is meant: { heading: \(reference.heading), nth: 1 }")
    }
    return places[0]
  }

  /// Whether a row above holds this heading over the column: in it, or in the last column before it that isn't blank.
  private func isUnder(_ group: String, _ column: Int) -> Bool {
    above.contains { row in
      let covering = row.prefix(column + 1).last { !Self.folded($0).isEmpty }
      return covering.map(Self.folded) == group
    }
  }

  private func missing(_ reference: ColumnReference) -> DropProblem {
    let known = names.map(Self.readable).filter { !$0.isEmpty }
    let question = Suggestion.question(Self.readable(reference.heading), among: known)
    return DropProblem(
      .missingHeading, row: row, column: reference.heading,
      "there is no heading \(Wording.quoted(reference.heading)) in row \(row)" + (question.map { "; \($0)" } ?? ""),
      expected: "the headings there are: " + Wording.list(known.map(Wording.quoted)))
  }

  /// One line, however the file breaks it.
  private static func readable(_ heading: String) -> String {
    heading.split { $0.isWhitespace || $0 == "\u{FEFF}" }.joined(separator: " ")
  }

  /// `column D`, `columns D and H`, as a spreadsheet names them.
  private static func letters(_ columns: [Int]) -> String {
    let names = columns.map { column in
      var rest = column
      var name = ""
      repeat {
        name = String(UnicodeScalar(UInt8(65 + rest % 26))) + name
        rest = rest / 26 - 1
      } while rest >= 0
      return name
    }
    return (columns.count == 1 ? "column " : "columns ") + Wording.list(names)
  }
}
