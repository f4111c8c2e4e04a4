package import Finance
import Settings
package import Transfers

/// A receiver that is a URL: posts messages, signed where it has a secret.
package struct WebhookSink: Sink {
  private let settings: WebhookSettings
  private let transfers: Transfers

  package init(_ settings: WebhookSettings, over transfers: Transfers) {
    self.settings = settings
    self.transfers = transfers
  }

  package func freeze(_ message: Message) -> FrozenMessage {
    FrozenMessage(id: message.id, body: settings.format.body(message))
  }

  /// URL, timestamp and signature belong to the attempt, id and body to the message.
  package func send(_ message: FrozenMessage, now: Moment) async -> AttemptOutcome {
    let request: OutgoingRequest
    do throws(Unready) {
      request = try self.request(message, now: now)
    } catch {
      return .later(error.words, after: nil)
    }
    switch await transfers.send(request) {
    case .answered(let response): return WebhookAnswer.outcome(of: response, now: now)
    case .failed(let failure): return WebhookAnswer.outcome(of: failure)
    }
  }

  /// What has to be put right by a person before anything can be sent: a secret that cannot be read.
  private struct Unready: Error {
    let words: String
  }

  private func request(_ message: FrozenMessage, now: Moment) throws(Unready) -> OutgoingRequest {
    let seconds = now.milliseconds / 1000
    var headers = [
      OutgoingRequest.Header("Content-Type", settings.format.contentType),
      OutgoingRequest.Header(WebhookSigner.Header.id, message.id),
      OutgoingRequest.Header(WebhookSigner.Header.timestamp, "\(seconds)"),
    ]
    if !settings.sign.isEmpty {
      let signature = WebhookSigner(try secrets()).signature(id: message.id, timestamp: seconds, body: message.body)
      headers.append(OutgoingRequest.Header(WebhookSigner.Header.signature, signature))
    }
    return OutgoingRequest(
      .post, try url(), headers: headers, body: message.body, allowsPlainHTTP: settings.allowsPlainHTTP,
      addresses: AddressPolicy(allow: settings.allow), security: settings.security,
      limits: TransferLimits(
        connect: min(10_000, Int(settings.timeout / .milliseconds(1))), total: Int(settings.timeout / .milliseconds(1)),
        responseBytes: 4096))
  }

  private func url() throws(Unready) -> String {
    switch settings.url {
    case .open(let url): return url
    case .secret(let secret): return try text(of: secret, for: "address")
    }
  }

  private func secrets() throws(Unready) -> [WebhookSecret] {
    var secrets: [WebhookSecret] = []
    for place in settings.sign {
      guard let secret = WebhookSecret(try text(of: place, for: "signing secret")) else {
        throw Unready(words: "the signing secret is not whsec_ and 24 to 64 bytes in Base64")
      }
      secrets.append(secret)
    }
    return secrets
  }

  private func text(of secret: Secret, for use: String) throws(Unready) -> String {
    do throws(FileError) {
      return try secret.text()
    } catch {
      throw Unready(words: "the \(use) cannot be read: \(error.message)")
    }
  }
}
