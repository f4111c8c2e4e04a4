/// A table small enough to be held as text, such as the register: its rows, and where they stand.
package struct SmallTable {
  /// Those that are blank included.
  package private(set) var rows: [[String]] = []
  /// Why it can't be read.
  package private(set) var problem: DropProblem?
  private let buffer = TextBuffer()
  private let index = RowIndex()

  /// Comma-separated text in any encoding that is found out.
  package init(_ bytes: [UInt8]) {
    do throws(DropProblem) {
      try decode(bytes)
      try scan()
      let batch = unsafe Batch(text: buffer.bytes, index: index, rowsBefore: 0)
      rows = (0..<index.rowCount).map { batch.strings(row: $0) }
    } catch {
      problem = error
    }
  }

  private func decode(_ bytes: [UInt8]) throws(DropProblem) {
    var decoder = TextDecoder(.auto)
    do throws(TextFault) {
      var fault: TextFault?
      unsafe bytes.withUnsafeBytes { piece in
        do throws(TextFault) { try unsafe decoder.decode(piece, into: buffer) } catch { fault = error }
      }
      if let fault { throw fault }
      try decoder.finish(into: buffer)
    } catch {
      throw DropProblem(
        .encoding, "the text is neither UTF-8 nor Windows-1252 as a whole: see byte \(error.offset + 1)",
        expected: "a file saved as UTF-8")
    }
    if let last = buffer.last, last != .lineFeed, last != .carriageReturn { buffer.append(.lineFeed) }
  }

  private func scan() throws(DropProblem) {
    do throws(ScanFault) {
      let scanner = Scanner(separator: UInt8(ascii: ","), limits: TableLimits())
      _ = try unsafe scanner.scan(buffer.bytes, count: buffer.count, isLast: true, into: index)
    } catch {
      throw DropProblem(
        .quoting, row: index.rowCount + 1, "this row is not comma-separated text", expected: "quotes that are closed")
    }
  }

  // MARK: Where things stand

  /// The whole of it as UTF-8, whatever the file was written in; its lines are the file's.
  package var text: [UInt8] { unsafe Array(UnsafeBufferPointer(start: buffer.bytes, count: buffer.count)) }

  /// Where a row (from 1) stands in the text, or one of its fields (from 0); a row that could not be read begins where the
  /// one before it ends. Nil for any other that there is none of.
  package func place(row: Int, field: Int? = nil) -> Range<Int>? {
    guard row >= 1, row <= index.rowCount + 1 else { return nil }
    let batch = unsafe Batch(text: buffer.bytes, index: index, rowsBefore: 0)
    guard row <= index.rowCount else {
      var start = row == 1 ? 0 : batch.extent(row: row - 2).upperBound
      while start < buffer.count, unsafe [.lineFeed, .carriageReturn].contains(buffer.bytes[start]) { start += 1 }
      return start..<min(start + 1, buffer.count)
    }
    return field.flatMap { batch.field($0, row: row - 1) } ?? batch.extent(row: row - 1)
  }
}
