import Alerting
import Bookkeeping
import Diagnostics
import Evaluation
import Finance
import RuleLanguage
import RuleLibrary
import Testing

/// What is announced as returns come in, month after month, and how alerts end that no later return resolves.
@Suite struct LifecycleTests {
  private static let heading = """
    currency GBP
    year starts in April
    measure position money full year adverse low
    measure support  money full year
    measure spent    money in period

    """

  private func replay(_ rules: String, _ register: [Organisation]) throws -> Play {
    let source = SourceText(name: "test.rules", Self.heading + rules + "\n")
    let loaded = RuleSet.load(files: [source], library: .all)
    let program = try #require(loaded.program, "\(TerminalRenderer().render(loaded.diagnostics, in: loaded.texts))")
    return Play(replay: Replay(program, register: Register(register)))
  }

  private static let deficit = """
    rule deficit "Deficit"
      for each organisation
      watch position
      amber below £0
      red below -£10
      suppress when support > £0 because "it is agreed"
      message "{organisation} at {position}"
    """

  @Test func aSuppressedAlertIsSaidOnceAndComesBack() throws {
    var play = try replay(Self.deficit, [.named("A")])
    #expect(play.month(4, "A", ["position": -1, "support": 0]) == ["opened amber: A at -£1"])
    #expect(
      play.month(5, "A", ["position": -1, "support": 5])
        == ["suppressed amber: A at -£1; suppressed because it is agreed"])
    #expect(play.month(6, "A", ["position": -20, "support": 5]) == [])
    #expect(play.month(7, "A", ["position": -20, "support": 0]) == ["opened red: A at -£20"])
  }

  /// A restatement that brings the agreement does not withdraw: the figures are still over the line.
  @Test func aSuppressionByRestatementIsNoWithdrawal() throws {
    var play = try replay(Self.deficit, [.named("A")])
    #expect(play.month(4, "A", ["position": -1, "support": 0]).count == 1)
    #expect(
      play.month(4, "A", ["position": -1, "support": 5])
        == ["suppressed amber: A at -£1; suppressed because it is agreed"])
    #expect(play.month(4, "A", ["position": 1, "support": 5]) == [])
  }

  @Test func anOrganisationThatLeavesTheRegisterIsClosed() throws {
    let last = Day(iso: "2013-05-31")
    var play = try replay(
      Self.deficit,
      [.named("A", to: last, successors: ["B", "C"]), .named("B"), .named("C"), .named("D", to: last)])
    #expect(play.month(2, "A", ["position": -1, "support": 0]).count == 1)
    #expect(play.month(2, "D", ["position": -1, "support": 0]).count == 1)
    #expect(
      play.month(3, "B", ["position": 1, "support": 0]) == [
        "closed amber: A at -£1; A left the register on 2013-05-31; its successors are B and C",
        "closed amber: D at -£1; D left the register on 2013-05-31; nobody succeeds it",
      ])
    // Nothing opens for one that has left.
    #expect(play.month(2, "A", ["position": -20, "support": 0]) == [])
  }

  /// In the first year of a ledger nothing is there to compare with; whoever returns everything is asked for nothing.
  @Test func whatIsOlderThanTheLedgerIsNoGap() throws {
    var play = try replay(
      """
      rule yearly "Spends more than a year ago"
        for each organisation
        watch growth(spent)
        red above 20%
        message "{organisation}"
      rule quarterly "Spends more than three months ago"
        for each organisation
        watch spent - previous(spent, 3)
        red above £1m
        message "{organisation}"
      """, [.named("A"), .named("B")])
    for month in 1...6 {
      #expect(play.month(month, "A", ["spent": 5]).filter { $0.contains("has not returned") } == [], "M\(month)")
    }
    // Months that were left out are one.
    let said = play.month(1, "B", ["spent": 5]) + play.month(6, "B", ["spent": 5])
    #expect(said.contains { $0.contains("B has not returned") }, "\(said)")
  }

  @Test func aRuleWhoseTimeIsOverExpires() throws {
    var play = try replay(
      Self.deficit.replacing("  watch", with: "  effective from 2013-14 M2 to 2013-14 M4\n  watch"),
      [.named("A"), .named("B")])
    #expect(play.month(1, "A", ["position": -1, "support": 0]) == [])
    #expect(play.month(4, "A", ["position": -1, "support": 0]) == ["opened amber: A at -£1"])
    #expect(play.month(4, "B", ["position": -1, "support": 0]) == ["opened amber: B at -£1"])
    #expect(play.month(4, "B", ["position": 1, "support": 0]) == ["withdrawn amber: B at £1"])
    #expect(
      play.month(5, "B", ["position": -1, "support": 0])
        == ["expired amber: A at -£1; the rule deficit was in effect to 2013-14 M4"])
  }

  /// One announcement for the organisation, and not one for each rule that waits.
  @Test func aGapIsAnnouncedOnceAnOrganisation() throws {
    var play = try replay(
      """
      rule one "One"
        for each organisation
        watch position + support
        amber below -£5
        if unknown hold for 1 period
        message "x"
      rule two "Two"
        for each organisation
        watch position * 2 + support
        amber below -£5
        message "x"
      """, [.named("A"), .named("B")])
    for month in 1...2 { #expect(play.month(month, "B", ["position": 1, "support": 0]) == []) }
    #expect(play.month(1, "A", ["position": 1, "support": 0]) == [])
    #expect(play.month(2, "A", ["support": 0]) == [])
    #expect(
      play.month(3, "A", ["support": 0]) == ["opened amber: A has not returned what 1 rule needs since 2013-14 M2"])
    #expect(play.month(4, "A", ["support": 0]) == [])
    #expect(play.month(4, "B", ["position": 1, "support": 0]) == [])
    // The figures of the months between may still be missing: what counts is whether the rule is decided now.
    #expect(
      play.month(5, "A", ["position": 1, "support": 0])
        == ["resolved amber: No rule waits for figures of A any longer"])
    #expect(play.month(6, "A", ["position": 1, "support": 0]) == [])
  }

  /// A percentage of nothing waits for no figure.
  @Test func whatIsUndefinedIsNoGap() throws {
    var play = try replay(
      """
      rule undefined "Undefined"
        for each organisation
        watch position / support
        amber above 100%
        if unknown hold for 1 period
        message "x"
      """, [.named("A")])
    for month in 1...6 { #expect(play.month(month, "A", ["position": 1, "support": 0]) == []) }
  }
}

