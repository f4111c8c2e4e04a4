import Diagnostics
package import Finance

/// The register as a CSV file: `code` and `name`, and if there are any `parent`, `from`, `to` and `successors`; every
/// other column (kind, region, economy…) is an attribute under its heading.
///
/// Dates are `2013-04-01`. Several successors are separated by semicolons. A code may have several rows for different
/// times.
package struct RegisterFile: Sendable {
  package private(set) var organisations: [Organisation] = []
  /// All that is wrong with it; a register with problems is not used.
  package private(set) var problems = DropProblems()
  /// Where each of the first problems stands in the text, nil for the file as a whole.
  package private(set) var places: [Range<Int>?] = []
  /// The file as UTF-8 where there are problems, with the file's own lines.
  package private(set) var text: [UInt8] = []
  /// The headings of attributes, whether or not the rows are in order.
  package private(set) var attributes: [String] = []
  /// The row that each organisation stands in.
  private var rows: [Int] = []

  private static let ownColumns = ["code", "name", "parent", "from", "to", "successors"]
  private static let required = ["code", "name"]
  private static let mostRows = 1_000_000
  /// How far down headings are looked for that do not stand in the first row.
  private static let highestHeadings = 20

  package init(_ bytes: [UInt8]) {
    let table = SmallTable(bytes)
    if let problem = table.problem {
      problems.add(problem)
    } else if let first = table.rows.first {
      if table.rows.count > Self.mostRows {
        problems.add(DropProblem(.tooLarge, "the register has more than \(Self.mostRows) rows"))
      } else if let problem = Self.misread(table.rows) {
        problems.add(problem)
      } else {
        read(table.rows.dropFirst(), Headings(row: 1, names: first, above: []))
      }
    } else {
      problems.add(DropProblem(.empty, "the register is empty"))
    }
    places = problems.first.map { problem in
      let column = problem.column.flatMap { name in
        table.rows.first?.firstIndex { Headings.folded($0) == Headings.folded(name) }
      }
      return problem.row.flatMap { table.place(row: $0, field: column) }
    }
    if problems.isEmpty { addFlaws(table) }
    if !problems.isEmpty { text = table.text }
  }

  /// What can't be once the rows are taken together.
  private mutating func addFlaws(_ table: SmallTable) {
    let register = Register(organisations)
    for flaw in register.flaws {
      let (row, expected) = (row(of: flaw), expectation(of: flaw, register))
      problems.add(DropProblem(.organisation, flaw.description, expected: expected))
      if places.count < problems.first.count { places.append(row.flatMap { table.place(row: $0) }) }
    }
  }

  private func row(of flaw: Register.Flaw) -> Int? {
    let index: Int? =
      switch flaw {
      case .overlap(_, let first, let second):
        first == second ? organisations.lastIndex(of: second) : organisations.firstIndex(of: second)
      case .endsBeforeItStarts(let code):
        organisations.firstIndex { row in
          row.code == code && (row.to.map { to in row.from.map { to < $0 } ?? false } ?? false)
        }
      case .unknownParent(let code, let parent):
        organisations.firstIndex { $0.code == code && $0.parent == parent }
      case .unknownSuccessor(let code, let successor):
        organisations.firstIndex { $0.code == code && $0.successors.contains(successor) }
      case .ownAncestor(let code): organisations.firstIndex { $0.code == code }
      }
    return index.map { rows[$0] }
  }

  private func expectation(of flaw: Register.Flaw, _ register: Register) -> String? {
    switch flaw {
    case .overlap: "one row of each code, or days (from, to) that do not overlap"
    case .unknownParent(_, let written), .unknownSuccessor(_, let written):
      if case .found(let code) = register.find(written) {
        "its code, \(Wording.quoted(code))"
      } else {
        Suggestion.nearest(to: written, among: register.codes, limit: 1).first.map { "perhaps \(Wording.quoted($0))" }
      }
    case .endsBeforeItStarts, .ownAncestor: nil
    }
  }

  /// A table whose first row does not head columns as they are here.
  private static func misread(_ rows: [[String]]) -> DropProblem? {
    func isHeading(_ row: [String]) -> Bool {
      let names = row.map(Headings.folded)
      return required.allSatisfy(names.contains)
    }
    guard let first = rows.first, !isHeading(first) else { return nil }
    let separators = [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
    if first.count == 1, let (_, name) = separators.first(where: { first[0].contains($0.0) }) {
      return DropProblem(
        .missingHeading, row: 1, "the columns are separated by \(name)",
        expected: "commas: the file saved as CSV (comma delimited)")
    }
    guard let row = rows.prefix(highestHeadings).firstIndex(where: isHeading) else { return nil }
    return DropProblem(
      .missingHeading, row: 1, "the headings stand in row \(row + 1), with other lines above them",
      expected: "a file that begins with its headings")
  }

  private mutating func read(_ rows: ArraySlice<[String]>, _ headings: Headings) {
    let names = headings.names.map(Headings.folded)
    for (column, name) in names.enumerated() where name.isEmpty || names[..<column].contains(name) {
      problems.add(
        DropProblem(
          .ambiguousHeading, row: 1, column: headings.names[column],
          name.isEmpty ? "column \(column + 1) has no heading" : "the heading stands in two columns"))
    }
    for required in Self.required {
      do throws(DropProblem) { _ = try headings.column(ColumnReference(required)) } catch { problems.add(error) }
    }
    attributes = names.filter { !$0.isEmpty && !Self.ownColumns.contains($0) }
    guard problems.isEmpty else { return }
    for (index, fields) in rows.enumerated() where fields.contains(where: { !$0.isEmpty }) {
      let row = index + 2
      guard fields.count == names.count else {
        problems.add(
          DropProblem(.rowWidth, row: row, "the row has \(fields.count) fields and there are \(names.count) headings"))
        continue
      }
      let values = Dictionary(zip(names, fields), uniquingKeysWith: { first, _ in first })
      read(values, row)
    }
    if organisations.isEmpty && problems.isEmpty { problems.add(DropProblem(.noRows, "the register names nobody")) }
  }

  private mutating func read(_ values: [String: String], _ row: Int) {
    func text(_ column: String) -> String? { values[column].flatMap { $0.isEmpty ? nil : $0 } }
    guard let code = text("code"), let name = text("name") else {
      let column = text("code") == nil ? "code" : "name"
      problems.add(DropProblem(.organisation, row: row, column: column, "the organisation has no \(column)"))
      return
    }
    var days: [String: Day] = [:]
    for column in ["from", "to"] {
      guard let written = text(column) else { continue }
      guard let day = Day(iso: written) else {
        problems.add(
          DropProblem(
            .period, row: row, column: column, value: written, "\(Wording.quoted(written)) is not a date",
            expected: "a date such as 2013-04-01"))
        continue
      }
      days[column] = day
    }
    let successors = (text("successors") ?? "").split(separator: ";")
      .map { $0.trimmingPrefix { $0.isWhitespace } }
      .map { String($0.reversed().drop { $0.isWhitespace }.reversed()) }
      .filter { !$0.isEmpty }
    rows.append(row)
    organisations.append(
      Organisation(
        code: code, name: name, attributes: values.filter { !Self.ownColumns.contains($0.key) }, parent: text("parent"),
        from: days["from"], to: days["to"], successors: successors))
  }
}
