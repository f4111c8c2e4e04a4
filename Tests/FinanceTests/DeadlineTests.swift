import Finance
import Testing

@Suite struct DeadlineTests {
  private let calendar = FinancialCalendar(firstMonth: 4)
  private static func day(_ text: String) -> Day { Day(iso: text)! }

  static let cases: [(deadline: Deadline, month: Int, step: Step, day: String)] = [
    (Deadline(days: 15, countsWorkingDays: false), 8, .month, "2013-12-15"),
    // 30 November 2013 is a Saturday: the first working day is Monday, the 2nd.
    (Deadline(days: 1, countsWorkingDays: true), 8, .month, "2013-12-02"),
    (Deadline(days: 15, countsWorkingDays: true), 8, .month, "2013-12-20"),
    (Deadline(days: 0, countsWorkingDays: true), 8, .month, "2013-11-30"),
    // Christmas, Boxing Day and New Year's Day lie between.
    (
      Deadline(
        days: 4, countsWorkingDays: true,
        holidays: [day("2013-12-25"), day("2013-12-26"), day("2014-01-01")]), 9, .month, "2014-01-07"
    ),
    (Deadline(days: 10, countsWorkingDays: false), 8, .quarter, "2014-01-10"),
    (Deadline(days: 10, countsWorkingDays: false, end: .month), 8, .quarter, "2013-12-10"),
    (Deadline(days: 10, countsWorkingDays: false, end: .year), 8, .month, "2014-04-10"),
    (Deadline(days: 10, countsWorkingDays: false), 13, .year, "2014-04-10"),
  ]

  @Test(arguments: cases.indices) func liesAfterTheEndOfThePeriod(_ index: Int) {
    let one = Self.cases[index]
    let day = one.deadline.day(of: Period(year: 2013, month: one.month), one.step, calendar)
    #expect(day.description == one.day)
  }

  private func past(_ deadline: Deadline, on today: String, after month: Int?, _ step: Step = .month) -> [Int] {
    deadline.past(
      on: Self.day(today), after: month.map { Period(year: 2013, month: $0) }, step, calendar
    ).map { Int($0.month) }
  }

  @Test func isPastOnTheDayAfter() {
    let deadline = Deadline(days: 15, countsWorkingDays: false)
    #expect(past(deadline, on: "2013-12-15", after: 7) == [])
    #expect(past(deadline, on: "2013-12-16", after: 7) == [8])
    #expect(past(deadline, on: "2013-12-16", after: 8) == [])
    #expect(past(deadline, on: "2013-12-16", after: 4) == [5, 6, 7, 8])
    #expect(past(deadline, on: "2013-12-16", after: nil) == [8], "what was due before is history")
    #expect(past(deadline, on: "2013-10-01", after: 8) == [], "a clock that goes back takes nothing back")
  }

  @Test func isOfQuartersAndYearsToo() {
    let deadline = Deadline(days: 30, countsWorkingDays: false)
    #expect(past(deadline, on: "2014-01-30", after: nil, .quarter) == [6])
    #expect(past(deadline, on: "2014-01-31", after: 3, .quarter) == [6, 9])
    #expect(past(deadline, on: "2014-05-01", after: 9, .year) == [12])
  }
}
