import Finance
import Testing

@Suite struct DayTests {
  @Test func everyDayOfNineCenturiesGoesThereAndBack() throws {
    var expected = try #require(Day(year: 1600, month: 1, day: 1))
    #expect(expected.daysSince1970 == -135_140)
    for year in 1600...2500 {
      for month in 1...12 {
        for day in 1...Day.length(ofMonth: month, year: year) {
          let found = try #require(Day(year: year, month: month, day: day))
          guard found == expected, found.civil == (year, month, day) else {
            Issue.record("\(year)-\(month)-\(day)")
            return
          }
          expected = expected.advanced(days: 1)
        }
      }
    }
  }

  @Test func knownDays() throws {
    #expect(Day(iso: "1970-01-01")?.daysSince1970 == 0)
    #expect(Day(iso: "2014-03-31")?.daysSince1970 == 16_160)
    #expect(Day(iso: "2014-03-31")?.weekday == 1)
    #expect(Day(iso: "1969-12-28")?.weekday == 7)
    #expect(Day(iso: "2014-03-31")?.description == "2014-03-31")
    #expect(Day(iso: "0001-01-01")?.description == "0001-01-01")
  }

  @Test(arguments: [
    "2014-02-29", "2100-02-29", "2014-13-01", "2014-00-01", "2014-3-31", "14-03-31", "2014-03-31 ", "", "0000-01-01",
  ])
  func noSuchDay(text: String) { #expect(Day(iso: text) == nil) }
}

@Suite struct FinancialCalendarTests {
  @Test(arguments: 1...12)
  func monthsAndDaysAgreeWhateverMonthTheYearStartsIn(firstMonth: Int) throws {
    let calendar = FinancialCalendar(firstMonth: firstMonth)
    var day = try #require(Day(year: 2011, month: 12, day: 31))
    for _ in 0..<1_500 {
      let period = calendar.period(containing: day)
      #expect(calendar.days(of: period).contains(day))
      #expect(calendar.days(of: period, .quarter).contains(day))
      #expect(calendar.days(of: period, .year).contains(day))
      let month = calendar.calendarMonth(of: period)
      #expect((month.year, month.month) == (day.civil.year, day.civil.month))
      #expect((period.month == 1) == (month.month == firstMonth))
      #expect(calendar.lastDay(period).advanced(days: 1) == calendar.firstDay(period.nextMonth))
      day = day.advanced(days: 1)
    }
  }

  @Test(arguments: 1...12)
  func labelsGoThereAndBack(firstMonth: Int) throws {
    let calendar = FinancialCalendar(firstMonth: firstMonth)
    for year in [1999, 2009, 2013, 2099] {
      for month in 0...13 {
        let period = Period(year: year, month: month)
        let read = try calendar.parse(calendar.label(period))
        #expect(read.period == period)
        #expect(read.step == .month)
      }
      for quarter in 1...4 {
        let read = try calendar.parse(calendar.label(Period(year: year, month: quarter * 3), .quarter))
        #expect(read.period == Period(year: year, month: quarter * 3))
        #expect(read.step == .quarter)
      }
      let read = try calendar.parse(calendar.label(Period(year: year, month: 12), .year))
      #expect(read.period == Period(year: year, month: 12))
      #expect(read.step == .year)
    }
  }

  @Test func labels() {
    let april = FinancialCalendar(firstMonth: 4)
    let january = FinancialCalendar(firstMonth: 1)
    #expect(april.label(Period(year: 2013, month: 8)) == "2013-14 M8")
    #expect(april.label(Period(year: 2013, month: 8), .quarter) == "2013-14 Q3")
    #expect(april.label(Period(year: 2013, month: 12), .year) == "2013-14")
    #expect(april.label(Period(year: 1999, month: 12), .year) == "1999-00")
    #expect(april.label(Period(year: 2013, month: 13), .year) == "2013-14 M13")
    #expect(january.label(Period(year: 2025, month: 3)) == "2025 M3")
    #expect(january.label(Period(year: 2025, month: 12), .year) == "2025")
  }

