import Hashing

/// What is remembered of each line of a file until all are read and can be compared: a fingerprint of the columns that
/// count, its row, the keys of its cell and its amounts. Some thirty bytes a line.
final class LineLog {
  /// Of the columns that tell lines apart, what a line says in one.
  private enum Part {
    case text(field: Int)
    /// An amount is the same however it is written.
    case amount(FigureColumn)
  }

  /// A measure of repeats: where its sums stand, and the column whose amounts they add up; nil counts lines.
  struct Measure {
    var slot: Int
    var column: FigureColumn?
  }

  private let parts: [Part]
  let measures: [Measure]
  /// Numbers of key columns a line.
  private let width: Int

  private(set) var lines: [Line] = []
  /// `width` numbers a line, and `measures.count` amounts.
  private var codes: [UInt32] = []
  private var values: [Int64] = []
  private var text: [UInt8] = []

  struct Line {
    var fingerprint: UInt64
    var row: UInt32
    /// In the order of reading.
    var number: UInt32
  }

  /// - Parameter fields: the columns that tell lines apart.
  init(fields: [Int], measures: [Measure], keys: [KeyColumn], figures: [Plan.Figure]) {
    parts = fields.map { field in
      figures.lazy.compactMap(\.column).first { $0.field == field }.map(Part.amount) ?? .text(field: field)
    }
    self.measures = measures
    width = keys.count
  }

  func codes(of line: Line) -> ArraySlice<UInt32> { codes[Int(line.number) * width..<(Int(line.number) + 1) * width] }

  /// A line's amount for one of `measures`; of one that counts, one line.
  func value(of line: Line, _ measure: Int) -> Int64 { values[Int(line.number) * measures.count + measure] }

  /// Takes up rows whose keys and amounts have been read. One without a key or an amount is no line: it is at fault, or
  /// the file says that it has no amount.
  func note(_ rows: [UInt32], of batch: Batch, _ keys: [KeyColumn]) {
    for (place, row) in rows.enumerated() {
      guard keys.allSatisfy({ $0.codes[place] != KeyDictionary.refused }), hasAmounts(place) else { continue }
      let number = UInt32(lines.count)
      lines.append(
        Line(
          fingerprint: fingerprint(row, place, batch), row: UInt32(truncatingIfNeeded: batch.number(of: row)),
          number: number))
      for key in keys { codes.append(key.codes[place]) }
      for measure in measures { values.append(measure.column.map { unsafe $0.values[place] } ?? 10_000) }
    }
  }

  private func hasAmounts(_ place: Int) -> Bool {
    func has(_ column: FigureColumn) -> Bool { unsafe column.states[place] == .amount }
    return measures.allSatisfy { $0.column.map(has) ?? true }
      && parts.allSatisfy { part in if case .amount(let column) = part { has(column) } else { true } }
  }

  /// The first eight bytes of a SHA-256 of what the columns say: a sum that nobody can steer, so that no list can be
  /// written whose lines pass for another's.
  private func fingerprint(_ row: UInt32, _ place: Int, _ batch: Batch) -> UInt64 {
    text.removeAll(keepingCapacity: true)
    for part in parts {
      switch part {
      case .amount(let column):
        let value = unsafe column.values[place]
        for shift in stride(from: 0, to: 64, by: 8) { text.append(UInt8(truncatingIfNeeded: value >> Int64(shift))) }
      case .text(let field): append(field, row, batch)
      }
    }
    return SHA256.digest(of: text).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// A field without its quotes and padding, in lower case, each run of spaces as one; closed by a byte that no text has.
  private func append(_ field: Int, _ row: UInt32, _ batch: Batch) {
    if let whole = batch.field(field, row: Int(row)) {
      var isSpaced = false
      for at in unsafe FieldText.trimmed(batch.text, whole) {
        let byte = unsafe batch.text[at]
        if FieldText.isPadding(byte) {
          isSpaced = true
          continue
        }
        if isSpaced { text.append(.space) }
        isSpaced = false
        text.append((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte)
      }
    }
    text.append(0xFF)
  }
}
