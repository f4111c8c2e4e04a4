import Diagnostics
package import Finance

/// The register as a CSV file: `code` and `name`, and if there are any `parent`, `from`, `to` and `successors`; every
/// other column (kind, region, economy…) is an attribute under its heading.
///
/// Dates are `2013-04-01`. Several successors are separated by semicolons. A code may have several rows for different
/// times.
package struct RegisterFile: Sendable {
  package var organisations: [Organisation] = []
  /// All that is wrong with it; a register with problems is not used.
  package var problems = DropProblems()

  private static let ownColumns = ["code", "name", "parent", "from", "to", "successors"]
  private static let mostRows = 1_000_000

  package init(_ bytes: [UInt8]) {
    do throws(DropProblem) {
      let rows = try SmallTable.rows(bytes)
      guard let first = rows.first else { throw DropProblem(.empty, "the register is empty") }
      guard rows.count <= Self.mostRows else {
        throw DropProblem(.tooLarge, "the register has more than \(Self.mostRows) rows")
      }
      read(rows.dropFirst(), Headings(row: 1, names: first, above: []))
    } catch {
      problems.add(error)
    }
    guard problems.isEmpty else { return }
    for flaw in Register(organisations).flaws { problems.add(DropProblem(.organisation, flaw.description)) }
  }

  private mutating func read(_ rows: ArraySlice<[String]>, _ headings: Headings) {
    let names = headings.names.map(Headings.folded)
    for (column, name) in names.enumerated() where name.isEmpty || names[..<column].contains(name) {
      problems.add(
        DropProblem(
          .ambiguousHeading, row: 1, column: headings.names[column],
          name.isEmpty ? "column \(column + 1) has no heading" : "the heading stands in two columns"))
    }
    for required in ["code", "name"] {
      do throws(DropProblem) { _ = try headings.column(ColumnReference(required)) } catch { problems.add(error) }
    }
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
    organisations.append(
      Organisation(
        code: code, name: name, attributes: values.filter { !Self.ownColumns.contains($0.key) }, parent: text("parent"),
        from: days["from"], to: days["to"], successors: successors))
  }
}
