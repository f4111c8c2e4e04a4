import Delivery
import Finance
import Testing

@Suite struct ScheduleTests {
  private let now = Moment(milliseconds: 1_400_000_000_000)

  @Test func everyDelayIsItsOwnGiveOrTakeAFifth() throws {
    for attempts in 1...11 {
      for number in 0..<200 {
        let next = try #require(Schedule.next(after: attempts, of: "msg_\(number)", now: now, asked: nil))
        let delay = next.milliseconds - now.milliseconds
        let middle = Schedule.delays[attempts - 1]
        #expect(delay >= middle * 8 / 10 && delay <= middle * 12 / 10)
      }
    }
    #expect(Schedule.next(after: 12, of: "msg", now: now, asked: nil) == nil)
  }

  @Test func theFifthIsDrawnFromTheMessage() {
    let drawn = Set((0..<200).map { Schedule.next(after: 6, of: "msg_\($0)", now: now, asked: nil) })
    #expect(drawn.count > 100)
    #expect(
      Schedule.next(after: 6, of: "msg", now: now, asked: nil)
        == Schedule.next(after: 6, of: "msg", now: now, asked: nil))
  }

  @Test func whatTheReceiverAskedIsALeastDelay() {
    let asked = Schedule.next(after: 1, of: "msg", now: now, asked: 3_600_000)
    #expect(asked?.milliseconds == now.milliseconds + 3_600_000)
    let less = Schedule.next(after: 4, of: "msg", now: now, asked: 1_000)
    #expect(less == Schedule.next(after: 4, of: "msg", now: now, asked: nil))
  }
}
