/// The rows of a table that are in memory, as they stand in the text.
@safe
struct Batch {
  let text: UnsafePointer<UInt8>
  let index: RowIndex
  /// Rows of the file before this text.
  let rowsBefore: Int

  init(text: UnsafePointer<UInt8>, index: RowIndex, rowsBefore: Int) {
    unsafe self.text = text
    self.index = index
    self.rowsBefore = rowsBefore
  }

  /// A row's number in the file, from 1.
  func number(of row: UInt32) -> Int { rowsBefore + Int(row) + 1 }

  /// The fields of a row as text.
  func strings(row: Int) -> [String] {
    (0..<index.fieldCount(row: row)).map { string($0, row: row) }
  }

  /// A field as text; empty where the row has none.
  func string(_ field: Int, row: Int) -> String {
    guard let range = index.field(field, row: row) else { return "" }
    return unsafe FieldText.string(text, range)
  }

  /// Whether every field is empty, or padding alone.
  func isBlank(row: Int) -> Bool {
    let extent = index.extent(row: row)
    if extent.count == index.fieldCount(row: row) - 1 { return true }
    let first = unsafe text[extent.lowerBound]
    // Nearly every row begins with something.
    guard FieldText.isPadding(first) || first < UInt8(ascii: "0") || first > 0x7F else { return false }
    return (0..<index.fieldCount(row: row)).allSatisfy { string($0, row: row).isEmpty }
  }
}
