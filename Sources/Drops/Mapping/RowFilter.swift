/// Which rows are data: those to ignore, those to keep, and those that state a total.
final class RowFilter {
  private struct Column {
    var field: Int
    /// By folded value, which parts of conditions it meets.
    var parts: [String: UInt64]
    /// The same by the value as the file writes it; a part is a bit, and the number of a combination stands for its
    /// bits.
    let dictionary = KeyDictionary()
  }

  private var columns: [Column] = []
  private var combinations: [UInt64] = [0]
  /// For each condition the bits of its parts: all must be met.
  private var ignored: [UInt64] = []
  private var kept: [UInt64] = []
  private var totals: [UInt64] = []

  /// Row conditions have at most this many parts in all.
  static let mostParts = 64

  /// Every row is data.
  init() {}

  init(ignore: [RowCondition], keep: [RowCondition], total: RowCondition?, in headings: Headings) throws(DropProblem) {
    var part: UInt64 = 1
    func compile(_ condition: RowCondition) throws(DropProblem) -> UInt64 {
      var compiled: UInt64 = 0
      for wanted in condition.parts {
        let field = try headings.column(wanted.column)
        let place = columns.firstIndex { $0.field == field } ?? columns.count
        if place == columns.count { columns.append(Column(field: field, parts: [:])) }
        for value in wanted.values { columns[place].parts[Headings.folded(value), default: 0] |= part }
        compiled |= part
        part <<= 1
      }
      return compiled
    }
    for condition in ignore { ignored.append(try compile(condition)) }
    for condition in keep { kept.append(try compile(condition)) }
    if let total { totals.append(try compile(total)) }
  }

  var isEmpty: Bool { columns.isEmpty }

  /// Leaves the rows that are data in `rows`, and gives those that state a total.
  func apply(to rows: inout [UInt32], of batch: Batch) -> (totals: [UInt32], ignored: Int) {
    guard !isEmpty else { return ([], 0) }
    var stated: [UInt32] = []
    let before = rows.count
    rows.removeAll { row in
      let met = bits(of: row, batch)
      if totals.contains(where: { met & $0 == $0 }) {
        stated.append(row)
        return true
      }
      if ignored.contains(where: { met & $0 == $0 }) { return true }
      return !kept.isEmpty && !kept.contains { met & $0 == $0 }
    }
    return (stated, before - rows.count - stated.count)
  }

  private func bits(of row: UInt32, _ batch: Batch) -> UInt64 {
    var met: UInt64 = 0
    for column in columns {
      guard let field = batch.field(column.field, row: Int(row)) else { continue }
      let start = unsafe batch.text + field.lowerBound
      if let known = unsafe column.dictionary.lookup.code(of: start, length: field.count) {
        met |= combinations[Int(known)]
      } else {
        let bits = unsafe column.parts[Headings.folded(FieldText.string(batch.text, field))] ?? 0
        met |= bits
        // Values of no interest need no slot each: a column of a million transaction numbers would need a million.
        guard bits != 0 || column.dictionary.distinct < 4096 else { continue }
        let number = combinations.firstIndex(of: bits) ?? combinations.count
        if number == combinations.count { combinations.append(bits) }
        unsafe column.dictionary.set(UInt32(number), for: start, field.count)
      }
    }
    return met
  }
}
