/// The different values of one column, numbered in the order in which they appear.
///
/// Values are compared as the file writes them, quotes and padding included; what two spellings have in common is settled
/// once for each different value, when the drop is summed up, and not once for each row. Values of up to sixteen
/// bytes, nearly all keys, are compared without leaving their slot.
@safe
final class KeyDictionary {
  /// A value may be refused by whoever reads it: every row that has it is then at fault.
  static let refused = UInt32.max
  private static let empty = UInt32.max - 1

  private struct Slot {
    /// The value itself, zero-padded; of a longer one its hash and where it begins in `long`.
    var low: UInt64 = 0
    var high: UInt64 = 0
    var length: UInt32 = 0
    var code = KeyDictionary.empty
  }

  private var slots: UnsafeMutablePointer<Slot>
  private var mask: Int
  private var used = 0
  private var long: [UInt8] = []
  /// Values that were not refused.
  private(set) var count = 0
  /// Differs from run to run, so that nobody can write a file whose values all meet in one slot.
  private let seed = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))

  init() {
    mask = 255
    unsafe slots = .allocate(capacity: 256)
    unsafe slots.initialize(repeating: Slot(), count: 256)
  }

  deinit { unsafe slots.deallocate() }

  /// Different values seen, refused ones included.
  var distinct: Int { used }

  /// The number of a value; nil where it is new.
  @inline(__always)
  func code(of bytes: UnsafePointer<UInt8>, length: Int) -> UInt32? {
    let (low, high) = unsafe key(bytes, length)
    var at = position(low, high, length)
    while true {
      let slot = unsafe slots + at
      if unsafe slot.pointee.code == Self.empty { return nil }
      if unsafe slot.pointee.low == low && slot.pointee.length == UInt32(truncatingIfNeeded: length) {
        if length <= 16 {
          if unsafe slot.pointee.high == high { return unsafe slot.pointee.code }
        } else if unsafe isSame(bytes, length, at: Int(slot.pointee.high)) {
          return unsafe slot.pointee.code
        }
      }
      at = (at + 1) & mask
    }
  }

  /// Numbers a new value, or marks it as refused.
  func add(_ bytes: UnsafePointer<UInt8>, length: Int, isRefused: Bool = false) -> UInt32 {
    let code = isRefused ? Self.refused : UInt32(count)
    if !isRefused { count += 1 }
    unsafe set(code, for: bytes, length)
    return code
  }

  /// Gives a new value a number of the caller's choice, which several values may share.
  func set(_ code: UInt32, for bytes: UnsafePointer<UInt8>, _ length: Int) {
    if (used + 1) * 2 > mask { grow() }
    let (low, short) = unsafe key(bytes, length)
    var high = short
    if length > 16 {
      high = UInt64(long.count)
      unsafe long.append(contentsOf: UnsafeBufferPointer(start: bytes, count: length))
    }
    insert(Slot(low: low, high: high, length: UInt32(length), code: code))
    used += 1
  }

  private func insert(_ slot: Slot) {
    var at = position(slot.low, slot.length > 16 ? 0 : slot.high, Int(slot.length))
    while unsafe slots[at].code != Self.empty { at = (at + 1) & mask }
    unsafe slots[at] = slot
  }

  private func grow() {
    let old = unsafe slots
    let oldCount = mask + 1
    mask = oldCount * 4 - 1
    unsafe slots = .allocate(capacity: mask + 1)
    unsafe slots.initialize(repeating: Slot(), count: mask + 1)
    for at in 0..<oldCount where unsafe old[at].code != Self.empty { unsafe insert(old[at]) }
    unsafe old.deallocate()
  }

  @inline(__always)
  private func key(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> (UInt64, UInt64) {
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
    count == 0 ? 0 : UInt64.max &>> UInt64(truncatingIfNeeded: 64 - 8 * count)
  }

  @inline(__always)
  private func position(_ low: UInt64, _ high: UInt64, _ length: Int) -> Int {
    Int(truncatingIfNeeded: mix(low ^ seed.0, high ^ seed.1 ^ UInt64(truncatingIfNeeded: length))) & mask
  }

  @inline(__always)
  private func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  private func hash(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    let start = unsafe UnsafeRawPointer(bytes)
    var state = seed.0 ^ UInt64(length)
    var at = 0
    while at + 8 <= length {
      state = unsafe mix(state ^ start.loadUnaligned(fromByteOffset: at, as: UInt64.self), seed.1 | 1)
      at += 8
    }
    if at < length {
      let tail = unsafe start.loadUnaligned(fromByteOffset: at, as: UInt64.self) & Self.lowBytes(length - at)
      state = mix(state ^ tail, seed.1 | 1)
    }
    return mix(state, seed.0 | 1)
  }

  private func isSame(_ bytes: UnsafePointer<UInt8>, _ length: Int, at start: Int) -> Bool {
    unsafe long.withUnsafeBufferPointer { stored in
      for index in 0..<length where unsafe stored[start + index] != bytes[index] { return false }
      return true
    }
  }
}
