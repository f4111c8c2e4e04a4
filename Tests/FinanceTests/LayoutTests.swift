import Finance
import Testing

@Suite struct DayLayoutTests {
  @Test(arguments: [
    ("dd/MM/yyyy", "30/04/2020", "2020-04-30"), ("dd/MM/yyyy", "3/4/2020", "2020-04-03"),
    ("MM/dd/yyyy", "2/28/2021", "2021-02-28"), ("yyyy-MM-dd", "2014-03-31", "2014-03-31"),
    ("YYYY-MM-DD", "2014-03-31", "2014-03-31"), ("dd-MMM-yy", "04-Aug-20", "2020-08-04"),
    ("dd-MMM-yyyy", "31-DEC-2020 ", "2020-12-31"), ("dd.MM.yyyy", "31.12.2025", "2025-12-31"),
    ("d MMMM yyyy", "1\u{A0}Sept 2020", "2020-09-01"), ("yyyyMMdd", "20200401", "2020-04-01"),
    ("yyyy-MM-dd HH:mm:ss", "2020-04-30 00:00:00", "2020-04-30"),
    ("yyyy-MM-ddTHH:mm", "2020-04-30T12:30", "2020-04-30"),
    ("dd/MM/yy", "01/01/69", "2069-01-01"), ("dd/MM/yy", "01/01/70", "1970-01-01"), ("serial", "44197", "2021-01-01"),
    ("serial", "61", "1900-03-01"), ("dd-MM-yyyy", "31–12–2020", "2020-12-31"),
  ])
  func reads(layout: String, text: String, iso: String) throws {
    #expect(try Day.Layout(layout).read(Array(text.utf8).span).description == iso)
  }

  @Test(
    arguments: [
      ("dd/MM/yyyy", "2/28/2021", .noSuchDay), ("dd/MM/yyyy", "31/02/2021", .noSuchDay),
      ("dd/MM/yyyy", "2021-02-28", .notADate), ("dd/MM/yyyy", "28/02/21", .notADate),
      ("dd/MM/yyyy", "28/02/2021x", .notADate), ("dd/MM/yyyy", "", .empty), ("dd/MM/yyyy", "######", .hashes),
      ("dd-MMM-yy", "04-Foo-20", .notADate), ("yyyyMMdd", "2020041", .notADate), ("serial", "60", .noSuchDay),
      ("serial", "9999999", .noSuchDay), ("dd/MM/yyyy", "44197", .notADate),
    ] as [(String, String, ReadingProblem.Kind)])
  func refuses(layout: String, text: String, kind: ReadingProblem.Kind) throws {
    let layout = try Day.Layout(layout)
    let problem = #expect(throws: ReadingProblem.self) { try layout.read(Array(text.utf8).span) }
    #expect(problem?.kind == kind)
  }

  @Test func aProblemNamesTheDeclaredForm() throws {
    let layout = try Day.Layout("dd/MM/yyyy")
    let problem = #expect(throws: ReadingProblem.self) { try layout.read(Array("2/28/2021".utf8).span) }
    #expect(
      problem?.description
        == "“2/28/2021” is not a day of the calendar; expected a date as dd/MM/yyyy, such as 31/03/2014")
  }

  @Test(arguments: ["", "dd/MM", "dd/MM/yyyy/dd", "tt/MM/yyyy", "MM yyyy-yy", "ddd/MM/yyyy", "Q yyyy", "12/MM/yyyy"])
  func whatIsNoLayoutOfADay(pattern: String) {
    #expect(throws: LayoutProblem.self) { try Day.Layout(pattern) }
  }
}

@Suite struct PeriodLayoutTests {
  @Test(arguments: [
    (4, "MM YYYY-YY", "08 2013-14", "2013-14 M8"), (4, "MM YYYY-YY", "M8 2013-14", "2013-14 M8"),
    (4, "MM YYYY-YY", "13 2013-14", "2013-14 M13"), (4, "YYYY-YY MM", "2013-14 M0", "2013-14 M0"),
    (4, "MM YYYY/YY", "10 2013/14", "2013-14 M10"), (4, "MM YYYY-YYYY", "10 2013-2014", "2013-14 M10"),
    (4, "YYYY-MM-DD", "2014-01-31", "2013-14 M10"), (1, "YYYY-MM-DD", "2024-01-31", "2024 M1"),
    (4, "MMM-yy", "Jun-20", "2020-21 M3"), (4, "YYYY-MM", "2014-03", "2013-14 M12"),
    (4, "MMM YYYY-YY", "January 2013-14", "2013-14 M10"), (4, "MMMM yyyy", "April 2020", "2020-21 M1"),
    (4, "dd/MM/yyyy", "30/04/2020", "2020-21 M1"), (4, "serial", "44197", "2020-21 M10"),
    (10, "YYYY-MM", "2014-09", "2013-14 M12"), (10, "YYYY-MM", "2014-10", "2014-15 M1"),
    (4, "YYYY-YY", "2021-22", "2021-22 M12"), (4, "YY-YY", "14-15", "2014-15 M12"),
    (4, "MM yy/yy", "M8 69/70", "2069-70 M8"), (4, "YY-YY", "99-00", "1999-00 M12"), (1, "YYYY", "2025", "2025 M12"),
    (4, "Q YYYY-YY", "Q3 2013-14", "2013-14 M9"), (1, "YYYY Q", "2025 Q1", "2025 M3"),
  ])
  func reads(firstMonth: Int, layout: String, text: String, label: String) throws {
    let calendar = FinancialCalendar(firstMonth: firstMonth)
    #expect(calendar.label(try Period.Layout(layout).read(Array(text.utf8).span, in: calendar)) == label)
  }

  @Test(
    arguments: [
      (4, "MM YYYY-YY", "08 2013-15", .yearsDoNotFollow), (4, "MM YYYY-YY", "14 2013-14", .notAPeriod),
      (4, "MM YYYY-YY", "Nov 2013", .notAPeriod), (4, "YYYY-MM", "2014-13", .notAPeriod),
      (4, "YYYY", "2014", .yearsDoNotFollow),
      (1, "YYYY-YY", "2025-26", .yearsDoNotFollow), (4, "Q YYYY-YY", "Q5 2013-14", .notAPeriod),
      (4, "dd/MM/yyyy", "31/02/2020", .noSuchDay), (4, "MMM-yy", "######", .hashes), (4, "MMM-yy", " ", .empty),
    ] as [(Int, String, String, ReadingProblem.Kind)])
  func refuses(firstMonth: Int, layout: String, text: String, kind: ReadingProblem.Kind) throws {
    let layout = try Period.Layout(layout)
    let problem = #expect(throws: ReadingProblem.self) {
      try layout.read(Array(text.utf8).span, in: FinancialCalendar(firstMonth: firstMonth))
    }
    #expect(problem?.kind == kind)
  }

  @Test(arguments: ["", "MM", "MM MMM YYYY", "dd YYYY", "Q MM YYYY", "YYYY-YY yyyy", "month"])
  func whatIsNoLayoutOfAPeriod(pattern: String) {
    #expect(throws: LayoutProblem.self) { try Period.Layout(pattern) }
  }

  @Test func steps() throws {
    #expect(try Period.Layout("MMM-yy").step == .month)
    #expect(try Period.Layout("serial").step == .month)
    #expect(try Period.Layout("Q YYYY-YY").step == .quarter)
    #expect(try Period.Layout("YYYY-YY").step == .year)
  }
}
