/// A copy of a column's region, to see afterwards what has changed of it.
struct Kept {
  private let column: Column
  private let region: Region
  /// The region's elements, one after the other.
  private let copy: Column

  init(_ column: Column, _ region: Region) {
    self.column = column
    self.region = region
    copy = Column(column.shape, subjects: 1, width: region.reduce(0) { $0 + $1.slots.count })
    let (from, to) = (column.lanes, copy.lanes)
    switch column.shape {
    // Most columns are: a rule has a comparison for each of its limits.
    case .truth: forEach { index, source in to.states[index] = from.states[source] }
    case .whole, .quotient: forEach { index, source in to.copy(index, from: from, source) }
    }
  }

  @inline(__always) private func forEach(_ body: (_ copied: Int, _ element: Int) -> Void) {
    let stride = column.isShared ? 0 : column.width
    var index = 0
    for touch in region {
      let start = touch.row &* stride
      for slot in touch.slots {
        body(index, start &+ slot)
        index &+= 1
      }
    }
  }

  /// Where all of it has changed, the region itself.
  func changed() -> Region {
    let (now, before) = (column.lanes, copy.lanes)
    switch column.shape {
    case .truth: return changed { element, copied in now.states[element] != before.states[copied] }
    case .whole, .quotient: return changed { element, copied in !now.isSame(element, as: before, copied) }
    }
  }

  @inline(__always) private func changed(where differs: (_ element: Int, _ copied: Int) -> Bool) -> Region {
    let stride = column.isShared ? 0 : column.width
    // Nil as long as all of every row has.
    var changed: Region?
    var index = 0
    for (number, touch) in region.enumerated() {
      let start = touch.row &* stride
      var (first, end) = (Int.max, Int.min)
      for slot in touch.slots {
        if differs(start &+ slot, index) {
          first = min(first, slot)
          end = slot &+ 1
        }
        index &+= 1
      }
      if changed == nil {
        if first == touch.slots.lowerBound && end == touch.slots.upperBound { continue }
        changed = Region(region[..<number])
      }
      if first < end { changed?.append(Touch(touch.row, first..<end)) }
    }
    return changed ?? region
  }
}
