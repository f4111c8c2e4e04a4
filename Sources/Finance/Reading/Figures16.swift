/// Up to sixteen characters at once, the last of them in the highest byte and `0` before the first: so that a figure of
/// any length is read without a branch a digit.
@frozen
@usableFromInline struct Figures16 {
  /// The last eight characters.
  @usableFromInline var high: UInt64
  /// Those before them.
  @usableFromInline var low: UInt64

  @inlinable static var zeros: UInt64 { 0x3030_3030_3030_3030 }

  /// At least one and at most sixteen bytes, within the span.
  @inlinable init(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
    if end >= 16 {
      let raw = unsafe bytes.bytes
      low = unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromUncheckedByteOffset: end &- 16, as: UInt64.self))
      high = unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromUncheckedByteOffset: end &- 8, as: UInt64.self))
      let foreign = 16 &- (end &- start)
      if foreign >= 8 {
        low = Figures16.zeros
        high = Figures16.zeroing(high, first: foreign &- 8)
      } else {
        low = Figures16.zeroing(low, first: foreign)
      }
    } else {
      (low, high) = (Figures16.zeros, Figures16.zeros)
      for index in start..<end {
        low = (low &>> 8) | (high &<< 56)
        high = (high &>> 8) | UInt64(unsafe bytes[unchecked: index]) &<< 56
      }
    }
  }

  /// At most the first seven characters of eight.
  @inlinable static func zeroing(_ characters: UInt64, first count: Int) -> UInt64 {
    let mask = (1 as UInt64) &<< UInt64(truncatingIfNeeded: count &* 8) &- 1
    return (characters & ~mask) | (zeros & mask)
  }

  /// Takes the decimal mark out. How many figures stand behind it (0 without one); nil where anything else is no digit,
  /// nothing follows the mark, or more than seven figures do.
  @inlinable mutating func takeMark(_ mark: UInt8) -> Int? {
    guard Figures16.others(low) == 0 else { return nil }
    let others = Figures16.others(high)
    if others == 0 { return 0 }
    let bit = UInt64(truncatingIfNeeded: others.trailingZeroBitCount & ~7)
    guard others & (others &- 1) == 0, bit < 56, UInt8(truncatingIfNeeded: high &>> bit) == mark else { return nil }
    let below = (1 as UInt64) &<< bit &- 1
    let upToMark = (below &<< 8) | 0xff
    high = (high & ~upToMark) | (high & below) &<< 8 | low &>> 56
    low = low &<< 8 | 0x30
    return Int(truncatingIfNeeded: (56 &- bit) &>> 3)
  }

  /// The top bit of every byte that is no digit: it differs from 0x30 by more than 9, so that 0x76 more is 0x80 or
  /// over.
  @inlinable static func others(_ characters: UInt64) -> UInt64 {
    let difference = characters ^ zeros
    return ((difference & 0x7f7f_7f7f_7f7f_7f7f) &+ 0x7676_7676_7676_7676 | difference) & 0x8080_8080_8080_8080
  }

  /// Once it is digits alone.
  @inlinable var value: UInt64 { Figures16.eight(low) &* 100_000_000 &+ Figures16.eight(high) }

  /// Neighbours are joined to pairs, pairs to fours, fours to eight (Daniel Lemire, "Quickly parsing eight digits").
  @inlinable static func eight(_ characters: UInt64) -> UInt64 {
    let digits = characters &- zeros
    let pairs = (digits &* 10 &+ (digits &>> 8)) & 0x00ff_00ff_00ff_00ff
    let fours = (pairs &* 100 &+ (pairs &>> 16)) & 0x0000_ffff_0000_ffff
    return (fours &* 10_000 &+ (fours &>> 32)) & 0xffff_ffff
  }
}
