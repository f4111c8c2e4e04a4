import Alerting
import Bookkeeping
import Diagnostics
import Evaluation
import Finance
import RuleLanguage
import RuleLibrary
import Testing

/// A replay computes what each drop touches, and looks at the alerts of which there may be something to say. What it
/// announces is what comes out of looking at every alert over the whole ledger after every drop, whatever the order of
/// drops, late returns, restatements, withdrawals and due dates.
@Suite struct ReplayTests {
  private static let rules = """
    currency GBP
    year starts in April
    dimension category
    measure plan     money full year reference by category
    measure forecast money full year adverse high by category
    measure position money full year adverse low
    measure spent    money in period
    measure cash     money at period end reference

    rule overspend "Over plan for two periods"
      for each organisation
      only when forecast - plan >= £2k
      watch forecast[category is "acute"] / plan[category is "acute"]
      amber above 110%
      red above 130%
      persists for 2 periods
      clears below 105% for 2 periods
      message "{watched}"
    rule moves "Moves much from month to month"
      for each organisation
      watch change(forecast)
      amber above £15k
      message "{watched}"
    rule flow "Spends more than it did"
      for each organisation
      watch spent - previous(spent)
      amber above £10k
      red above £25k
      if unknown hold for 1 period
      message "{watched}"
    rule cover "Spends more than there is"
      for each organisation
      watch spent / cash
      amber above 150%
      if unknown raise info
      message "{watched}"
    rule held_back "Agreed support"
      for each organisation
      watch position
      amber below £20k
      red below £0
      suppress when spent > £30k because "it is agreed"
      message "{watched}"
    rule brief "In effect for some months"
      for each organisation
      effective from 2013-14 M2 to 2013-14 M5
      watch position
      amber below £25k
      message "{watched}"
    rule spread "Many over plan in a region"
      for each region
      watch share(forecast > plan over organisation)
      amber above 30%
      red above 60%
      message "{watched}"
    rule compound "Both"
      for each organisation
      red when breach(overspend) and severity(moves) >= amber
      message "x"
    """

  @Test(arguments: 0..<8)
  func announcesWhatLookingAtEverythingDoes(seed: Int) throws {
    let loaded = RuleSet.load(files: [SourceText(name: "test.rules", Self.rules + "\n")], library: .all)
    let program = try #require(loaded.program, "\(TerminalRenderer().render(loaded.diagnostics, in: loaded.texts))")
    var history = RandomHistory(seed: UInt64(seed))
    var replay = Replay(program, register: RandomHistory.register, years: seed % 2 == 0 ? 2013...2014 : nil)
    var definition = Definition(program, register: RandomHistory.register)
    var said = 0
    for number in 1...40 {
      let step = history.next()
      let events = replay.take(step.change, from: step.drop, at: step.time)
      let found = events.map { Said($0.key, $0.announcement.kind, $0.announcement.severity, $0.period) }
      let expected = definition.take(step.change)
      try #require(
        found.sorted { "\($0)" < "\($1)" } == expected.sorted { "\($0)" < "\($1)" }, "step \(number) of seed \(seed)")
      said += found.count
    }
    #expect(said > 40)
  }

  /// Into however many portions the rules are shared out, the same is announced.
  @Test func isTheSameInPortions() throws {
    let loaded = RuleSet.load(files: [SourceText(name: "test.rules", Self.rules + "\n")], library: .all)
    let program = try #require(loaded.program)
    var history = RandomHistory(seed: 99)
    let steps = (0..<40).map { _ in history.next() }
    let reports = [1 << 30, 1 << 14, 0].map { bytes in
      ReplayRun(program, register: RandomHistory.register, years: 2013...2014, columnBytes: bytes).report(on: steps)
    }
    func sentences(_ report: ReplayReport) -> [String] { report.events.map(\.announcement.sentence).sorted() }
    for report in reports.dropFirst() {
      #expect(report.all.byKind == reports[0].all.byKind)
      #expect(report.counts == reports[0].counts)
      #expect(report.openAfter == reports[0].openAfter)
      #expect(report.openBefore == reports[0].openBefore)
      #expect(report.events.count == reports[0].events.count)
      #expect(sentences(report) == sentences(reports[0]))
    }
    // In the same order, too: step by step, and in one by the rules.
    #expect(reports[1].events.map(\.key) == reports[2].events.map(\.key))
    #expect(reports[1].events.map(\.time) == reports[0].events.map(\.time))
  }
}

/// What is announced, apart from its words.
private struct Said: Hashable {
  var key: AlertKey
  var kind: Announcement.Kind
  var severity: String
  var period: Period

  init(_ key: AlertKey, _ kind: Announcement.Kind, _ severity: String, _ period: Period) {
    (self.key, self.kind, self.severity, self.period) = (key, kind, severity, period)
  }
}

/// The slow way: everything anew after every drop, and the difference of every alert to what was said of it.
private struct Definition {
  private let program: Program
  private let register: Register
  private var changes: [LedgerChange] = []
  private var open: [AlertKey: Episode] = [:]

  init(_ program: Program, register: Register) {
    self.program = program
    self.register = register
  }

  mutating func take(_ change: LedgerChange) -> [Said] {
    changes.append(change)
    let evaluator = Evaluator(program, register: register)
    for change in changes { evaluator.take(change) }
    evaluator.run()
    let keys = Set(evaluator.standings { _ in true }.map(\.key)).union(open.keys.filter { $0.rule != Self.gap })
    return keys.compactMap { say($0, evaluator) } + register.codes.compactMap { sayGap(of: $0, evaluator) }
  }

