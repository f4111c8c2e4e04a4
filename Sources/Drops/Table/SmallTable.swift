/// A table small enough to be held as text, such as the register.
package enum SmallTable {
  /// The rows of a comma-separated text in any encoding that is found out, those that are blank included.
  package static func rows(_ bytes: [UInt8]) throws(DropProblem) -> [[String]] {
    let buffer = TextBuffer()
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
    let index = RowIndex()
    do throws(ScanFault) {
      let scanner = Scanner(separator: UInt8(ascii: ","), limits: TableLimits())
      _ = try unsafe scanner.scan(buffer.bytes, count: buffer.count, isLast: true, into: index)
    } catch {
      throw DropProblem(
        .quoting, row: index.rowCount + 1, "this row is not comma-separated text", expected: "quotes that are closed")
    }
    let batch = unsafe Batch(text: buffer.bytes, index: index, rowsBefore: 0)
    return (0..<index.rowCount).map { batch.strings(row: $0) }
  }
}
