import Alerting
import Bookkeeping
import Diagnostics
import Evaluation
import Finance
import RuleLanguage
import RuleLibrary
import Testing

/// What is due and does not come: by the calendar alone, and by what is delivered in the end.
@Suite struct LatenessTests {
  private static let rules = """
    currency GBP
    year starts in April
    measure plan money full year
    measure forecast money full year adverse high
    rule overspend "Overspend"
      for each organisation
      watch (forecast - plan) / plan
      amber above 2%
      message "{organisation} is over"
    rule region "A region's overspend"
      for each region
      watch sum(forecast over organisation) - sum(plan over organisation)
      red above £1m
      message "{region} is over"

    """

  private var replay: Replay
  private var nextVersion: VersionID = 1

  init() throws {
    let loaded = RuleSet.load(files: [SourceText(name: "one.rules", Self.rules)], library: .all)
    let program = try #require(loaded.program, "\(loaded.diagnostics)")
    let organisations = ["A", "B"].map {
      Organisation(code: $0, name: "Body \($0)", attributes: ["region": "North"], parent: nil, from: nil, to: nil)
    }
    replay = Replay(program, register: Register(organisations))
  }

  private func period(_ month: Int) -> Period { Period(year: 2013, month: month) }
  private func deadline(_ month: Int) -> Day {
    FinancialCalendar(firstMonth: 4).lastDay(period(month)).advanced(days: 15)
  }

  private mutating func due(_ month: Int) -> [String] {
    let due = DuePeriod(
      period: period(month), measures: ["plan", "forecast"], organisations: ["A", "B"],
      asked: DuePeriod.Asked(of: "returns", by: deadline(month)))
    return told(LedgerChange(due: [due]), at: deadline(month).advanced(days: 1))
  }

  /// Without an amount the return is taken back.
  private mutating func state(_ organisation: String, _ month: Int, _ thousands: Int64?, after days: Int) -> [String] {
    let unit = Unit(source: "returns", organisation: organisation, period: period(month))
    let values: [Int64] = thousands.map { [100, $0] } ?? []
    let cells = values.enumerated().map { number, value in
      Cell(series: SeriesID(number + 1), rows: 1, firstRow: 2, value: value * 1000 * Amount.scale)
    }
    let series =
      [1: Series(measure: "plan", members: []), 2: Series(measure: "forecast", members: [])] as [SeriesID: Series]
    let version = Version(stating: nextVersion, drop: nextVersion, unit: unit, cells: cells)
    nextVersion += 1
    return told(
      LedgerChange(
        series: series, touched: [unit], versions: cells.isEmpty ? [] : [version],
        day: deadline(month).advanced(days: days)),
      at: deadline(month).advanced(days: days))
  }

  private mutating func told(_ change: LedgerChange, at day: Day) -> [String] {
    replay.take(change, at: Moment(startOf: day)).map {
      "\($0.announcement.kind.rawValue) \($0.announcement.rule.name) \($0.announcement.subject.name) \($0.announcement.period)"
    }
  }

  @Test mutating func aReturnIsLateUntilItComes() {
    #expect(state("A", 1, 100, after: -3) == [])
    #expect(due(1) == ["opened return_late Body B 2013-14 M1"], "what came in time is not late")
    #expect(state("A", 1, 101, after: 2) == [])
    #expect(due(2) == ["opened return_late Body A 2013-14 M2", "opened return_late Body B 2013-14 M2"])
    #expect(state("B", 1, 100, after: 40) == ["resolved return_late Body B 2013-14 M1"])
    #expect(state("B", 1, nil, after: 41) == ["opened return_late Body B 2013-14 M1"], "it was taken back")
    #expect(due(2) == [], "a period is due once")
  }

  @Test mutating func theSentenceSaysHowLate() {
    _ = due(1)
    let unit = Unit(source: "returns", organisation: "A", period: period(1))
    let version = Version(
      stating: 1, drop: 1, unit: unit, cells: [Cell(series: 1, rows: 1, firstRow: 2, value: Amount.scale)])
    // By the day on which it came where the configuration is at home; the moment may lie in the day before.
    let day = deadline(1).advanced(days: 5)
    let events = replay.take(
      LedgerChange(series: [1: Series(measure: "plan", members: [])], touched: [unit], versions: [version], day: day),
      at: Moment(milliseconds: Moment(startOf: day).milliseconds - 1))
    #expect(events.map(\.announcement.sentence) == ["Body A has returned returns for 2013-14 M1, 5 days late"])
  }

  /// Nobody has ever returned: the periods exist by the calendar, and rules hold for two of them.
  @Test mutating func theGapWaitsForNoReporter() {
    _ = due(1)
    _ = due(2)
    let third = due(3).filter { $0.contains("data_gap") }
    #expect(third == ["opened data_gap Body A 2013-14 M1", "opened data_gap Body B 2013-14 M1"])
    let filled = state("A", 3, 100, after: 10)
    #expect(filled == ["resolved return_late Body A 2013-14 M3", "resolved data_gap Body A 2013-14 M1"])
  }
}
