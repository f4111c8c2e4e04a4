import Glibc

/// One connection to the receiver; used on its own thread only.
package final class LocalConnection {
  private let socket: Int32
  private var buffer: [UInt8] = []
  package private(set) var isOpen = true

  init(_ socket: Int32) {
    self.socket = socket
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      unsafe setsockopt(socket, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
  }

  /// Answers the request, and keeps the connection for the next.
  package func answer(_ status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
    var head = "HTTP/1.1 \(status) \(Self.reason(status))\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    if status != 204 { head += "Content-Length: \(body.count)\r\n" }
    write(Array("\(head)\r\n".utf8) + body)
  }

  /// Writes bytes as they are. False once the other side has gone.
  @discardableResult
  package func write(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while isOpen, sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { all in
        unsafe send(socket, all.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        sent += count
      } else if errno != EINTR {
        isOpen = false
      }
    }
    return isOpen
  }

  /// Ends the connection, in order or (with a reset) without a word.
  package func end(reset: Bool = false) {
    if reset {
      var linger = linger(l_onoff: 1, l_linger: 0)
      unsafe setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
    }
    isOpen = false
  }

  /// The next request; nil when there is none, or none that can be read.
  func read() -> ReceivedRequest? {
    guard let head = readHead(), let request = ReceivedRequest(head: head) else { return nil }
    if request.header("transfer-encoding") != nil {
      refuse(411)
      return nil
    }
    let length = request.header("content-length").map { Int($0) } ?? 0
    guard let length, length >= 0, length <= ReceivedRequest.bodyBytes else {
      refuse(413)
      return nil
    }
    if request.header("expect")?.lowercased() == "100-continue" { write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) }
    while buffer.count < length {
      guard fill() else { return nil }
    }
    defer { buffer.removeFirst(length) }
    return ReceivedRequest(request, body: Array(buffer.prefix(length)))
  }

  private func refuse(_ status: Int) {
    answer(status, headers: [("Connection", "close")])
    end()
  }

  private func readHead() -> [UInt8]? {
    let blank = Array("\r\n\r\n".utf8)
    var searched = 0
    while true {
      var index = max(0, searched - 3)
      while index + 4 <= buffer.count {
        if buffer[index] == blank[0], buffer[index..<index + 4].elementsEqual(blank) {
          let head = Array(buffer[..<index])
          buffer.removeFirst(index + 4)
          return head
        }
        index += 1
      }
      searched = buffer.count
      guard searched <= ReceivedRequest.headBytes, fill() else { return nil }
    }
  }

  private func fill() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe recv(socket, $0.baseAddress, $0.count, 0) }
      if count > 0 {
        buffer.append(contentsOf: chunk[..<count])
        return true
      }
      guard count < 0, errno == EINTR else { return false }
    }
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 204: "No Content"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 411: "Length Required"
    case 413: "Content Too Large"
    default: "Status"
    }
  }
}
