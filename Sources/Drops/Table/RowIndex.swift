/// Where the fields and rows of one stretch of text end, as found by `Scanner`.
///
/// Field `k` of row `r` runs up to `ends[firstEnds[r] + k]`; it begins at the row's start, or one past the end before.
/// A quoted field keeps its quotes here.
@safe
final class RowIndex {
  private(set) var ends: UnsafeMutablePointer<UInt32>
  private(set) var rowStarts: UnsafeMutablePointer<UInt32>
  /// One more than there are rows: the last is where the ends of a further row would begin.
  private(set) var firstEnds: UnsafeMutablePointer<UInt32>
  private(set) var capacity: Int
  var rowCount = 0

  init() {
    capacity = 0
    unsafe ends = .allocate(capacity: 1)
    unsafe rowStarts = .allocate(capacity: 1)
    unsafe firstEnds = .allocate(capacity: 2)
  }

  deinit {
    unsafe ends.deallocate()
    unsafe rowStarts.deallocate()
    unsafe firstEnds.deallocate()
  }

  /// Makes room for a text in which every byte ends a field and a row. What was found before is forgotten.
  func prepare(for byteCount: Int) {
    rowCount = 0
    if byteCount > capacity {
      unsafe ends.deallocate()
      unsafe rowStarts.deallocate()
      unsafe firstEnds.deallocate()
      capacity = byteCount
      unsafe ends = .allocate(capacity: byteCount + 1)
      unsafe rowStarts = .allocate(capacity: byteCount + 1)
      unsafe firstEnds = .allocate(capacity: byteCount + 2)
    }
    unsafe firstEnds[0] = 0
  }
}
