#if canImport(Glibc)
  import Glibc
#endif

/// What the rows of one key add up to so far.
struct Sum {
  /// Ten-thousandths or billionths, as the measure is kept.
  var value: Int64
  /// How many rows; none is a cell that does not exist.
  var rows: UInt32
  var firstRow: UInt32
}

/// The running sums of a drop, by the numbers that its key columns' dictionaries gave.
///
/// A key is those numbers side by side in one word, each column in as many bits as it needs so far; the last column
/// varies fastest. As long as all possible keys are few enough, a sum stands at its key (one load a row, no
/// comparison); beyond that the table is hashed.
@safe
final class CellTable {
  /// Bits of each key column, outermost first.
  private(set) var widths: [Int]
  private(set) var shifts: [Int]
  private let limit: Int
  private let denseBits: Int

  private var sums: UnsafeMutablePointer<Sum>
  private var capacity: Int
  /// Hashed only: the keys of `sums`, and where in them a key stands (one more than its place; 0 is nowhere).
  private var keys: [UInt64] = []
  private var places: [UInt32] = []
  private(set) var isDense = true

  /// - Parameter limit: how many sums are held at most.
  init(columns: Int, limit: Int) {
    widths = Array(repeating: 0, count: columns)
    shifts = widths
    self.limit = limit
    denseBits = limit.bitWidth - 1 - max(limit, 1).leadingZeroBitCount
    capacity = 1
    unsafe sums = Self.zeroed(1)
  }

  deinit { unsafe free(sums) }

  /// Makes every number below `counts` fit its column. False where keys no longer fit one word.
  func fit(counts: [Int]) -> Bool {
    var wanted = widths
    for (column, count) in counts.enumerated() {
      wanted[column] = max(widths[column], count < 2 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount)
    }
    if wanted == widths { return true }
    let total = wanted.reduce(0, +)
    guard total < 64 else { return false }
    relay(to: wanted, total: total)
    return true
  }

  private func relay(to wanted: [Int], total: Int) {
    let (old, oldShifts, oldWidths) = (entries(), shifts, widths)
    widths = wanted
    var shift = 0
    for column in wanted.indices.reversed() {
      shifts[column] = shift
      shift += wanted[column]
    }
    func rekeyed(_ key: UInt64) -> UInt64 {
      var moved: UInt64 = 0
      for column in wanted.indices {
        let mask: UInt64 = (1 << UInt64(oldWidths[column])) - 1
        let number = (key >> UInt64(oldShifts[column])) & mask
        moved |= number << UInt64(shifts[column])
      }
      return moved
    }
    if total <= denseBits {
      let grown = unsafe Self.zeroed(1 << total)
      for (key, sum) in old { unsafe grown[Int(rekeyed(key))] = sum }
      unsafe free(sums)
      unsafe sums = grown
      capacity = 1 << total
    } else {
      isDense = false
      keys = []
      unsafe free(sums)
      // A power of two: places are found by masking.
      capacity = 1024
      while capacity < old.count * 2 { capacity *= 2 }
      unsafe sums = Self.zeroed(capacity)
      places = Array(repeating: 0, count: capacity * 2)
      for (key, sum) in old {
        let at = place(of: rekeyed(key))
        unsafe sums[at] = sum
      }
    }
  }

  /// One amount for each row of a batch.
  @safe
  struct Amounts {
    /// Where the rows' keys are, and what to put beside them for this amount.
    var keys: UnsafeBufferPointer<UInt64>
    var slot: UInt64
    /// nil: each row counts one unit.
    var values: UnsafePointer<Int64>?
    var states: UnsafePointer<FigureColumn.State>?
    var rows: UnsafeBufferPointer<UInt32>
    /// What to add to a row's place to have its number.
    var base: UInt32
    /// Whether a second row of one key is reported.
    var refusesRepeats: Bool
  }

  enum Trouble { case overflow, repeated(firstRow: UInt32) }

  /// A row that has no key.
  static let noKey = UInt64.max

