/// Gathers a server's answer within bounds, line by line and piece by piece as libcurl hands it over.
struct AnswerReader {
  /// Bytes of the body to keep.
  var limit = 0
  private var status = 0
  private var headers: [OutgoingRequest.Header] = []
  private var headerBytes = 0
  private var headersAreWhole = false
  private var body: [UInt8] = []
  private var isCut = false

  /// Takes one line, with its line break. False when there have been too many.
  mutating func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    headerBytes += line.count
    guard headerBytes <= TransferLimits.headerBytes else { return false }
    let text = unsafe String(decoding: line, as: UTF8.self)
    let content = text.prefix { !$0.isNewline }
    if content.isEmpty {
      // A blank line ends the headers; those of an interim answer (100, 103) are not the answer.
      headersAreWhole = status >= 200
    } else if content.hasPrefix("HTTP/"), !headersAreWhole {
      headers.removeAll()
      status = content.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    } else if !headersAreWhole, let colon = content.firstIndex(of: ":") {
      let value = content[content.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      headers.append(OutgoingRequest.Header(content[..<colon].lowercased(), String(value)))
    }
    return true
  }

  /// False when the body is longer than wanted, which ends the transfer.
  mutating func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let room = limit - body.count
    unsafe body.append(contentsOf: bytes.prefix(room))
    isCut = bytes.count > room
    return !isCut
  }

  /// The answer, if as much of it came as is needed: its status and all of its headers.
  func response(complete: Bool) -> TransferResponse? {
    guard headersAreWhole else { return nil }
    return TransferResponse(status: status, headers: headers, body: body, isCut: isCut || !complete)
  }
}

extension OutgoingRequest.Header {
  /// Holds nothing that would end the line it is written on, and a name that is one word.
  var isSound: Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ";") }
      && value.utf8.allSatisfy { $0 >= 32 && $0 != 127 || $0 == 9 }
  }
}
