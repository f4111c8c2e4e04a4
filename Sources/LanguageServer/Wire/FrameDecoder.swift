/// Cuts what comes over a pipe into messages: header fields, an empty line, and as many bytes of JSON as the header says.
///
/// Bounded, and never at a loss: what is no frame is answered as a fault, and the next good header is read again.
struct FrameDecoder {
  enum Frame: Hashable {
    case message([UInt8])
    /// In words, for the answer.
    case fault(String)
  }

  static let longestHeader = 4096
  /// A file of 1 MiB in which every character is escaped, and room to spare.
  static let largestMessage = 16 << 20

  private enum State {
    case header
    case body(Int)
    case passingOver(Int)
  }

  private var buffer: [UInt8] = []
  private var state = State.header
  /// Behind something that is no header: that was said once.
  private var isLost = false

  /// The frames that are whole now.
  mutating func take(_ bytes: some Collection<UInt8>) -> [Frame] {
    buffer += bytes
    var frames: [Frame] = []
    var start = 0
    loop: while true {
      let rest = buffer[start...]
      switch state {
      case .header:
        guard let end = Self.endOfHeader(rest) else {
          guard rest.count > Self.longestHeader else { break loop }
          if !isLost { frames.append(.fault("a header of more than \(Self.longestHeader) bytes")) }
          isLost = true
          // The last of these bytes may be the beginning of an empty line.
          start += Self.longestHeader - 3
          continue
        }
        let header = rest[..<end]
        start = end
        guard let length = Self.contentLength(header) else {
          if !isLost { frames.append(.fault("a header without a Content-Length")) }
          isLost = true
          continue
        }
        isLost = false
        if length > Self.largestMessage {
          frames.append(.fault("a message of \(length) bytes; at most \(Self.largestMessage) are read"))
          state = .passingOver(length)
        } else {
          state = .body(length)
        }
      case .body(let length):
        guard rest.count >= length else { break loop }
        frames.append(.message(Array(rest.prefix(length))))
        start += length
        state = .header
      case .passingOver(let length):
        guard !rest.isEmpty || length == 0 else { break loop }
        let passed = min(length, rest.count)
        start += passed
        state = passed == length ? .header : .passingOver(length - passed)
      }
    }
    buffer.removeFirst(start)
    return frames
  }

  /// Just behind the empty line, if it has come.
  private static func endOfHeader(_ bytes: ArraySlice<UInt8>) -> Int? {
    let near = bytes.prefix(longestHeader)
    var line = near.startIndex
    while let feed = near[line...].firstIndex(of: UInt8(ascii: "\n")) {
      let isEmpty = feed == line || (feed == line + 1 && near[line] == UInt8(ascii: "\r"))
      if isEmpty, line > near.startIndex { return feed + 1 }
      line = feed + 1
    }
    return nil
  }

  private static func contentLength(_ header: ArraySlice<UInt8>) -> Int? {
    for line in String(decoding: header, as: UTF8.self).split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == "content-length" else { continue }
      let value = line[line.index(after: colon)...].filter { $0 != " " }
      guard !value.isEmpty, value.count <= 12, value.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
      return Int(value)
    }
    return nil
  }
}

extension FrameDecoder {
  static func frame(_ body: [UInt8]) -> [UInt8] {
    Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
  }
}
