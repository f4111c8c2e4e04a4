import Foundation
import Testing
import Transfers

/// FAULTS 12: a server that cannot prove who it is never gets the body.
/// Skipped where there is no `openssl` command to play the server.
@Suite(.serialized, .timeLimit(.minutes(5)), .enabled(if: SecureServer.isAvailable))
struct SecurityTests {
  let transfers: Transfers
  init() throws { transfers = try Transfers() }

  private func request(_ server: SecureServer, _ method: OutgoingRequest.Method, _ security: TransportSecurity)
    -> OutgoingRequest
  {
    OutgoingRequest(
      method, "https://localhost:\(server.port)/", body: Array("the figures".utf8), addresses: loopback,
      security: security, limits: TransferLimits(total: 5_000))
  }

  @Test func aServerWithAKnownAuthorityIsTrusted() async throws {
    let server = try SecureServer(certificate: .good, answering: true)
    defer { server.stop() }
    let outcome = await transfers.send(request(server, .get, TransportSecurity(authorities: server.authority)))
    #expect(outcome.response?.status == 200)
  }

  @Test(arguments: [SecureServer.Certificate.expired, .selfSigned, .otherName])
  func aBadCertificateNeverGetsTheBody(certificate: SecureServer.Certificate) async throws {
    let server = try SecureServer(certificate: certificate, answering: false)
    let outcome = await transfers.send(request(server, .post, TransportSecurity(authorities: server.authority)))
    #expect(outcome.failure?.code == .untrusted)
    server.stop()
    #expect(!server.output.contains("the figures"))
  }

  @Test func anUnknownAuthorityNeverGetsTheBody() async throws {
    let server = try SecureServer(certificate: .good, answering: false)
    let outcome = await transfers.send(request(server, .post, TransportSecurity()))
    #expect(outcome.failure?.code == .untrusted)
    server.stop()
    #expect(!server.output.contains("the figures"))
  }

  @Test func aWrongPinNeverGetsTheBody() async throws {
    let server = try SecureServer(certificate: .good, answering: false)
    let pin = "sha256//\(Data(repeating: 7, count: 32).base64EncodedString())"
    let outcome = await transfers.send(
      request(server, .post, TransportSecurity(authorities: server.authority, pinnedKey: pin)))
    #expect(outcome.failure?.code == .untrusted)
    server.stop()
    #expect(!server.output.contains("the figures"))
  }

  /// The control: this server does print what it gets.
  @Test func theServerUnderTestPrintsWhatItGets() async throws {
    let server = try SecureServer(certificate: .good, answering: false)
    var request = request(server, .post, TransportSecurity(authorities: server.authority))
    request.limits.total = 1_000
    _ = await transfers.send(request)
    server.stop()
    #expect(server.output.contains("the figures"))
  }

  @Test func aMissingAuthorityFileIsSaidToBeThat() async throws {
    let server = try SecureServer(certificate: .good, answering: false)
    defer { server.stop() }
    let outcome = await transfers.send(request(server, .post, TransportSecurity(authorities: "/nowhere/ca.pem")))
    #expect(outcome.failure?.code == .invalid)
  }
}
