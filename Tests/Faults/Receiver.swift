import Foundation
import Receiving
import Sinks
import Synchronization
import TestKit

/// The other end of a webhook: keeps what arrives with a good signature, and can be down.
final class Receiver: Sendable {
  struct Arrival: Sendable {
    var id: String
    var body: [UInt8]
  }

  /// What of an alert in a webhook the tests look at.
  struct Alert: Decodable, Sendable {
    struct Rule: Decodable, Sendable { var name: String }
    struct Subject: Decodable, Sendable { var name: String }
    struct Reading: Decodable, Sendable { var shown: String? }
    struct Change: Decodable, Sendable { var subject: String, from: String?, to: String? }
    struct Head: Decodable, Hashable, Sendable { var sequence: Int64, hash: String }
    var state: String
    var severity: String
    var restated: Bool
    var rule: Rule
    var subject: Subject
    var period: String
    var now: Reading?
    var was: Reading?
    var sentence: String
    var detail: String?
    var changes: [Change]
    var head: Head

    /// "opened amber North 2013-14 M1"
    var summary: String {
      ["overspend", "return_late"].contains(rule.name)
        ? "\(state) \(severity) \(subject.name) \(period)" : "\(rule.name) \(severity)"
    }
  }

  static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

  private let reserved = ReservedPort()
  private let arrived = Mutex<[Arrival]>([])
  private let refusals = Mutex<[WebhookVerifier.Failure]>([])
  private let server: Mutex<LocalReceiver?>
  private let hook = Mutex<(@Sendable () -> Void)?>(nil)

  init() throws {
    server = Mutex(nil)
    try comeUp()
  }

  var port: Int { reserved.number }

  /// Stops listening: what is sent from now on is refused by the system.
  func goDown() {
    server.withLock { server in
      server?.stop()
      server = nil
    }
  }

  /// Listens again, at the same port.
  func comeUp() throws {
    let verifier = WebhookVerifier([WebhookSecret(Self.secret)!])
    let new = try LocalReceiver(port: port) { [weak self] request, connection in
      guard let self else { return connection.end() }
      do throws(WebhookVerifier.Failure) {
        try verifier.verify(header: request.header, body: request.body, now: Int64(Date().timeIntervalSince1970))
      } catch {
        refusals.withLock { $0.append(error) }
        return connection.answer(401)
      }
      arrived.withLock { $0.append(Arrival(id: request.header("webhook-id")!, body: request.body)) }
      connection.answer(204)
      hook.withLock { $0 }?()
    }
    server.withLock { $0 = new }
  }

  /// Runs after each answer, on the connection's thread.
  func afterEachAnswer(_ body: (@Sendable () -> Void)?) { hook.withLock { $0 = body } }

  /// Everything that arrived, repetitions too.
  var arrivals: [Arrival] { arrived.withLock { $0 } }
  /// What arrived without a good signature.
  var forged: [WebhookVerifier.Failure] { refusals.withLock { $0 } }

  /// The alerts of all messages, each message once, in the order in which they first arrived.
  func alerts() throws -> [Alert] {
    struct Payload: Decodable { var alerts: [Alert] }
    var known: Set<String> = []
    return try arrivals.filter { known.insert($0.id).inserted }
      .flatMap { try JSONDecoder().decode(Payload.self, from: Data($0.body)).alerts }
  }
}
