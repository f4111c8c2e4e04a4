import Finance
import Testing

@Suite struct MomentTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"),
    (1_396_256_700_250, "2014-03-31T09:05:00.250Z"),
    (-1, "1969-12-31T23:59:59.999Z"),
    (4_102_444_799_999, "2099-12-31T23:59:59.999Z"),
  ])
  func rendering(milliseconds: Int64, text: String) {
    #expect(Moment(milliseconds: milliseconds).description == text)
  }

  @Test func daysBeginAtMidnight() {
    let day = Day(daysSince1970: 16_160)
    #expect(Moment(startOf: day).day == day)
    #expect(Moment(milliseconds: Moment(startOf: day).milliseconds - 1).day == day.advanced(days: -1))
  }
}