  @Test(
    arguments: [
      (4, "2013-15", .yearsDoNotFollow), (4, "2013-12 M8", .yearsDoNotFollow), (4, "2013", .notAPeriod),
      (4, "2013-14 M14", .notAPeriod), (4, "2013-14 Q5", .notAPeriod), (4, "2013-14 Q0", .notAPeriod),
      (4, "2013-14 8", .notAPeriod), (4, "", .notAPeriod), (4, "2013-14 M8 x", .notAPeriod), (4, "13-14", .notAPeriod),
      (1, "2025-26", .notAPeriod), (1, "2025 M14", .notAPeriod), (1, "M3 2025", .notAPeriod),
      (4, "2013-14-15", .notAPeriod),
    ] as [(Int, String, ReadingProblem.Kind)])
  func refusesWhatIsNoPeriod(firstMonth: Int, text: String, kind: ReadingProblem.Kind) {
    let problem = #expect(throws: ReadingProblem.self) { try FinancialCalendar(firstMonth: firstMonth).parse(text) }
    #expect(problem?.kind == kind)
  }

  @Test func openingPositionAndFinalAccounts() throws {
    let calendar = FinancialCalendar(firstMonth: 4)
    let first = try #require(Day(iso: "2013-04-01"))
    let last = try #require(Day(iso: "2014-03-31"))
    #expect(calendar.days(of: Period(year: 2013, month: 0)) == first...first)
    #expect(calendar.days(of: Period(year: 2013, month: 13)) == first...last)
    #expect(calendar.lastDay(Period(year: 2013, month: 13)) == last)
    #expect(calendar.period(containing: try #require(Day(iso: "2014-01-15"))) == Period(year: 2013, month: 10))
  }
}

@Suite struct PeriodTests {
  @Test func monthsPassOverOpeningPositionAndFinalAccounts() {
    let m1 = Period(year: 2013, month: 1)
    #expect(m1.previousMonth == Period(year: 2012, month: 12))
    #expect(m1.advanced(months: -13) == Period(year: 2011, month: 12))
    #expect(Period(year: 2013, month: 12).nextMonth == Period(year: 2014, month: 1))
    #expect(Period(year: 2013, month: 13).previousMonth == Period(year: 2013, month: 12))
    #expect(Period(year: 2013, month: 13).nextMonth == Period(year: 2014, month: 1))
    #expect(Period(year: 2013, month: 0).nextMonth == m1)
    #expect(Period(year: 2013, month: 0).previousMonth == Period(year: 2012, month: 12))
    #expect(Period(year: 2013, month: 13).advanced(months: 0) == Period(year: 2013, month: 13))
  }

  @Test func steppingThereAndBackIsNoStep() {
    for month in 1...12 {
      for count in -40...40 {
        let period = Period(year: 2013, month: month)
        #expect(period.advanced(months: count).advanced(months: -count) == period)
      }
    }
  }

  @Test func theFoldVisitsFinalAccountsAfterM12() {
    var period = Period(year: 2013, month: 11)
    var visited: [Int] = []
    for _ in 0..<4 {
      period = period.nextInFold
      visited.append(Int(period.month))
    }
    #expect(visited == [12, 13, 1, 2])
    for _ in 0..<4 { period = period.previousInFold }
    #expect(period == Period(year: 2013, month: 11))
  }

  @Test func quartersAndYears() {
    #expect(Period(year: 2013, month: 7).end(of: .quarter) == Period(year: 2013, month: 9))
    #expect(Period(year: 2013, month: 9).end(of: .quarter) == Period(year: 2013, month: 9))
    #expect(Period(year: 2013, month: 7).end(of: .year) == Period(year: 2013, month: 12))
    #expect(Period(year: 2013, month: 13).end(of: .year) == Period(year: 2013, month: 13))
    #expect(Period(year: 2013, month: 12).advanced(by: -1, .year) == Period(year: 2012, month: 12))
    #expect(Period(year: 2013, month: 3).advanced(by: -1, .quarter) == Period(year: 2012, month: 12))
    #expect(Period(year: 2013, month: 13).sameMonthLastYear == Period(year: 2012, month: 13))
    #expect(Period(year: 2013, month: 0).quarter == nil)
    #expect((1...12).map { Period(year: 2013, month: $0).quarter } == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4])
  }
}
