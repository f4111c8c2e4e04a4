/// A request as it came in.
package struct ReceivedRequest: Sendable {
  package let method: String
  package let path: String
  /// Names in lower case.
  package let headers: [(name: String, value: String)]
  package let body: [UInt8]

  package func header(_ name: String) -> String? {
    headers.first { $0.name == name }?.value
  }

  /// What a request may hold.
  static let headBytes = 64 * 1024
  static let bodyBytes = 16 * 1024 * 1024

  /// The request line and the header lines, without the blank line that ends them; nil where they are not HTTP/1.
  init?(head: some Collection<UInt8>) {
    let lines = head.split(separator: UInt8(ascii: "\n")).map { line in
      String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
    guard let first = lines.first?.split(separator: " "), first.count == 3, first[2].hasPrefix("HTTP/1.") else {
      return nil
    }
    var headers: [(name: String, value: String)] = []
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      headers.append((line[..<colon].lowercased(), String(value)))
    }
    method = String(first[0])
    path = String(first[1])
    self.headers = headers
    body = []
  }

  init(_ request: ReceivedRequest, body: [UInt8]) {
    method = request.method
    path = request.path
    headers = request.headers
    self.body = body
  }
}
