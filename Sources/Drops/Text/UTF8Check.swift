#if canImport(Glibc)
  import Glibc
#endif

/// Whether no byte is above 0x7F.
func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
  var index = 0
  var seen = SIMD16<UInt8>()
  while index + 64 <= bytes.count {
    for step in 0..<4 {
      unsafe seen |= bytes.loadUnaligned(fromByteOffset: index + step * 16, as: SIMD16<UInt8>.self)
    }
    index += 64
  }
  var last: UInt8 = 0
  while index < bytes.count {
    unsafe last |= bytes[index]
    index += 1
  }
  let halves = unsafe unsafeBitCast(seen, to: SIMD2<UInt64>.self)
  return (halves[0] | halves[1]) & 0x8080_8080_8080_8080 == 0 && last < 0x80
}

/// Where the first zero byte stands: text has none.
func firstZero(_ bytes: UnsafeRawBufferPointer) -> Int? {
  guard let start = bytes.baseAddress, let found = unsafe memchr(start, 0, bytes.count) else { return nil }
  return unsafe UnsafeRawPointer(found) - start
}

/// How far bytes are UTF-8.
struct UTF8Prefix {
  var length: Int
  /// All of them are.
  var isWhole: Bool
  /// What stands behind may be the beginning of a character that the next piece completes.
  var mayContinue: Bool
}

func utf8Prefix(_ bytes: UnsafeRawBufferPointer) -> UTF8Prefix {
  do {
    _ = try unsafe UTF8Span(validating: bytes.bindMemory(to: UInt8.self).span)
    return UTF8Prefix(length: bytes.count, isWhole: true, mayContinue: true)
  } catch {
    let isCut = error.kind == .truncatedScalar && error.byteOffsets.upperBound == bytes.count
    return UTF8Prefix(length: error.byteOffsets.lowerBound, isWhole: false, mayContinue: isCut)
  }
}
