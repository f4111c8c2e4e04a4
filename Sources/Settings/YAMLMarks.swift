import Diagnostics
import Yams

/// Turns the YAML library's places (line and column in Unicode scalars) into byte offsets.
///
/// Places mostly come in ascending order, so each search goes on from the last: a file of one long line stays linear.
struct YAMLMarks {
  private let source: SourceText
  private var line = 1
  private var column = 1
  private var offset: Int

  init(_ source: SourceText) {
    self.source = source
    offset = source.lineRange(1).lowerBound
  }

  mutating func offset(of mark: Mark) -> Int32 {
    let wanted = min(max(1, mark.line), source.lineCount)
    if wanted != line || mark.column < column {
      line = wanted
      column = 1
      offset = source.lineRange(wanted).lowerBound
    }
    let end = source.lineRange(wanted).upperBound
    while column < mark.column, offset < end {
      offset += 1
      while offset < end, source.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      column += 1
    }
    return Int32(offset)
  }
}
