import Daemon
import Diagnostics
import Drops
import Finance
import Foundation
import TestKit
import Testing

/// Deadlines, holidays and expected senders as a configuration says them, held against the register and the rules.
@Suite struct DueConfigurationTests {
  private let folder = TemporaryFolder()

  private func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8)
  }

  /// - Parameters:
  ///   - top: lines of the configuration itself.
  ///   - source: lines of its source.
  private func path(
    top: [String] = ["register: organisations.csv"], source: [String] = ["due: 15 working days after month end"],
    watch: String = "days_late(spent)"
  ) throws -> String {
    try write("code,name,kind\nA,Alder,Trust\nB,Birch,CCG\n", to: "organisations.csv")
    try FileManager.default.createDirectory(atPath: folder.path + "/rules", withIntermediateDirectories: true)
    try write(
      """
      currency GBP
      year starts in April
      measure spent money in period
      rule late "Late"
        for each organisation
        watch \(watch)
        red above 3
        message "{organisation} was late"

      """, to: "rules/one.rules")
    try write(
      """
      ledger: ledger.db
      rules: rules
      \(top.joined(separator: "\n"))
      sources:
        returns:
          inbox: in
          columns: { organisation: Code, period: Month, measures: { spent: Spent } }
          \(source.joined(separator: "\n    "))
      routes: [{ to: [log] }]
      receivers: { log: { log: { path: \(folder.path)/alerts.log } } }

      """, to: "outturn.yaml")
    return folder.path + "/outturn.yaml"
  }

  private func told(_ path: String) -> [String] {
    Setup.load(path).diagnostics.map { $0.message + ($0.fix.map { " = \($0)" } ?? "") }
  }

  private static let calendar = """
    BEGIN:VCALENDAR\r
    BEGIN:VEVENT\r
    DTEND;VALUE=DATE:20261226\r
    DTSTART;VALUE=DATE:20261225\r
    SUMMARY:Christmas Day\r
    END:VEVENT\r
    BEGIN:VEVENT\r
    DTSTART;VALUE=DATE:20261228\r
    DTEND;VALUE=DATE:20261230\r
    END:VEVENT\r
    END:VCALENDAR\r

    """

  private func days(_ texts: String...) -> Set<Day> { Set(texts.compactMap { Day(iso: $0) }) }

  @Test func holidaysAreListedOrOfACalendar() throws {
    let listed = try path(top: ["register: organisations.csv", "holidays: [2026-12-25, 2026-12-28]"])
    let source = try #require(Configuration.load(listed).configuration?.sources.first)
    #expect(source.due?.holidays == days("2026-12-25", "2026-12-28"))
    try write(Self.calendar, to: "holidays.ics")
    let filed = try path(top: ["register: organisations.csv", "holidays: holidays.ics"])
    #expect(
      try #require(Configuration.load(filed).configuration).holidays == days("2026-12-25", "2026-12-28", "2026-12-29"))
    let one = try path(top: ["holidays: 2026-12-25"])
    #expect(try #require(Configuration.load(one).configuration).holidays == days("2026-12-25"))
  }

  static let badCalendars: [(text: String, why: String)] = [
    ("nothing of the kind\n", "there is no event in it"),
    ("BEGIN:VEVENT\nDTSTART:2026\nEND:VEVENT\n", "line 2 has no date of the form 20261225"),
    ("BEGIN:VEVENT\nDTSTART:20261325\nEND:VEVENT\n", "line 2 has no date"),
    ("BEGIN:VEVENT\nEND:VEVENT\n", "the event that ends in line 2 has no day"),
    ("BEGIN:VEVENT\nDTSTART:20260101\nDTEND:20270101\nEND:VEVENT\n", "longer than 31 days"),
    ("BEGIN:VEVENT\nDTSTART:20260101\nRRULE:FREQ=YEARLY\nEND:VEVENT\n", "an event that repeats"),
  ]

  @Test(arguments: badCalendars.indices) func aBadCalendarIsRefused(_ index: Int) throws {
    let (text, why) = Self.badCalendars[index]
    try write(text, to: "holidays.ics")
    let told = told(try path(top: ["holidays: holidays.ics"]))
    #expect(told.count == 1 && told[0].contains(why), "\(told)")
  }

  @Test func aWrongDateOrFileIsTold() throws {
    #expect(
      told(try path(top: ["register: organisations.csv", "holidays: [2026-12-25, 2026-02-30]"])) == [
        "“2026-02-30” is not a date = holidays: [2026-12-25, 2026-12-28], or an .ics file"
      ])
    #expect(told(try path(top: ["register: organisations.csv", "holidays: none.ics"]))[0].contains("can't be read"))
    #expect(told(try path(top: ["holiday: [2026-12-25]", "register: organisations.csv"]))[0].contains("holiday"))
  }

  static let sources: [(source: [String], told: [String])] = [
    (["due: 15 working days after month end", "expects: organisation where kind is \"CCG\""], []),
    (
      ["due: 15 working days after month end", "expects: organisation where kind is \"CCGs\""],
      [
        "the source returns expects organisations whose kind is “CCGs”, and no organisation's is = did you mean “CCG”?"
      ]
    ),
    (
      ["due: 15 working days after month end", "expects: organisation where knd is \"CCG\""],
      [
        "the source returns expects organisations by “knd”, which is no column of the register = did you mean “kind”?"
      ]
    ),
    (
      ["due: 15 working days after month end", "expects: [A, C]"],
      [
        "the source returns expects “C”, which is not on the register = the code of an organisation on the register"
      ]
    ),
    (
      [],
      [
        "a rule asks how late spent is, and no source of it says when it is due = "
          + "due: 15 working days after month end, under the source; or days_late(spent, 15)"
      ]
    ),
  ]

  @Test(arguments: sources.indices) func sendersAndDeadlinesAreHeldAgainstTheRest(_ index: Int) throws {
    let (source, expected) = Self.sources[index]
    #expect(told(try path(source: source)) == expected)
  }

  @Test func aDeadlineOfTheRuleItselfNeedsNone() throws {
    #expect(told(try path(source: [], watch: "days_late(spent, 15)")) == [])
  }

  @Test func withoutARegisterItIsSaid() throws {
    let loaded = Setup.load(try path(top: []))
    #expect(loaded.setup != nil)
    #expect(loaded.diagnostics.map(\.code) == ["C133"])
    let asks = try path(top: [], watch: "sum(spent over organisation where kind is \"CCG\")")
    #expect(Setup.load(asks).setup == nil, "there is no kind to ask for")
  }
}
