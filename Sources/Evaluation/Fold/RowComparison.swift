/// Which years of a folded row stand otherwise than before, fed with its states a year at a time.
///
/// A year's alert stands otherwise, too, when the next year begins or is gone again: its year is over, or no longer.
struct RowComparison {
  private var differs = false
  private var existed = false
  private var exists = false
  /// Of the year before.
  private var earlierExists = false
  private var earlierIsNoted = false

  @inline(__always) mutating func take(_ was: FoldCode, _ now: FoldCode) {
    differs = differs || was != now
    existed = existed || was.exists
    exists = exists || now.exists
  }

  /// After a year's slots: calls the body with each year that stands otherwise, in order.
  @inline(__always) mutating func end(year: Int, _ body: (Int) -> Void) {
    if existed != exists && earlierExists && !earlierIsNoted { body(year - 1) }
    if differs { body(year) }
    (earlierExists, earlierIsNoted) = (exists, differs)
    (differs, existed, exists) = (false, false, false)
  }
}