  private mutating func say(_ key: AlertKey, _ evaluator: Evaluator) -> Said? {
    let (episode, standing) = (open[key], evaluator.standing(of: key))
    switch Difference(announced: episode, standing: standing, ending: evaluator.ending(of: key)) {
    case .none: return nil
    case .opened(let severity): return begin(key, severity, at: standing!.lastPeriod)
    case .escalated(let severity, _), .eased(let severity, _):
      let kind: Announcement.Kind = severity > episode!.severity ? .escalated : .eased
      _ = begin(key, severity, at: standing!.lastPeriod)
      return Said(key, kind, severity.word, standing!.lastPeriod)
    case .resolved: return end(key, .resolved, at: standing!.lastKnownPeriod)
    case .closedWithTheYear: return end(key, .closedWithTheYear, at: standing!.lastKnownPeriod)
    case .suppressed: return end(key, .suppressed, at: standing!.lastPeriod)
    case .ended(.expired): return end(key, .expired, at: standing!.lastPeriod)
    case .ended(.left): return end(key, .closed, at: standing!.lastPeriod)
    case .withdrawn: return end(key, .withdrawn, at: episode!.announcedPeriod)
    }
  }

  private mutating func begin(_ key: AlertKey, _ severity: Severity, at period: Period) -> Said {
    let reading = Announcement.Reading(period: "", severity: nil, shown: nil, exact: nil)
    open[key] = Episode(
      id: 0, key: key, severity: severity, announcedPeriod: period, opened: reading, announced: reading)
    return Said(key, .opened, severity.word, period)
  }

  private mutating func end(_ key: AlertKey, _ kind: Announcement.Kind, at period: Period) -> Said {
    defer { open[key] = nil }
    return Said(key, kind, open[key]!.severity.word, period)
  }

  // MARK: Figures that are missing

  private static let gap = Report.dataGap.rawValue

  private mutating func sayGap(of code: String, _ evaluator: Evaluator) -> Said? {
    let key = AlertKey(rule: Self.gap, subject: Evaluation.Subject([code]))
    guard let first = evaluator.waiting(for: code).map(\.since).min() else {
      return open[key].map { end(key, .resolved, at: $0.announcedPeriod) }
    }
    return open[key] == nil ? begin(key, Report.dataGap.severity, at: first) : nil
  }
}

/// Returns of a few bodies over two years: most of them month after month, some late, some restated, some taken back.
private struct RandomHistory {
  static let register = Register(
    ["A", "B", "C", "D"].map { code in
      Organisation(
        code: code, name: code, attributes: ["region": code < "C" ? "South" : "North"],
        to: code == "D" ? Day(iso: "2013-10-31") : nil)
    })
  private static let series: [SeriesID: Series] = {
    func by(_ category: String) -> [Series.Member] { [Series.Member(dimension: "category", value: category)] }
    return [
      1: Series(measure: "plan", members: by("acute")), 2: Series(measure: "plan", members: by("other")),
      3: Series(measure: "forecast", members: by("acute")), 4: Series(measure: "forecast", members: by("other")),
      5: Series(measure: "position"), 6: Series(measure: "spent"), 7: Series(measure: "cash"),
    ]
  }()

  private var random: UInt64
  private var drops: Int64 = 0
  private var month = 0
  private var stated: Set<Bookkeeping.Unit> = []

  init(seed: UInt64) { random = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  /// SplitMix64: the same numbers for the same seed.
  private mutating func below(_ limit: Int64) -> Int64 {
    random &+= 0x9E37_79B9_7F4A_7C15
    var mixed = random
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int64((mixed ^ (mixed >> 31)) % UInt64(limit))
  }

  private func period(_ month: Int) -> Period { Period(year: 2013 + month / 12, month: month % 12 + 1) }

  mutating func next() -> ReplayStep {
    drops += 1
    var change = LedgerChange(series: Self.series)
    switch below(10) {
    case 0: state("cash", period(Int(below(Int64(month + 1)))), [7], &change)
    case 1: state("plans", Period(year: 2013 + Int(below(2)), month: Int(below(3))), [1, 2], &change)
    case 2, 3: state("returns", period(Int(below(Int64(month + 1)))), [3, 4, 5, 6], &change)
    case 4:
      change.due.append(DuePeriod(period: period(month), measures: ["forecast", "spent"], organisations: nil))
    default:
      if month % 12 == 0 { state("plans", Period(year: 2013 + month / 12, month: 0), [1, 2], &change) }
      state("returns", period(month), [3, 4, 5, 6], &change)
      month = min(month + 1, 23)
    }
    return ReplayStep(change: change, drop: drops, time: Moment(milliseconds: drops * 86_400_000))
  }

  /// Some bodies state some of the series, in place of all that they stated there before.
  private mutating func state(
    _ source: String, _ period: Period, _ series: [SeriesID], _ change: inout LedgerChange
  ) {
    for organisation in Self.register.codes where below(5) > 0 {
      let unit = Bookkeeping.Unit(source: source, organisation: organisation, period: period)
      if !stated.insert(unit).inserted { change.touched.append(unit) }
      let cells = series.filter { _ in below(12) > 0 }.map { series in
        let value = series <= 2 ? 40 + below(3) : series == 7 ? 20 : below(60)
        return Cell(series: series, rows: 1, firstRow: 2, value: value * 1_000 * Amount.scale)
      }
      // Nothing at all takes back what was stated.
      if below(15) == 0 || cells.isEmpty { continue }
      change.versions.append(
        Version(
          stating: VersionID(drops * 100 + Int64(change.versions.count)), drop: drops, unit: unit, cells: cells))
    }
  }
}
