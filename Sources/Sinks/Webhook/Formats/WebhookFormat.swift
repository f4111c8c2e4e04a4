/// A shape in which webhooks carry messages. One file a format, and one line in `All.swift`.
package protocol WebhookFormat: Sendable {
  /// As `format:` names it.
  static var name: String { get }
  static var contentType: String { get }
  /// Bytes that a body never exceeds.
  static var mostBytes: Int { get }
  static func body(_ message: Message) -> [UInt8]
}