  /// Adds each row's amount to the sum of its key. A sum that would overflow stays as it was, and is reported.
  ///
  /// Keys are known before the first sum is touched, so that the processor can fetch several sums from memory at once.
  func add(_ amounts: Amounts, report: (_ row: UInt32, Trouble) -> Void) {
    let (sums, isDense) = unsafe (self.sums, isDense)
    for place in unsafe amounts.rows.indices {
      let key = unsafe amounts.keys[place]
      if key == Self.noKey { continue }
      var value: Int64 = 10_000
      if let values = unsafe amounts.values, let states = unsafe amounts.states {
        guard unsafe states[place] == .amount else { continue }
        value = unsafe values[place]
      }
      let row = unsafe amounts.base &+ amounts.rows[place]
      let sum: UnsafeMutablePointer<Sum>
      if isDense {
        unsafe sum = unsafe sums + Int(truncatingIfNeeded: key | amounts.slot)
      } else {
        let at = self.place(of: key | amounts.slot)
        unsafe sum = self.sums + at
      }
      let before = unsafe sum.pointee.rows
      let (total, overflows) = unsafe sum.pointee.value.addingReportingOverflow(value)
      if overflows {
        report(row, .overflow)
        continue
      }
      if before == 0 {
        unsafe sum.pointee.firstRow = row
      } else if amounts.refusesRepeats {
        unsafe report(row, .repeated(firstRow: sum.pointee.firstRow))
      }
      unsafe sum.pointee.value = total
      unsafe sum.pointee.rows = before &+ 1
    }
  }

  /// Adds one amount to the sum of a key. False where the sum would overflow, and stays as it was.
  func add(_ value: Int64, row: UInt32, to key: UInt64) -> Bool {
    let at = isDense ? Int(truncatingIfNeeded: key) : place(of: key)
    let (total, overflows) = unsafe sums[at].value.addingReportingOverflow(value)
    if overflows { return false }
    if unsafe sums[at].rows == 0 { unsafe sums[at].firstRow = row }
    unsafe sums[at].value = total
    unsafe sums[at].rows &+= 1
    return true
  }

  /// Whether there are more sums than the limit allows.
  var isOverfull: Bool { keys.count > limit }

  /// The sums that exist, by key; in key order where the table isn't hashed.
  func forEach(_ body: (UInt64, Sum) throws -> Void) rethrows {
    if isDense {
      for at in 0..<capacity where unsafe sums[at].rows != 0 { try unsafe body(UInt64(at), sums[at]) }
    } else {
      for (at, key) in keys.enumerated() { try unsafe body(key, sums[at]) }
    }
  }

  private func entries() -> [(UInt64, Sum)] {
    var all: [(UInt64, Sum)] = []
    forEach { all.append(($0, $1)) }
    return all
  }

  private func place(of key: UInt64) -> Int {
    let mask = places.count - 1
    var at = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
    while places[at] != 0 {
      let found = Int(places[at]) - 1
      if keys[found] == key { return found }
      at = (at + 1) & mask
    }
    if keys.count == capacity {
      grow()
      return place(of: key)
    }
    keys.append(key)
    places[at] = UInt32(keys.count)
    return keys.count - 1
  }

  private func grow() {
    let grown = unsafe Self.zeroed(capacity * 2)
    unsafe memcpy(grown, sums, capacity * MemoryLayout<Sum>.stride)
    unsafe free(sums)
    unsafe sums = grown
    capacity *= 2
    let mask = capacity * 2 - 1
    places = Array(repeating: 0, count: mask + 1)
    for (found, key) in keys.enumerated() {
      var at = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
      while places[at] != 0 { at = (at + 1) & mask }
      places[at] = UInt32(found + 1)
    }
  }

  /// Large tables come zeroed and untouched from the kernel and go back to it when freed.
  private static func zeroed(_ count: Int) -> UnsafeMutablePointer<Sum> {
    guard let memory = unsafe calloc(count, MemoryLayout<Sum>.stride) else {
      preconditionFailure("no memory for \(count) sums")
    }
    return unsafe memory.bindMemory(to: Sum.self, capacity: count)
  }
}
