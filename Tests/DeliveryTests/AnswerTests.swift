import Alerting
import Delivery
import Finance
import Glibc
import Receiving
import Testing

/// FAULTS 4 and 5: what an answer means, or none.
@Suite(.timeLimit(.minutes(5))) struct AnswerTests {
  @Test(arguments: [
    (200, MessageSummary.State.delivered), (202, .delivered), (204, .delivered), (301, .dead), (307, .dead),
    (400, .dead), (401, .dead), (404, .dead), (408, .waiting), (410, .dead), (425, .waiting), (429, .waiting),
    (500, .waiting), (502, .waiting), (503, .waiting), (504, .waiting),
  ])
  func actionFollowsFromTheStatus(status: Int, state: MessageSummary.State) async throws {
    let elsewhere = try Listener { _, _ in .init() }
    let location = elsewhere.url
    let listener = try Listener { _, _ in .init(status: status, headers: [("Location", location)]) }
    let office = try Office(["finance": listener])
    try office.announce(["overspend"])
    try await office.settle()
    #expect(try office.message.state == state)
    #expect(try #require(try office.message.lastWords).contains("\(status)"))
    #expect(listener.requests.count == 1)
    #expect(elsewhere.requests.isEmpty)
    #expect(office.troubles.contains(.disabled(receiver: "finance")) == (status == 410))
  }

  @Test func aResetIsTriedAgain() async throws {
    let listener = try Listener { number, _ in number == 0 ? nil : .init() }
    let office = try Office(["finance": listener])
    try office.announce(["overspend"])
    try await office.settle()
    office.clock.move(to: try #require(try office.message.due))
    try await office.settle()
    #expect(try office.message.state == .delivered)
    #expect(Set(listener.ids).count == 1)
  }

  @Test func aTimeOutIsTriedAgain() async throws {
    let listener = try Listener { number, _ in
      if number == 0 { sleepMilliseconds(1500) }
      return .init()
    }
    let office = try Office(["finance": listener], timeout: .milliseconds(300))
    try office.announce(["overspend"])
    try await office.settle()
    office.clock.move(to: try #require(try office.message.due))
    try await office.settle()
    #expect(try office.message.state == .delivered)
  }

  /// Waits in seconds; nil is what the schedule says anyway.
  @Test(arguments: [
    ("120", 120), ("Tue, 01 Apr 2014 00:03:00 GMT", 180), ("Mon, 31 Mar 2014 23:00:00 GMT", nil), ("-5", nil),
    ("0", nil), ("99999999999999999999999", 86_400), ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400), ("soon", nil),
    ("", nil),
  ])
  func retryAfterIsHonouredWithinBounds(text: String, seconds: Int64?) async throws {
    let listener = try Listener { _, _ in .init(status: 429, headers: [("Retry-After", text)]) }
    let office = try Office(["finance": listener])
    try office.announce(["overspend"])
    try await office.settle()
    let wait = try #require(try office.message.due).milliseconds - Office.start.milliseconds
    if let seconds { #expect(wait == seconds * 1000) } else { #expect((4000...6000).contains(wait)) }
  }

  @Test func aReceiverThatWantsNoMoreIsLeftAloneUntilAPersonRetries() async throws {
    let listener = try Listener { number, _ in .init(status: number == 0 ? 410 : 200) }
    let office = try Office(["finance": listener])
    try office.announce(["overspend"], .opened)
    try await office.settle()
    try office.announce(["overspend"], .resolved)
    try office.announce(["underspend"])
    try await office.settle()
    office.clock.move(milliseconds: 30 * Moment.millisecondsADay)
    try await office.settle()
    #expect(listener.requests.count == 1)
    let left = try await office.dispatcher.drain(until: office.clock.now)
    #expect(left.first?.isDisabled == true)
    #expect(left.first?.pending == 2)
    #expect(left.first?.dead == 1)

    #expect(try office.dispatcher.retry(by: "a person") == 3)
    try await eventually { try office.count(.delivered) == 3 }
    let messages = try office.messages
    let order = listener.ids.dropFirst().filter { $0 != messages[2].id }
    #expect(order == [messages[0].id, messages[1].id])
  }
}

func sleepMilliseconds(_ count: UInt32) { usleep(count * 1_000) }
