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
    var index = 0
    for touch in region {
      let start = from.start(touch.row)
      for slot in touch.slots {
        to.copy(index, from: from, start &+ slot)
        index &+= 1
      }
    }
  }

  /// Where all of it has changed, the region itself.
  func changed() -> Region {
    let (now, before) = (column.lanes, copy.lanes)
    // Nil as long as all of every row has.
    var changed: Region?
    var index = 0
    for (number, touch) in region.enumerated() {
      let start = now.start(touch.row)
      var (first, end) = (Int.max, Int.min)
      for slot in touch.slots {
        if !now.isSame(start &+ slot, as: before, index) {
          first = min(first, slot)
          end = slot + 1
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