/// Returns, one organisation and month at a time, and what is said of each.
private struct Play {
  var replay: Replay
  private var versions: VersionID = 0
  private static let measures = ["position", "support", "spent"]

  init(replay: Replay) { self.replay = replay }

  /// In whole pounds.
  mutating func month(_ month: Int, _ organisation: String, _ figures: [String: Int64]) -> [String] {
    versions += 1
    let unit = Unit(source: "returns", organisation: organisation, period: Period(year: 2013, month: month))
    var series: [SeriesID: Series] = [:]
    var cells: [Cell] = []
    for (index, measure) in Self.measures.enumerated() {
      series[SeriesID(index + 1)] = Series(measure: measure, members: [])
      guard let value = figures[measure] else { continue }
      cells.append(
        Cell(series: SeriesID(index + 1), rows: 1, firstRow: UInt32(index + 2), value: value * Amount.scale))
    }
    let version = Version(stating: versions, drop: versions, unit: unit, cells: cells)
    let change = LedgerChange(series: series, touched: [unit], versions: [version])
    let events = replay.take(change, from: versions, at: Moment(milliseconds: versions))
    return events.map { "\($0.announcement.kind.rawValue) \($0.announcement.severity): \($0.announcement.sentence)" }
  }
}

extension Organisation {
  fileprivate static func named(_ code: String, to: Day? = nil, successors: [String] = []) -> Organisation {
    Organisation(code: code, name: code, attributes: ["kind": "CCG"], to: to, successors: successors)
  }
}
