#if canImport(Glibc)
  import Glibc
#endif

/// The different values of one column, numbered in the order in which they appear.
///
/// Values are compared as the file writes them, quotes and padding included; what two spellings have in common is
/// settled once for each different value, when the drop is summed up, and not once for each row. Values of up to
/// sixteen bytes, nearly all keys, are compared without leaving their slot.
@safe
final class KeyDictionary {
  /// A value may be refused by whoever reads it: every row that has it is then at fault.
  static let refused = UInt32.max
  fileprivate static let empty = UInt32.max - 1

  fileprivate struct Slot {
    /// The value itself, zero-padded; of a longer one its hash and where it begins in `long`.
    var low: UInt64 = 0
    var high: UInt64 = 0
    var length: UInt32 = 0
    var code = KeyDictionary.empty
  }

  /// What a lookup needs, as it is until the next value is added.
  private(set) var lookup: Lookup
  private var used = 0
  private var longCount = 0
  private var longCapacity = 1024
  /// Values that were not refused.
  private(set) var count = 0

  init() {
    unsafe lookup = Lookup(
      slots: Self.slots(256), mask: 255, long: .allocate(capacity: longCapacity),
      seed: (.random(in: .min ... .max), .random(in: .min ... .max)))
  }

  deinit {
    unsafe lookup.slots.deallocate()
    unsafe lookup.long.deallocate()
  }

  /// Different values seen, refused ones included.
  var distinct: Int { used }

  /// Numbers a new value, or marks it as refused.
  func add(_ bytes: UnsafePointer<UInt8>, length: Int, isRefused: Bool = false) -> UInt32 {
    let code = isRefused ? Self.refused : UInt32(count)
    if !isRefused { count += 1 }
    unsafe set(code, for: bytes, length)
    return code
  }

  /// Gives a new value a number of the caller's choice, which several values may share.
  func set(_ code: UInt32, for bytes: UnsafePointer<UInt8>, _ length: Int) {
    if (used + 1) * 2 > lookup.mask { grow() }
    let (low, short) = unsafe lookup.key(bytes, length)
    let high = unsafe length > 16 ? keep(bytes, length) : short
    insert(Slot(low: low, high: high, length: UInt32(length), code: code))
    used += 1
  }

  /// Keeps a long value's bytes; gives where they begin.
  private func keep(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    if longCount + length > longCapacity {
      longCapacity = max(longCapacity * 2, longCount + length)
      let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: longCapacity)
      unsafe memcpy(grown, lookup.long, longCount)
      unsafe lookup.long.deallocate()
      unsafe lookup.long = grown
    }
    unsafe memcpy(lookup.long + longCount, bytes, length)
    longCount += length
    return UInt64(longCount - length)
  }

  private func insert(_ slot: Slot) {
    var at = lookup.position(slot.low, slot.length > 16 ? 0 : slot.high, Int(slot.length))
    while unsafe lookup.slots[at].code != Self.empty { at = (at + 1) & lookup.mask }
    unsafe lookup.slots[at] = slot
  }

  private func grow() {
    let old = unsafe lookup.slots
    let oldCount = lookup.mask + 1
    lookup.mask = oldCount * 4 - 1
    unsafe lookup.slots = Self.slots(oldCount * 4)
    for at in 0..<oldCount where unsafe old[at].code != Self.empty { unsafe insert(old[at]) }
    unsafe old.deallocate()
  }

  private static func slots(_ count: Int) -> UnsafeMutablePointer<Slot> {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
    unsafe slots.initialize(repeating: Slot(), count: count)
    return unsafe slots
  }
}

extension KeyDictionary {
  /// Finds values. A copy is good until its dictionary grows by a value.
  @safe
  struct Lookup {
    fileprivate var slots: UnsafeMutablePointer<Slot>
    fileprivate var mask: Int
    fileprivate var long: UnsafeMutablePointer<UInt8>
    /// Differs from run to run, so that nobody can write a file whose values all meet in one slot.
    fileprivate let seed: (UInt64, UInt64)

    /// The number of a value; nil where it is new.
    @inline(__always)
    func code(of bytes: UnsafePointer<UInt8>, length: Int) -> UInt32? {
      let (low, high) = unsafe key(bytes, length)
      var at = position(low, high, length)
      while true {
        let slot = unsafe slots + at
        let code = unsafe slot.pointee.code
        if code == KeyDictionary.empty { return nil }
        if unsafe slot.pointee.low == low && slot.pointee.length == UInt32(truncatingIfNeeded: length) {
          let stored = unsafe slot.pointee.high
          if unsafe length <= 16 ? stored == high : memcmp(bytes, long + Int(stored), length) == 0 { return code }
        }
        at = (at + 1) & mask
      }
    }

    @inline(__always)
    fileprivate func key(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> (UInt64, UInt64) {
      guard length <= 16 else { return unsafe (hash(bytes, length), 0) }
      let start = unsafe UnsafeRawPointer(bytes)
      let low = unsafe start.loadUnaligned(as: UInt64.self)
      if length <= 8 { return (low & Self.lowBytes(length), 0) }
      let high = unsafe start.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      return (low, high & Self.lowBytes(length - 8))
    }

    /// The lowest 0 to 8 bytes of a word.
    @inline(__always)
    private static func lowBytes(_ count: Int) -> UInt64 {
      count == 0 ? 0 : UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    }

    @inline(__always)
    fileprivate func position(_ low: UInt64, _ high: UInt64, _ length: Int) -> Int {
      Int(truncatingIfNeeded: mix(low ^ seed.0, high ^ seed.1 ^ UInt64(truncatingIfNeeded: length))) & mask
    }

    @inline(__always)
    private func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
      let product = left.multipliedFullWidth(by: right)
      return product.high ^ product.low
    }

    @inline(__always)
    private func hash(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
      let start = unsafe UnsafeRawPointer(bytes)
      var state = seed.0 ^ UInt64(truncatingIfNeeded: length)
      var at = 0
      while at + 8 <= length {
        state = unsafe mix(state ^ start.loadUnaligned(fromByteOffset: at, as: UInt64.self), seed.1 | 1)
        at += 8
      }
      // The last eight bytes, some of them for the second time.
      return unsafe mix(state ^ start.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self), seed.0 | 1)
    }
  }
}
