import Foundation

/// A JSON value, to be looked into by keys and indexes.
struct JSON: CustomStringConvertible {
  private let value: Any?

  init(_ value: Any?) { self.value = value is NSNull ? nil : value }

  subscript(key: String) -> JSON { JSON((value as? [String: Any])?[key]) }
  subscript(index: Int) -> JSON {
    let items = value as? [Any] ?? []
    return JSON(items.indices.contains(index) ? items[index] : nil)
  }

  var text: String? { value as? String }
  var number: Int? { (value as? NSNumber)?.intValue }
  var isNull: Bool { value == nil }
  var items: [JSON] { (value as? [Any] ?? []).map { JSON($0) } }
  var keys: [String] { (value as? [String: Any] ?? [:]).keys.sorted() }
  var description: String {
    guard let value,
      let data = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed])
    else { return "null" }
    return String(decoding: data, as: UTF8.self)
  }
}

/// Messages as they go over the pipe, and back.
enum Wire {
  static func frame(_ message: [String: Any]) -> [UInt8] {
    guard let body = try? JSONSerialization.data(withJSONObject: message) else { fatalError("not JSON: \(message)") }
    return frame(Array(body))
  }

  static func frame(_ body: [UInt8]) -> [UInt8] { Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body }

  /// The whole messages that stand in what was received, which keeps what is not whole yet.
  static func take(from received: inout [UInt8]) -> [JSON] {
    var messages: [JSON] = []
    while let end = received.firstRange(of: Array("\r\n\r\n".utf8)) {
      let header = String(decoding: received[..<end.lowerBound], as: UTF8.self)
      guard let length = Int(header.drop { !$0.isNumber }), received.count >= end.upperBound + length else { break }
      let body = Data(received[end.upperBound..<end.upperBound + length])
      messages.append(JSON(try? JSONSerialization.jsonObject(with: body)))
      received.removeSubrange(..<(end.upperBound + length))
    }
    return messages
  }
}
