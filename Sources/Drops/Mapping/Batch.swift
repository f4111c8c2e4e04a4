/// The rows of a table that are in memory, as they stand in the text.
@safe
struct Batch {
  let text: UnsafePointer<UInt8>
  let rowCount: Int
  /// Rows of the file before this text.
  let rowsBefore: Int
  // As `RowIndex` describes them; held apart from it so that loops read them without asking who else may be writing.
  private let ends: UnsafePointer<UInt32>
  private let rowStarts: UnsafePointer<UInt32>
  private let firstEnds: UnsafePointer<UInt32>

  init(text: UnsafePointer<UInt8>, index: RowIndex, rowsBefore: Int) {
    unsafe self.text = text
    rowCount = index.rowCount
    self.rowsBefore = rowsBefore
    unsafe ends = UnsafePointer(index.ends)
    unsafe rowStarts = UnsafePointer(index.rowStarts)
    unsafe firstEnds = UnsafePointer(index.firstEnds)
  }

  @inline(__always)
  func fieldCount(row: Int) -> Int {
    unsafe Int(firstEnds[row + 1] - firstEnds[row])
  }

  /// The bytes of a field, quotes included; nil where the row has fewer fields.
  @inline(__always)
  func field(_ field: Int, row: Int) -> Range<Int>? {
    let first = unsafe Int(firstEnds[row])
    guard unsafe first + field < Int(firstEnds[row + 1]) else { return nil }
    let start = unsafe field == 0 ? Int(rowStarts[row]) : Int(ends[first + field - 1]) + 1
    return unsafe Range(uncheckedBounds: (start, Int(ends[first + field])))
  }

  /// The bytes of a whole row without its line break.
  @inline(__always)
  func extent(row: Int) -> Range<Int> {
    unsafe Range(uncheckedBounds: (Int(rowStarts[row]), Int(ends[Int(firstEnds[row + 1]) - 1])))
  }

  /// A row's number in the file, from 1.
  func number(of row: UInt32) -> Int { rowsBefore + Int(row) + 1 }

  /// The fields of a row as text.
  func strings(row: Int) -> [String] {
    (0..<fieldCount(row: row)).map { string($0, row: row) }
  }

  /// A field as text; empty where the row has none.
  func string(_ field: Int, row: Int) -> String {
    guard let range = self.field(field, row: row) else { return "" }
    return unsafe FieldText.string(text, range)
  }

  /// Whether every field is empty, or padding alone.
  func isBlank(row: Int) -> Bool {
    let extent = extent(row: row)
    if extent.count == fieldCount(row: row) - 1 { return true }
    let first = unsafe text[extent.lowerBound]
    // Nearly every row begins with something.
    guard FieldText.isPadding(first) || first < UInt8(ascii: "0") || first > 0x7F else { return false }
    return (0..<fieldCount(row: row)).allSatisfy { string($0, row: row).isEmpty }
  }
}
