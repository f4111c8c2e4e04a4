import CZlib
import Drops
import Testing

@Suite struct GzipTests {
  let workbench = DropWorkbench()

  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = unsafe z_stream()
    precondition(
      unsafe deflateInit2_(
        &stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK)
    defer { unsafe deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 1024)
    let room = output.count
    let count = unsafe input.withUnsafeMutableBufferPointer { from in
      unsafe output.withUnsafeMutableBufferPointer { to in
        unsafe stream.next_in = from.baseAddress
        unsafe stream.avail_in = UInt32(from.count)
        unsafe stream.next_out = to.baseAddress
        unsafe stream.avail_out = UInt32(to.count)
        precondition(unsafe deflate(&stream, Z_FINISH) == Z_STREAM_END)
        return unsafe room - Int(stream.avail_out)
      }
    }
    return Array(output[..<count])
  }

  @Test func aCompressedDropReadsLikeAPlainOne() throws {
    let packed = Self.gzip(Array(EncodingTests.text.utf8))
    let reading = try workbench.read(packed, EncodingTests.source)
    #expect(reading.figures == EncodingTests.expected)
    #expect(reading.byteCount == packed.count)
    let half = Array(EncodingTests.text.utf8)
    let members = Self.gzip(Array(half[..<30])) + Self.gzip(Array(half[30...])) + [0, 0, 0]
    #expect(try workbench.read(members, EncodingTests.source).figures == EncodingTests.expected)
  }

  /// FAULTS 29.
  @Test func aTruncatedArchiveIsRefused() throws {
    let packed = Self.gzip(Array(EncodingTests.text.utf8))
    let reading = try workbench.read(Array(packed.dropLast(6)), EncodingTests.source)
    #expect(reading.outcome == .rejected)
    #expect(reading.problems.first.map(\.kind) == [.archive])
    #expect(reading.problems.first.first?.problem.contains("cut off") == true)
  }

  @Test func aDamagedArchiveIsRefused() throws {
    var packed = Self.gzip(Array(EncodingTests.text.utf8))
    packed[20] ^= 0xFF
    let reading = try workbench.read(packed, EncodingTests.source)
    #expect(reading.problems.first.contains { $0.kind == .archive })
  }

  @Test func aBombIsStopped() throws {
    let line = Array("5HY,x,1\n".utf8)
    var text = Array("Org,Supplier,Paid\n".utf8)
    for _ in 0..<(80 << 20) / line.count { text += line }
    let reading = try workbench.read(Self.gzip(text), EncodingTests.source + "\nrepeated_rows: add")
    #expect(
      reading.problems.first.map(\.problem) == ["the compressed file holds more than 200 times its own size"])
  }
}
