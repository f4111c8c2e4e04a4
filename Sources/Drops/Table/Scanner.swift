#if canImport(Glibc)
  import Glibc
#endif

/// Finds fields and rows in UTF-8 text by RFC 4180, sixteen bytes at a time.
///
/// A quote that opens a field quotes it up to its closing quote, line breaks included; two quotes within are one. A
/// quote anywhere else is a character like any other, as spreadsheets read it. CRLF, LF and a lone CR end a row.
struct Scanner {
  let separator: UInt8
  let limits: TableLimits

  /// Bytes that must be readable, and may hold anything, behind the text.
  static let slack = 16

  /// Fills `index` with the whole rows of the text.
  ///
  /// - Parameter isLast: nothing follows; the text must then end with a line break, which its reader adds where a file
  ///   lacks it.
  /// - Returns: where the first row starts that is not whole yet.
  func scan(
    _ text: UnsafePointer<UInt8>, count: Int, isLast: Bool, into index: RowIndex
  ) throws(ScanFault) -> Int {
    index.prepare(for: count)
    let ends = unsafe index.ends
    let rowStarts = unsafe index.rowStarts
    let firstEnds = unsafe index.firstEnds
    let separators = SIMD16<UInt8>(repeating: separator)
    let lineFeeds = SIMD16<UInt8>(repeating: .lineFeed)
    let returns = SIMD16<UInt8>(repeating: .carriageReturn)
    let quotes = SIMD16<UInt8>(repeating: .quote)
    var endCount = 0
    var rowCount = 0
    var rowStart = 0
    var fieldStart = 0
    /// Marks before this one stand inside what is settled: the LF of a CRLF, the inside of quotes.
    var resume = 0
    var base = 0

    defer { index.rowCount = rowCount }
    scanning: while base < count {
      let bytes = unsafe UnsafeRawPointer(text + base).loadUnaligned(as: SIMD16<UInt8>.self)
      let hits = (bytes .== separators) .| (bytes .== lineFeeds) .| (bytes .== returns) .| (bytes .== quotes)
      let words = unsafe unsafeBitCast(hits, to: SIMD2<UInt64>.self)
      var next = base + 16
      var half = 0
      while half < 2 {
        var marks = words[half] & 0x8080_8080_8080_8080
        let halfBase = base + half * 8
        half += 1
        while marks != 0 {
          let at = halfBase + marks.trailingZeroBitCount >> 3
          marks &= marks &- 1
          if at < resume { continue }
          if at >= count { break scanning }
          let byte = unsafe text[at]
          if byte == separator {
            unsafe ends[endCount] = UInt32(truncatingIfNeeded: at)
            endCount += 1
            fieldStart = at + 1
          } else if byte == .quote {
            guard at == fieldStart else { continue }
            guard let closing = unsafe Self.closingQuote(text, from: at + 1, count: count) else {
              if isLast { throw ScanFault.unclosedQuote }
              break scanning
            }
            if closing + 1 == count { break scanning }
            let after = unsafe text[closing + 1]
            guard after == separator || after == .lineFeed || after == .carriageReturn else {
              throw ScanFault.textAfterQuote
            }
            resume = closing + 1
            if resume >= next {
              next = resume
              half = 2
              marks = 0
            }
          } else {
            var after = at + 1
            if byte == .carriageReturn {
              if after == count {
                if !isLast { break scanning }
              } else if unsafe text[after] == .lineFeed {
                after += 1
              }
            }
            unsafe ends[endCount] = UInt32(truncatingIfNeeded: at)
            endCount += 1
            unsafe rowStarts[rowCount] = UInt32(truncatingIfNeeded: rowStart)
            let fields = unsafe endCount - Int(firstEnds[rowCount])
            try check(rowBytes: at - rowStart, fields: fields)
            if at - rowStart > limits.fieldBytes {
              var start = rowStart
              for field in endCount - fields..<endCount {
                let end = unsafe Int(ends[field])
                try check(fieldBytes: end - start)
                start = end + 1
              }
            }
            rowCount += 1
            unsafe firstEnds[rowCount] = UInt32(truncatingIfNeeded: endCount)
            rowStart = after
            fieldStart = after
            resume = after
          }
        }
      }
      base = next
    }
    try check(fieldBytes: count - max(fieldStart, rowStart))
    try check(rowBytes: count - rowStart, fields: unsafe endCount - Int(firstEnds[rowCount]))
    return rowStart
  }

  @inline(__always)
  private func check(fieldBytes: Int) throws(ScanFault) {
    if fieldBytes > limits.fieldBytes {
      throw ScanFault.fieldTooLong(limit: limits.fieldBytes)
    }
  }

  @inline(__always)
  private func check(rowBytes: Int, fields: Int) throws(ScanFault) {
    if rowBytes > limits.rowBytes { throw ScanFault.rowTooLong(limit: limits.rowBytes) }
    if fields > limits.fields { throw ScanFault.tooManyFields(limit: limits.fields) }
  }

  /// The quote that closes a field opened before `from`.
  private static func closingQuote(_ text: UnsafePointer<UInt8>, from: Int, count: Int) -> Int? {
    var at = from
    while at < count {
      guard let found = unsafe memchr(text + at, Int32(UInt8.quote), count - at) else { return nil }
      at = unsafe UnsafeRawPointer(found) - UnsafeRawPointer(text)
      guard at + 1 < count, unsafe text[at + 1] == .quote else { return at }
      at += 2
    }
    return nil
  }
}

/// Why a text is no table. The row at fault is the one after those that were found.
enum ScanFault: Error, Equatable {
  case unclosedQuote
  case textAfterQuote
  case fieldTooLong(limit: Int)
  case rowTooLong(limit: Int)
  case tooManyFields(limit: Int)
}

extension UInt8 {
  static var lineFeed: UInt8 { 0x0A }
  static var carriageReturn: UInt8 { 0x0D }
  static var quote: UInt8 { 0x22 }
  static var space: UInt8 { 0x20 }
  static var tab: UInt8 { 0x09 }
}
