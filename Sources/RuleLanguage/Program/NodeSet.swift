/// Which nodes of a program have been seen: a bit for each, as there may be many thousand and as many walks over them.
struct NodeSet {
  private var bits: [UInt64]

  /// Empty, for a program of so many nodes.
  init(of count: Int) { bits = Array(repeating: 0, count: (count + 63) / 64) }

  /// Whether it was not in the set before.
  mutating func insert(_ id: NodeID) -> Bool {
    let (word, bit) = (Int(id.index >> 6), UInt64(1) << UInt64(id.index & 63))
    guard bits[word] & bit == 0 else { return false }
    bits[word] |= bit
    return true
  }
}
