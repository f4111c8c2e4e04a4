#if canImport(Glibc)
  import Glibc
#endif

/// Text on its way from the decoder to the scanner: UTF-8 bytes, of which whole rows are taken from the front.
@safe
final class TextBuffer {
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 1 << 16) {
    self.capacity = capacity
    unsafe bytes = .allocate(capacity: capacity + Scanner.slack)
    unsafe bytes.initialize(repeating: 0, count: capacity + Scanner.slack)
  }

  deinit { unsafe bytes.deallocate() }

  var last: UInt8? { unsafe count == 0 ? nil : bytes[count - 1] }

  func append(_ more: UnsafeRawBufferPointer) {
    guard let start = more.baseAddress, unsafe !more.isEmpty else { return }
    reserve(more.count)
    unsafe memcpy(bytes + count, start, more.count)
    count += more.count
  }

  func append(_ byte: UInt8) {
    reserve(1)
    unsafe bytes[count] = byte
    count += 1
  }

  func append(_ scalar: Unicode.Scalar) {
    for byte in UTF8.encode(scalar)! { append(byte) }
  }

  /// Drops what has been read from the front.
  func removeFirst(_ length: Int) {
    unsafe memmove(bytes, bytes + length, count - length)
    count -= length
  }

  func truncate(to length: Int) { count = length }

  private func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(capacity * 2, count + more)
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + Scanner.slack)
    unsafe grown.initialize(repeating: 0, count: capacity + Scanner.slack)
    unsafe memcpy(grown, bytes, count)
    unsafe bytes.deallocate()
    unsafe bytes = grown
  }
}
