import Foundation

/// A signing secret of Standard Webhooks: `whsec_` and 24 to 64 bytes in Base64.
///
/// Never printed: it has no description but its kind.
package struct WebhookSecret: Sendable, CustomStringConvertible, CustomReflectable {
  let key: [UInt8]

  /// Nil where the text is no such secret. The prefix may be missing, as some services hand theirs out without.
  package init?(_ text: String) {
    let content = text.hasPrefix("whsec_") ? String(text.dropFirst(6)) : text
    guard let data = Data(base64Encoded: content), (24...64).contains(data.count) else { return nil }
    key = Array(data)
  }

  package var description: String { "‹secret›" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
