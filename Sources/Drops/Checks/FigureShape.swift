/// What the figures of one column look like: enough to see that some of them are no amounts.
///
/// Transaction numbers that slipped into an amount column are whole numbers of one length, close together, and far
/// above the amounts around them.
struct FigureShape {
  struct Group {
    var count = 0
    var lowest = Int64.max
    var highest = Int64.min
    var firstRow = 0
    /// The first of them as the file writes it.
    var written = ""
  }

  private(set) var count = 0
  /// How many figures lie between 2ⁿ⁻¹ and 2ⁿ smallest steps.
  private var sizes = InlineArray<65, Int>(repeating: 0)
  /// Figures of digits alone, by their length (7 to 12) and first two digits.
  private var groups: [Group] = Array(repeating: Group(), count: 6 * 100)
  private(set) var largest: Int64 = 0
  private(set) var largestRow = 0
  /// Figures of one to three digits, a point and three more: `1.250`, which may be a thousand and more.
  private(set) var pointedThousands = 0
  /// The row of the first of them.
  private(set) var pointedRow = 0
  /// Figures of three characters at most, which are less than a thousand however they are grouped.
  private var short = 0

  @inline(__always)
  mutating func note(_ value: Int64, _ text: UnsafePointer<UInt8>, _ length: Int, row: Int) {
    let size = value.magnitude
    count += 1
    sizes[64 - size.leadingZeroBitCount] += 1
    if size > largest.magnitude {
      largest = value
      largestRow = row
    }
    if length <= 3 { short += 1 }
    if unsafe length >= 5 && text[length - 4] == UInt8(ascii: ".") && isPointedThousand(text, length) {
      if pointedThousands == 0 { pointedRow = row }
      pointedThousands += 1
    }
    if unsafe length >= 7 && length <= 12 && hasOnlyDigits(text, length) {
      let lead = unsafe Int(text[0] - 48) * 10 + Int(text[1] - 48)
      let group = (length - 7) * 100 + lead
      if groups[group].count == 0 {
        groups[group].firstRow = row
        groups[group].written = unsafe String(decoding: UnsafeBufferPointer(start: text, count: length), as: UTF8.self)
      }
      groups[group].add(value)
    }
  }

  @inline(__always)
  private func hasOnlyDigits(_ text: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    for at in (0..<length).reversed() where unsafe text[at] &- 48 > 9 { return false }
    return true
  }

  private func isPointedThousand(_ text: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    for at in length - 3..<length where unsafe text[at] &- 48 > 9 { return false }
    var whole = 0
    while whole < length - 4, unsafe text[length - 5 - whole] &- 48 <= 9 { whole += 1 }
    // A thousand does not begin with a nought.
    guard (1...3).contains(whole), unsafe text[length - 4 - whole] != 48 else { return false }
    // What goes before is a sign, a bracket or a currency.
    for at in 0..<length - 4 - whole where unsafe text[at] == UInt8(ascii: ",") || text[at] == UInt8(ascii: ".") {
      return false
    }
    return true
  }

  /// Three figures and more look so, and none otherwise but for those that are too short for it.
  var looksGroupedByPoints: Bool { pointedThousands >= 3 && pointedThousands + short == count }

  /// Roughly the middle one of the sizes of the figures that are no more than `ceiling`, to a factor of two; and how
  /// many there are.
  private func middle(upTo ceiling: Int64) -> (size: Int64, of: Int) {
    let top = 64 - ceiling.magnitude.leadingZeroBitCount
    let total = (0...top).reduce(0) { $0 + sizes[$1] }
    var seen = 0
    for bits in 0...top {
      seen += sizes[bits]
      if seen * 2 >= total { return (bits == 0 ? 0 : 1 << Int64(min(bits - 1, 62)), total) }
    }
    return (0, total)
  }

  /// Figures that look like transaction numbers: at least five whole numbers of one length within a twentieth of each
  /// other, a hundred times the size of the middle one of the other figures, of which there are at least as many.
  var transactionNumbers: Group? {
    var best: Group?
    for length in 0..<6 {
      for lead in 10..<100 {
        var group = groups[length * 100 + lead]
        // A run of numbers may cross from one leading pair to the next.
        if lead < 99 { group.add(groups[length * 100 + lead + 1]) }
        guard group.count >= 5, group.count > best?.count ?? 0,
          group.highest / 20 >= group.highest - group.lowest
        else { continue }
        let others = middle(upTo: group.lowest / 2)
        guard others.of >= group.count, group.lowest / 100 > others.size else { continue }
        best = group
      }
    }
    return best
  }
}

extension FigureShape.Group {
  @inline(__always)
  mutating func add(_ value: Int64) {
    count += 1
    lowest = min(lowest, value)
    highest = max(highest, value)
  }

  mutating func add(_ other: Self) {
    guard other.count > 0 else { return }
    if count == 0 || other.firstRow < firstRow {
      firstRow = other.firstRow
      written = other.written
    }
    count += other.count
    lowest = min(lowest, other.lowest)
    highest = max(highest, other.highest)
  }
}
