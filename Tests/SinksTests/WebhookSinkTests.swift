import Finance
import Foundation
import Receiving
import Settings
import Sinks
import Synchronization
import Testing
import TestKit
import Transfers

@Suite(.timeLimit(.minutes(5))) struct WebhookSinkTests {
  let transfers: Transfers
  init() throws { transfers = try Transfers() }

  private func sink(_ port: Int, sign: [Secret] = [], timeout: Duration = .seconds(5)) -> WebhookSink {
    WebhookSink(
      WebhookSettings(
        url: .open("http://127.0.0.1:\(port)/hook"), sign: sign, allow: [AddressRange("127.0.0.1")!],
        allowsPlainHTTP: true, timeout: timeout), over: transfers)
  }

  private func outcome(_ handler: @escaping LocalReceiver.Handler) async throws -> AttemptOutcome {
    let receiver = try LocalReceiver(handler)
    let sink = sink(receiver.port, timeout: .seconds(1))
    return await sink.send(sink.freeze(Message(id: "msg_1", [announced()])), now: noon)
  }

  /// FAULTS 4.
  @Test(arguments: [200, 201, 204, 299]) func successIsDelivered(status: Int) async throws {
    #expect(try await outcome { $1.answer(status) } == .delivered("answered \(status)"))
  }

  @Test(arguments: [408, 425, 429, 500, 502, 503, 504, 599]) func troubleIsTriedAgain(status: Int) async throws {
    #expect(try await outcome { $1.answer(status) } == .later("answered \(status)", after: nil))
  }

  @Test(arguments: [300, 301, 302, 307, 308, 400, 401, 403, 404, 405, 413, 422, 600])
  func theRestIsRefused(status: Int) async throws {
    let outcome = try await outcome { $1.answer(status, headers: [("Location", "http://127.0.0.1:1/")]) }
    guard case .refused(let words) = outcome else {
      Issue.record("\(status) gave \(outcome)")
      return
    }
    #expect(words.contains("answered \(status)"))
  }

  @Test func goneDisablesTheReceiver() async throws {
    guard case .gone = try await outcome({ $1.answer(410) }) else {
      Issue.record("410 is not gone")
      return
    }
  }

  @Test func aResetAndATimeOutAreTriedAgain() async throws {
    for handler: LocalReceiver.Handler in [{ $1.end(reset: true) }, { _, _ in usleep(1_500_000) }] {
      guard case .later(let words, after: nil) = try await outcome(handler) else {
        Issue.record("not tried again")
        return
      }
      #expect(words.contains("127.0.0.1:"))
      #expect(!words.contains("/hook"))
    }
  }

  /// FAULTS 5. Noon is Thu, 25 Feb 2021 15:02:10 GMT.
  @Test(
    arguments: [
      ("120", 120_000), ("0", 0), (" 5", 5_000), ("86400", 86_400_000), ("99999999999999999999", 86_400_000),
      ("9223372036854775807", 86_400_000), ("-5", nil), ("1e3", nil), ("12 monkeys", nil), ("", nil), ("soon", nil),
      (":", nil),
      ("Thu, 25 Feb 2021 15:03:10 GMT", 60_000), ("Thu, 25 Feb 2021 15:01:10 GMT", nil),
      ("Fri, 25 Feb 2050 15:01:10 GMT", 86_400_000), ("Thu, 99 Feb 2021 15:03:10 GMT", nil), ("1;2", nil),
      ("１２", nil),
    ] as [(String, Int64?)])
  func retryAfterIsHonouredWithinBounds(text: String, milliseconds: Int64?) async throws {
    #expect(RetryAfter.milliseconds(text, now: noon) == milliseconds)
  }

  @Test func retryAfterIsReadFromTheAnswer() async throws {
    #expect(
      try await outcome { $1.answer(429, headers: [("Retry-After", "120")]) }
        == .later("answered 429", after: 120_000))
  }

  /// FAULTS 2.
  @Test func aRetryHasTheSameIdAndBodyAndANewSignature() async throws {
    let folder = TemporaryFolder()
    let text = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    let path = "\(folder.path)/secret"
    try "\(text)\n".write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let requests = Mutex<[ReceivedRequest]>([])
    let receiver = try LocalReceiver { request, connection in
      requests.withLock { $0.append(request) }
      connection.answer(503)
    }
    let sink = sink(receiver.port, sign: [Secret(.file(path))])
    let message = sink.freeze(Message(id: "msg_1", [announced()]))
    _ = await sink.send(message, now: noon)
    _ = await sink.send(message, now: Moment(milliseconds: noon.milliseconds + 5_000))
    let seen = requests.withLock { $0 }
    try #require(seen.count == 2)
    #expect(seen[0].body == message.body)
    #expect(seen[1].body == message.body)
    #expect(seen.map { $0.header("webhook-id") } == ["msg_1", "msg_1"])
    #expect(seen.map { $0.header("webhook-timestamp") } == ["1614265330", "1614265335"])
    #expect(seen[0].header("webhook-signature") != seen[1].header("webhook-signature"))
    for request in seen {
      try WebhookVerifier([WebhookSecret(text)!]).verify(
        header: request.header, body: request.body, now: noon.milliseconds / 1000)
    }
  }

  @Test func aSecretThatCannotBeReadSendsNothing() async throws {
    let receiver = try LocalReceiver { _, connection in
      Issue.record("something was sent")
      connection.answer(200)
    }
    let sink = sink(receiver.port, sign: [Secret(.file("/nowhere/secret"))])
    guard case .later(let words, _) = await sink.send(FrozenMessage(id: "m", body: []), now: noon) else {
      Issue.record("not tried again")
      return
    }
    #expect(words.contains("signing secret"))
  }

  @Test func theListenerBelievesOnlyWhatIsSignedAndTellsItOnce() async throws {
    let folder = TemporaryFolder()
    let secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
    let path = "\(folder.path)/secret"
    try secret.write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let told = Mutex<[String]>([])
    let listener = try WebhookListener(secrets: [WebhookSecret(secret)!], clock: { noon }) { arrival in
      let words =
        switch arrival {
        case .message(let id, let body): "\(id) of \(body.count) bytes"
        case .repetition(let id): "\(id) again"
        case .refused(let failure): "\(failure)"
        }
      told.withLock { $0.append(words) }
    }
    let signed = sink(listener.port, sign: [Secret(.file(path))])
    let message = FrozenMessage(id: "msg_1", body: [1, 2, 3])
    #expect(await signed.send(message, now: noon) == .delivered("answered 204"))
    #expect(await signed.send(message, now: noon) == .delivered("answered 204"))
    #expect(await sink(listener.port).send(message, now: noon) == .refused("answered 401"))
    #expect(told.withLock { $0 } == ["msg_1 of 3 bytes", "msg_1 again", "unsigned"])
  }
}
