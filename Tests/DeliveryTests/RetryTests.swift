import Delivery
import Finance
import Foundation
import Receiving
import Settings
import Sinks
import Storage
import TestKit
import Testing
import Transfers

/// FAULTS 2, 3 and 8: what is tried again, when, and what happens when it is given up.
@Suite(.timeLimit(.minutes(5))) struct RetryTests {
  private static let minutes: [Double] = [
    5 / 60, 0.5, 2, 10, 30, 120, 300, 600, 840, 1200, 1440,
  ]

  @Test func aRetryHasTheSameIDAndBodyAndANewValidSignature() async throws {
    let listener = try Listener { number, _ in .init(status: number == 0 ? 503 : 200) }
    let folder = TemporaryFolder()
    let secret = try Secret.kept(Office.secret, in: folder)
    let transfers = try Transfers()
    let office = try Office(
      ["finance": Office.webhook(listener.url, over: transfers, sign: [secret])], folder: folder, transfers: transfers)
    try office.announce(["overspend"])
    try await office.settle()
    let due = try #require(try office.message.due)
    office.clock.move(to: due)
    try await office.settle()
    #expect(try office.message.state == .delivered)

    let requests = listener.requests
    try #require(requests.count == 2)
    #expect(requests[0].header("webhook-id") == requests[1].header("webhook-id"))
    #expect(requests[0].body == requests[1].body)
    #expect(requests.map { $0.header("webhook-timestamp") } == [Office.start, due].map { "\($0.milliseconds / 1000)" })
    #expect(requests[0].header("webhook-signature") != requests[1].header("webhook-signature"))
    let verifier = WebhookVerifier([try #require(WebhookSecret(Office.secret))], tolerance: 0)
    for (request, time) in zip(requests, [Office.start, due]) {
      try verifier.verify(header: request.header, body: request.body, now: time.milliseconds / 1000)
    }
  }

  @Test func theScheduleIsKeptToItsEndAndARetryStartsItAnew() async throws {
    let listener = try Listener { number, _ in .init(status: number < 12 ? 500 : 200) }
    let office = try Office(["finance": listener])
    try office.announce(["overspend"])
    try await office.settle()
    for (index, minutes) in Self.minutes.enumerated() {
      #expect(try office.message.attempts == index + 1)
      let due = try #require(try office.message.due)
      let wait = Double(due.milliseconds - office.clock.now.milliseconds) / 60_000
      #expect((0.8 * minutes...1.2 * minutes).contains(wait), "after attempt \(index + 1)")
      office.clock.move(to: Moment(milliseconds: due.milliseconds - 1))
      try await office.settle()
      #expect(listener.requests.count == index + 1)
      office.clock.move(to: due)
      try await office.settle()
      #expect(listener.requests.count == index + 2)
    }
    let message = try office.message
    #expect(message.state == .dead)
    #expect(office.troubles.contains(.dead(receiver: "finance", id: message.id, words: "answered 500")))
    let left = try await office.dispatcher.drain(until: office.clock.now)
    #expect(left.map(\.dead) == [1])
    #expect(left.first?.lastWords == "answered 500")

    #expect(try office.dispatcher.retry(receiver: "finance", by: "a person") == 1)
    try await eventually { try office.message.state == .delivered }
    #expect(Set(listener.ids) == [message.id])
    #expect(Set(listener.requests.map(\.body)).count == 1)
    #expect(try await office.dispatcher.drain(until: office.clock.now).isEmpty)
    let outcomes = try office.store.read { try MessageSummary.attempts(message.id, in: $0) }.map(\.outcome)
    #expect(outcomes == [String](repeating: "later", count: 12) + ["delivered"])
  }

  @Test func dueTimesFollowFromTheMessageAlone() async throws {
    var waits: Set<Int64> = []
    for _ in 0..<2 {
      let listener = try Listener { _, _ in .init(status: 500) }
      let office = try Office(["finance": listener])
      try office.announce(["overspend"])
      try await office.settle()
      waits.insert(try #require(try office.message.due).milliseconds - Office.start.milliseconds)
    }
    #expect(waits.count == 1)
  }

  /// FAULTS 42, as far as it is a matter of delivery.
  @Test func aClockThatIsSetBackDelaysNothing() async throws {
    let listener = try Listener { number, _ in .init(status: number < 8 ? 500 : 200) }
    let office = try Office(["finance": listener])
    try office.announce(["overspend"])
    for _ in 0..<8 {
      try await office.settle()
      office.clock.move(to: try #require(try office.message.due))
    }
    try await office.settle()
    #expect(try office.message.state == .delivered)
    try office.announce(["underspend"])
    office.clock.move(milliseconds: -10 * 365 * Moment.millisecondsADay)
    try await office.settle()
    #expect(try office.count(.delivered) == 2)
  }
}

extension Secret {
  /// A secret in a file of the folder.
  static func kept(_ text: String, in folder: TemporaryFolder) throws -> Secret {
    let path = folder.path + "/secret"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    return Secret(.file(path))
  }
}
