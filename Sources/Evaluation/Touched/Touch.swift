/// The part of one subject's row that a change reaches.
struct Touch: Equatable {
  var subject: Int32
  var from: Int32
  var to: Int32

  init(_ subject: Int, _ slots: Range<Int>) {
    self.subject = Int32(subject)
    from = Int32(slots.lowerBound)
    to = Int32(slots.upperBound)
  }

  @inline(__always) var slots: Range<Int> { Int(from)..<Int(to) }
  @inline(__always) var row: Int { Int(subject) }
}

/// The touched parts of a column: at most one a subject, in order of the subjects.
typealias Region = [Touch]

extension [Touch] {
  /// Every subject and slot.
  static func everything(subjects: Int, width: Int) -> Region { (0..<subjects).map { Touch($0, 0..<width) } }

  /// Subjects of either; where both touch one, the slots from the first to the last.
  func united(with other: Region) -> Region {
    if isEmpty { return other }
    // What one drop brings reaches most expressions alike.
    if other.isEmpty || self == other { return self }
    var result: Region = []
    result.reserveCapacity(Swift.max(count, other.count))
    var (i, j) = (0, 0)
    while i < count || j < other.count {
      if j == other.count || (i < count && self[i].subject < other[j].subject) {
        result.append(self[i])
        i += 1
      } else if i == count || other[j].subject < self[i].subject {
        result.append(other[j])
        j += 1
      } else {
        var both = self[i]
        both.from = Swift.min(both.from, other[j].from)
        both.to = Swift.max(both.to, other[j].to)
        result.append(both)
        i += 1
        j += 1
      }
    }
    return result
  }

  /// With each row's slots changed to others; a row without any goes.
  func mapSlots(_ transform: (Range<Int>) -> Range<Int>?) -> Region {
    // Most rows are touched in the same slots.
    var last: (slots: Range<Int>, mapped: Range<Int>?)?
    return compactMap { touch in
      if last?.slots != touch.slots { last = (touch.slots, transform(touch.slots)) }
      return last?.mapped.map { Touch(touch.row, $0) }
    }
  }

  /// One touch over the slots of all, as of a row that serves all subjects.
  var merged: Region {
    guard let first else { return [] }
    var all = first
    for touch in self {
      all.from = Swift.min(all.from, touch.from)
      all.to = Swift.max(all.to, touch.to)
    }
    return [Touch(0, all.slots)]
  }
}

/// Gathers touches in any order into a region.
struct RegionBuilder {
  private var slots: [Int: Range<Int>] = [:]

  mutating func add(_ subject: Int, _ added: Range<Int>) {
    guard !added.isEmpty else { return }
    guard let known = slots[subject] else {
      slots[subject] = added
      return
    }
    slots[subject] = min(known.lowerBound, added.lowerBound)..<max(known.upperBound, added.upperBound)
  }

  var region: Region { slots.map { Touch($0.key, $0.value) }.sorted { $0.subject < $1.subject } }
}
