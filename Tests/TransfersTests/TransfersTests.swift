import Receiving
import Synchronization
import Testing
import Transfers

/// What a local server saw, in order.
final class Seen: Sendable {
  private let requests = Mutex<[(request: ReceivedRequest, connection: ObjectIdentifier)]>([])

  func add(_ request: ReceivedRequest, _ connection: LocalConnection) {
    requests.withLock { $0.append((request, ObjectIdentifier(connection))) }
  }

  var all: [ReceivedRequest] { requests.withLock { $0.map(\.request) } }
  var connections: Int { requests.withLock { Set($0.map(\.connection)).count } }
}

let loopback = AddressPolicy(allow: [AddressRange("127.0.0.0/8")!])

func local(
  _ method: OutgoingRequest.Method, _ receiver: LocalReceiver, path: String = "/", host: String = "127.0.0.1",
  headers: [OutgoingRequest.Header] = [], body: [UInt8] = [], limits: TransferLimits = TransferLimits()
) -> OutgoingRequest {
  OutgoingRequest(
    method, "http://\(host):\(receiver.port)\(path)", headers: headers, body: body, allowsPlainHTTP: true,
    addresses: loopback, limits: limits)
}

extension TransferOutcome {
  var response: TransferResponse? { if case .answered(let response) = self { response } else { nil } }
  var failure: TransferFailure? { if case .failed(let failure) = self { failure } else { nil } }
}

@Suite(.timeLimit(.minutes(5))) struct TransfersTests {
  let transfers: Transfers
  init() throws { transfers = try Transfers() }

  @Test func aRequestArrivesWholeAndSoDoesTheAnswer() async throws {
    let seen = Seen()
    let receiver = try LocalReceiver { request, connection in
      seen.add(request, connection)
      connection.answer(202, headers: [("Retry-After", "7"), ("X-Two", "a: b")], body: Array("thanks".utf8))
    }
    let body = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let outcome = await transfers.send(
      local(.post, receiver, path: "/hook?x=1", headers: [.init("Webhook-Id", "m1"), .init("X-Empty", "")], body: body))
    let response = try #require(outcome.response)
    #expect(response.status == 202)
    #expect(response.header("retry-after") == "7")
    #expect(response.header("x-two") == "a: b")
    #expect(String(decoding: response.body, as: UTF8.self) == "thanks")
    #expect(!response.isCut)
    let request = try #require(seen.all.first)
    #expect(request.method == "POST")
    #expect(request.path == "/hook?x=1")
    #expect(request.header("webhook-id") == "m1")
    #expect(request.header("x-empty") == "")
    #expect(request.header("expect") == nil)
    #expect(request.body == body)
  }

  @Test func connectionsAreKept() async throws {
    let seen = Seen()
    let receiver = try LocalReceiver { request, connection in
      seen.add(request, connection)
      connection.answer(200, body: Array("a".utf8))
    }
    for _ in 0..<5 { #expect(await transfers.send(local(.get, receiver)).response?.status == 200) }
    #expect(seen.all.count == 5)
    #expect(seen.connections == 1)
  }

  @Test func manyAtOnceAllEnd() async throws {
    let receiver = try LocalReceiver { _, connection in connection.answer(204) }
    let statuses = await withTaskGroup(of: Int?.self) { group in
      for _ in 0..<200 { group.addTask { await transfers.send(local(.post, receiver, body: [1])).response?.status } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    // The receiver takes 64 connections at once and turns the rest away.
    #expect(statuses.count == 200)
    #expect(statuses.count { $0 == 204 } >= 64)
  }

  @Test func plainHTTPIsRefusedUnlessAskedFor() async throws {
    let outcome = await transfers.send(OutgoingRequest(.get, "http://127.0.0.1:9/", addresses: loopback))
    #expect(outcome.failure?.code == .invalid)
  }

  @Test(arguments: [
    "", "example.com", "ftp://example.com/", "file:///etc/passwd", "https://", "https://exa mple/",
    "https://bücher.example/",
    "gopher://127.0.0.1:1/", "https://a\u{0}b/",
  ])
  func whatIsNoWebAddressIsRefused(url: String) async {
    let outcome = await transfers.send(OutgoingRequest(.get, url, allowsPlainHTTP: true, addresses: loopback))
    #expect(outcome.failure?.code == .invalid)
  }

  @Test(arguments: ["a\r\nX-Evil: 1", "a\nb", "a\u{0}b"])
  func aHeaderCannotHoldALineBreak(value: String) async throws {
    let seen = Seen()
    let receiver = try LocalReceiver { request, connection in
      seen.add(request, connection)
      connection.answer(200)
    }
    let outcome = await transfers.send(local(.get, receiver, headers: [.init("X-A", value)]))
    #expect(outcome.failure?.code == .invalid)
    #expect(seen.all.isEmpty)
  }

  @Test func aRedirectIsAnAnswerAndIsNotFollowed() async throws {
    let seen = Seen()
    let receiver = try LocalReceiver { request, connection in
      seen.add(request, connection)
      connection.answer(301, headers: [("Location", "http://127.0.0.1:1/inward")])
    }
    #expect(await transfers.send(local(.post, receiver, body: [1])).response?.status == 301)
    #expect(seen.all.count == 1)
  }

  @Test func aServerThatNeverAnswersIsGivenUp() async throws {
    let receiver = try LocalReceiver { _, _ in sleepMilliseconds(3_000) }
    let outcome = await transfers.send(local(.get, receiver, limits: TransferLimits(total: 300)))
    #expect(outcome.failure?.code == .timeout)
  }

  @Test func aResetAndAClosedPortAreToldApart() async throws {
    let receiver = try LocalReceiver { _, connection in connection.end(reset: true) }
    #expect(await transfers.send(local(.post, receiver, body: [1])).failure?.code == .broken)
    let closed = try LocalReceiver { _, _ in }
    closed.stop()
    sleepMilliseconds(50)
    #expect(await transfers.send(local(.post, closed)).failure?.code == .unreachable)
  }

  @Test func cancellingEndsAtOnce() async throws {
    let receiver = try LocalReceiver { _, _ in sleepMilliseconds(3_000) }
    let task = Task { await transfers.send(local(.get, receiver)) }
    try await Task.sleep(for: .milliseconds(100))
    task.cancel()
    #expect(await task.value.failure?.code == .cancelled)
  }

  @Test func whatIsOnItsWayWhenTransfersEndIsToldSo() async throws {
    let receiver = try LocalReceiver { _, _ in sleepMilliseconds(2_000) }
    let pending = Task { await transfers.send(local(.get, receiver)) }
    try await Task.sleep(for: .milliseconds(100))
    transfers.stop()
    #expect(await pending.value.failure?.code == .cancelled)
    #expect(await transfers.send(local(.get, receiver)).failure?.code == .cancelled)
  }
}
