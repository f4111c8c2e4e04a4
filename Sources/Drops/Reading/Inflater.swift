import CZlib

/// Decompresses gzip a piece at a time, several members included, and stops a file that would fill the disk.
@safe
final class Inflater {
  private var stream = unsafe z_stream()
  private let output: UnsafeMutableBufferPointer<UInt8>
  private let expansion: Int
  private var taken = 0
  private var given = 0
  private var isBetweenMembers = false
  private var hasFailed = false

  /// Below this much text no ratio is too large.
  private static let harmless = 64 << 20

  init(expansion: Int) {
    self.expansion = expansion
    unsafe output = .allocate(capacity: 1 << 18)
    // 16 asks for gzip, 15 for its largest window.
    let result = unsafe inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(result == Z_OK, "zlib could not start")
  }

  deinit {
    unsafe inflateEnd(&stream)
    unsafe output.deallocate()
  }

  /// Hands on what the next bytes hold.
  func push(_ piece: UnsafeRawBufferPointer, _ take: (UnsafeRawBufferPointer) -> Void) throws(DropProblem) {
    guard !hasFailed else { return }
    let bytes = unsafe piece.bindMemory(to: UInt8.self)
    unsafe stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
    unsafe stream.avail_in = UInt32(bytes.count)
    taken += bytes.count
    while unsafe stream.avail_in > 0 {
      if isBetweenMembers {
        // Tapes and block devices pad a file with zeroes.
        if unsafe stream.next_in.pointee == 0 {
          unsafe stream.next_in += 1
          unsafe stream.avail_in -= 1
          continue
        }
        unsafe inflateReset(&stream)
        isBetweenMembers = false
      }
      unsafe stream.next_out = output.baseAddress
      unsafe stream.avail_out = UInt32(output.count)
      let result = unsafe inflate(&stream, Z_NO_FLUSH)
      let count = unsafe output.count - Int(stream.avail_out)
      given += count
      if given > Self.harmless && given / expansion > taken {
        throw fail("the compressed file holds more than \(expansion) times its own size")
      }
      if count > 0 { unsafe take(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(output)[..<count])) }
      switch result {
      case Z_STREAM_END: isBetweenMembers = true
      case Z_OK, Z_BUF_ERROR: break
      default: throw fail("the compressed file is damaged, after \(given) bytes of text")
      }
    }
  }

  /// Nothing follows.
  func finish() throws(DropProblem) {
    guard !hasFailed, !isBetweenMembers else { return }
    throw fail("the compressed file is cut off, after \(given) bytes of text")
  }

  private func fail(_ problem: String) -> DropProblem {
    hasFailed = true
    return DropProblem(.archive, problem, expected: "the whole file; send it again")
  }
}
