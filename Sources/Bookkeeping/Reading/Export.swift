import Finance
package import Storage

extension Ledger {
  /// Writes the ledger's cells as CSV (RFC 4180, UTF-8), a row a cell, with a heading.
  ///
  /// Columns: source, organisation, year (in which the financial year starts), month (0 to 13), measure, one for each
  /// dimension, amount, drop, first_row, rows. Text that a spreadsheet would run as a formula gets a `'` before it.
  ///
  /// - Parameters:
  ///   - ratios: the measures whose values are billionths rather than ten-thousandths.
  ///   - write: gets the bytes piece by piece.
  package static func export(
    asOf: RecordSequence? = nil, measures: Set<String>? = nil, ratios: Set<String> = [], in reading: some Reading,
    write: ([UInt8]) throws -> Void
  ) throws {
    let series = try series(measures: measures, in: reading)
    let dimensions = Set(series.values.flatMap { $0.members.map(\.dimension) }).sorted()
    let heading =
      ["source", "organisation", "year", "month", "measure"] + dimensions + ["amount", "drop", "first_row", "rows"]
    try write(Array((heading.map(CSV.field).joined(separator: ",") + "\r\n").utf8))
    // What a series says of itself is the same in every row.
    let middles = series.mapValues { one in
      let values = Dictionary(one.members.map { ($0.dimension, $0.value) }, uniquingKeysWith: { first, _ in first })
      return ([one.measure] + dimensions.map { values[$0] ?? "" }).map(CSV.field).joined(separator: ",")
    }
    try visible(asOf: asOf, measures: measures, in: reading) { version in
      let unit = version.unit
      let start =
        "\(CSV.field(unit.source)),\(CSV.field(unit.organisation)),\(unit.period.year),\(unit.period.month),"
      var text = ""
      for cell in version.cells {
        guard let measure = series[cell.series]?.measure, let middle = middles[cell.series] else { continue }
        let amount = CSV.decimal(cell.value, places: ratios.contains(measure) ? 9 : 4)
        text += "\(start)\(middle),\(amount),\(version.drop),\(cell.firstRow),\(cell.rows)\r\n"
      }
      try write(Array(text.utf8))
    }
  }
}

package enum CSV {
  /// A text as one field (RFC 4180); one that a spreadsheet would run as a formula gets a `'` before it.
  package static func field(_ text: String) -> String {
    let safe = text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } == true ? "'" + text : text
    guard safe.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return safe }
    return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// Exact, with no zeros after the last place that counts.
  static func decimal(_ value: Int64, places: Int) -> String {
    let scale = (0..<places).reduce(UInt64(1)) { scale, _ in scale * 10 }
    let (whole, part) = value.magnitude.quotientAndRemainder(dividingBy: scale)
    let sign = value < 0 ? "-" : ""
    if part == 0 { return "\(sign)\(whole)" }
    var digits = String(part)
    digits = String(repeating: "0", count: places - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(sign)\(whole).\(digits)"
  }
}
