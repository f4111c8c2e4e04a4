import Alerting
import Bookkeeping
import Daemon
import Diagnostics
import Evaluation
import Finance
import RuleLanguage

/// `Benchmarks replay RULES ORGANISATIONS MONTHS`: so many rules replayed over a history of so many bodies and months,
/// a drop a month.
///
/// Prints a JSON object: seconds of each part, how many announcements there were, and how many alerts are open at the end
/// by the replay and by an evaluation of the whole ledger at once, which must be as many.
struct Replaying {
  let rules: Int
  let organisations: Int
  let months: Int

  private static let categories = 40
  private static let firstYear = 2021

  init?(_ arguments: ArraySlice<String>) {
    let numbers = arguments.compactMap { Int($0) }.filter { $0 > 0 }
    guard arguments.count == 3, numbers.count == 3 else { return nil }
    (rules, organisations, months) = (numbers[0], numbers[1], numbers[2])
  }

  func run() throws {
    var watch = Stopwatch()
    let program = try watch.time("check", loadProgram)
    let register = Register(
      (0..<organisations).map {
        Organisation(code: "T\($0)", name: "Body \($0)", attributes: ["region": "R\($0 % 10)"])
      })
    let steps = watch.time("make", history)
    let years = Self.firstYear...Self.firstYear + (months - 1) / 12
    let report = watch.time("replay") {
      ReplayRun(program, register: register, years: years).report(on: steps)
    }
    let open = watch.time("evaluate") { alertsOpen(program, register, steps) }
    print(
      "{\"parts\": \(watch.json), \"announcements\": \(report.all.total), \"open\": \(report.openAfter), \"evaluated\": \(open)}"
    )
  }

  // MARK: Rules

  /// Each of its own: another limit, and another amount below which it does not matter.
  private func loadProgram() throws -> Program {
    let text = """
      currency GBP
      year starts in April
      dimension category
      measure plan money full year reference by category
      measure forecast money full year adverse high by category

      """
    // A file holds so many rules; it has a largest size.
    var texts = [text]
    for number in 0..<rules {
      if number % 500 == 0 { texts.append("") }
      let slice = "[category is \"c\(number % Self.categories)\"]"
      let (amber, red) = (10 + number / Self.categories % 20, 22 + number / Self.categories % 20)
      let (subject, watched) =
        switch number % 10 {
        case 8: ("for each organisation", "change(forecast\(slice)) / previous(forecast\(slice))")
        case 9: ("for each region", "share(forecast\(slice) > plan\(slice) over organisation)")
        default:
          (
            "for each organisation\n  only when forecast\(slice) - plan\(slice) >= £\(1000 + number)",
            "(forecast\(slice) - plan\(slice)) / plan\(slice)"
          )
        }
      texts[texts.count - 1] += """

        rule rule_\(number) "Rule \(number)"
          \(subject)
          watch \(watched)
          amber above \(amber)%
          red above \(red)%
          persists for 2 periods
          message "{watched}"

        """
    }
    let loaded = Policy.check(texts.enumerated().map { SourceText(name: "benchmark-\($0.offset).rules", $0.element) })
    guard let program = loaded.program else {
      throw Unusable(TerminalRenderer(limit: 3).render(loaded.diagnostics, in: loaded.texts))
    }
    return program
  }

  // MARK: Figures

  /// Forecasts that wander about the plan, the same each time.
  private func history() -> [ReplayStep] {
    var random = UInt64(20_26)
    func next(_ bound: Int64) -> Int64 {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(random >> 33) % bound
    }
    var series: [SeriesID: Series] = [:]
    for (offset, measure) in ["plan", "forecast"].enumerated() {
      for category in 0..<Self.categories {
        series[SeriesID(offset * Self.categories + category + 1)] = Series(
          measure: measure, members: [Series.Member(dimension: "category", value: "c\(category)")])
      }
    }
    var level = [Int64](repeating: 1000, count: organisations * Self.categories)
    return (0..<months).map { month in
      let (year, number) = (Self.firstYear + month / 12, month % 12 + 1)
      var versions: [Version] = []
      for organisation in 0..<organisations {
        func version(_ source: String, _ period: Period, _ first: Int, _ value: (Int) -> Int64) -> Version {
          Version(
            stating: VersionID(versions.count + 1 + month * organisations * 2), drop: DropID(month + 1),
            unit: Bookkeeping.Unit(source: source, organisation: "T\(organisation)", period: period),
            cells: (0..<Self.categories).map { category in
              Cell(
                series: SeriesID(first + category), rows: 1, firstRow: UInt32(category + 2),
                value: value(category) * 1_000 * Amount.scale)
            })
        }
        if number == 1 { versions.append(version("plans", Period(year: year, month: 0), 1) { _ in 1000 }) }
        versions.append(
          version("returns", Period(year: year, month: number), Self.categories + 1) { category in
            let place = organisation * Self.categories + category
            level[place] = max(900, min(1300, level[place] + next(41) - 20))
            return level[place]
          })
      }
      return ReplayStep(
        change: LedgerChange(series: series, versions: versions), drop: DropID(month + 1),
        time: Moment(startOf: Day(daysSince1970: Int32(18_700 + 30 * month))))
    }
  }

  // MARK: The answers

  /// Over the whole ledger at once, some rules at a time.
  private func alertsOpen(_ program: Program, _ register: Register, _ steps: [ReplayStep]) -> Int {
    var count = 0
    let names = program.rules.map(\.name)
    for start in stride(from: 0, to: names.count, by: 250) {
      let evaluator = Evaluator(program, rules: Set(names[start..<min(start + 250, names.count)]), register: register)
      for step in steps { evaluator.take(step.change) }
      evaluator.run()
      count += evaluator.standings { $0.firing != nil }.count { !$0.yearIsOver }
    }
    return count
  }
}
