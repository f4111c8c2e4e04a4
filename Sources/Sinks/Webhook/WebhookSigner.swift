import Foundation
import Hashing

/// Signs messages as Standard Webhooks 1.0 says: HMAC-SHA256 over `ID.TIMESTAMP.BODY`, one signature a secret.
///
/// While secrets are exchanged there are two, and a receiver that knows either can verify.
package struct WebhookSigner: Sendable {
  package enum Header {
    package static let id = "webhook-id"
    package static let timestamp = "webhook-timestamp"
    package static let signature = "webhook-signature"
  }

  private let secrets: [WebhookSecret]

  package init(_ secrets: [WebhookSecret]) {
    self.secrets = secrets
  }

  /// The value of `webhook-signature`: `v1,BASE64`, several separated by a space.
  ///
  /// - Parameter timestamp: seconds since 1970, the value of `webhook-timestamp`.
  package func signature(id: String, timestamp: Int64, body: [UInt8]) -> String {
    secrets.map { secret in "v1,\(Self.code(id: id, timestamp: "\(timestamp)", body: body, secret))" }
      .joined(separator: " ")
  }

  static func code(id: String, timestamp: String, body: [UInt8], _ secret: WebhookSecret) -> String {
    let signed = Array("\(id).\(timestamp).".utf8) + body
    return Data(SHA256.authenticationCode(of: signed, key: secret.key)).base64EncodedString()
  }
}
