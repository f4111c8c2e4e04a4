/// Verifies what `WebhookSigner` signs, as a receiver should.
package struct WebhookVerifier: Sendable {
  /// Why a message is not to be believed.
  package enum Failure: String, Error, Hashable, Sendable, CaseIterable {
    case unsigned = "it has no webhook-id, webhook-timestamp and webhook-signature"
    case badTimestamp = "its webhook-timestamp is no number of seconds"
    case tooOld = "its webhook-timestamp is too long ago"
    case tooNew = "its webhook-timestamp lies in the future"
    case wrongSignature = "none of its signatures was made with a secret that is known here"
  }

  private let secrets: [WebhookSecret]
  private let tolerance: Int64

  /// - Parameter tolerance: seconds that the sender's clock and ours may differ by, the way included.
  package init(_ secrets: [WebhookSecret], tolerance: Int64 = 300) {
    self.secrets = secrets
    self.tolerance = tolerance
  }

  /// - Parameters:
  ///   - header: gives a header's value by its name in lower case.
  ///   - now: seconds since 1970.
  package func verify(header: (String) -> String?, body: [UInt8], now: Int64) throws(Failure) {
    guard let id = header(WebhookSigner.Header.id), let timestamp = header(WebhookSigner.Header.timestamp),
      let signatures = header(WebhookSigner.Header.signature), !id.isEmpty
    else { throw .unsigned }
    guard let seconds = Int64(timestamp), seconds >= 0 else { throw .badTimestamp }
    guard seconds >= now - tolerance else { throw .tooOld }
    guard seconds <= now + tolerance else { throw .tooNew }
    let expected = secrets.map { secret in
      Array("v1,\(WebhookSigner.code(id: id, timestamp: timestamp, body: body, secret))".utf8)
    }
    let isGenuine = signatures.split(separator: " ").prefix(16).contains { given in
      expected.contains { Self.areEqual($0, Array(given.utf8)) }
    }
    guard isGenuine else { throw .wrongSignature }
  }

  /// Takes as long for a wrong first byte as for a wrong last one, so that nobody can feel their way to a signature.
  private static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.count == other.count && zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
