import Bookkeeping
import Evaluation
import Finance
import RuleLanguage
import Testing

/// Whatever the order of drops, restatements, withdrawals and register changes: computing only what they touch comes to
/// the same as computing everything.
struct IncrementalTests {
  private static let rules = """
    rule overspend "Over plan, for two periods"
      for each organisation
      only when overspent >= £5k
      watch overspent / plan
      amber above 2%
      red above 10%
      persists for 2 periods
      clears below 1% for 2 periods
      message "x"
    rule acute "A category by itself"
      for each organisation and category
      watch forecast - previous(forecast)
      amber above £10k
      message "x"
    rule category_total "A category as a whole"
      for each category
      watch sum(forecast over organisation where kind is "CCG")
      amber above £100k
      message "x"
    rule flow "Flows, to date and against last year"
      for each organisation
      watch change_on_year(ytd(spent)) + actual
      amber above £20k
      message "x"
    rule rate "Run rate against plan"
      for each organisation
      watch run_rate(actual) - plan
      amber above £0
      if unknown raise info
      message "x"
    rule earlier "Other periods, through kernels"
      for each organisation
      let since = periods_since(spent > £20k)
      watch remaining(plan, actual) - last_year_end(actual)
      amber above £20k
      info when since > 1 or actual > last_years_profile(plan, actual)
      message "x"
    rule dear "Costs more a head than its peers"
      for each organisation
      watch cost_above_peers(cost, list)
      amber above £1k
      message "x"
    rule unit "Cost a head, above its peers"
      for each organisation
      let unit = cost / list
      let dearer = count(peers where unit > own(unit))
      watch dearer
      amber above 1
      message "{dearer}"
    rule region_share "Deficits in a region"
      for each region
      let hit = share(position < £0 over organisation)
      watch hit
      amber above 20%
      red above 50%
      message "{hit.known}"
    rule family "A parent against its parts"
      for each organisation where kind is "PCT"
      watch position - sum(position over children)
      amber above £1k
      message "x"
    rule middle "Far from the middle"
      overall
      watch highest(position over organisation) - median(position over organisation)
      amber above £50k
      message "x"
    rule neighbours "Others in the region"
      for each organisation
      watch mean(position over organisation in same region where position < own(position) * 2)
      amber above £0
      message "x"
    rule held_back "Agreed support"
      for each organisation
      watch position
      amber below £20k
      persists for 2 periods
      suppress when actual > £10k until 2014-04-30 because "it is agreed"
      suppress when count(peers where position < own(position)) > 1 because "others are worse"
      message "x"
    rule inherited "What the predecessors left, in the year before"
      for each organisation
      watch sum(last_year(position) over predecessors)
      amber below £0
      red when count(successors where position < own(position)) > 0
      message "{names(position < £0 over predecessors)}"
    table limits by region
      "South" amber £10k
      organisation "B" amber £2k
      otherwise amber £5k
    table uplift by year
      2013-14 rate 5%
      otherwise rate 8%
    rule looked_up "Limits by region and year"
      for each organisation
      watch position
      amber below -limits.amber * (1 + uplift.rate)
      red when count(children where position < own(-limits.amber)) > 0
      message "{limits.amber}"
    rule compound "Both"
      for each organisation
      red when breach(overspend) and severity(rate) >= info
      message "x"
    """

  @Test(arguments: 0..<5)
  func comesToTheSameAsAll(seed: UInt64) throws {
    var random = Random(seed: seed)
    var ledger = LedgerModel(Register(Self.organisations(&random)))
    let program = try RuleText.program(Self.rules)
    let traits = Self.traits(seed)
    let evaluator = Evaluator(program, register: ledger.register, traits: traits)
    evaluator.take(ledger.everything)
    evaluator.run()
    var known = Dictionary(uniqueKeysWithValues: standings(evaluator).map { ($0.key, $0) })
    for step in 1...24 {
      evaluator.take(change(&ledger, &random))
      let changed = evaluator.run()
      let anew = Evaluator(program, register: ledger.register, traits: traits)
      anew.take(ledger.everything)
      anew.run()
      let now = standings(evaluator)
      #expect(now.map(\.key) == standings(anew).map(\.key))
      for (one, other) in zip(now, standings(anew)) {
        try #require(one.periods == other.periods && one.states == other.states && one.yearIsOver == other.yearIsOver)
      }
      if step % 8 == 0 { try compareValues(evaluator, anew) }
      // What a run names is what has changed, no more and no less.
      let after = Dictionary(uniqueKeysWithValues: now.map { ($0.key, $0) })
      let differing = Set(known.keys).union(after.keys).filter { key in
        known[key]?.periods != after[key]?.periods || known[key]?.states != after[key]?.states
          || known[key]?.yearIsOver != after[key]?.yearIsOver
      }
      try #require(changed.sorted { "\($0)" < "\($1)" } == differing.sorted { "\($0)" < "\($1)" })
      known = after
    }
  }

  private func standings(_ evaluator: Evaluator) -> [Standing] {
    evaluator.standings { _ in true }.sorted { "\($0.key)" < "\($1.key)" }
  }

  /// Every expression that has a column, wherever an organisation, region or category could stand.
  private func compareValues(_ one: Evaluator, _ other: Evaluator) throws {
    let subjects =
      [Subject([])] + (Self.codes + Self.regions + Self.categories).map { Subject([$0]) }
      + Self.codes.flatMap { code in Self.categories.map { Subject([code, $0]) } }
    for index in one.program.nodes.indices {
      let node = NodeID(index: Int32(index))
      for subject in subjects {
        for period in Self.periods {
          let left = one.outcome(of: node, for: subject, at: period)
          let right = other.outcome(of: node, for: subject, at: period)
          try #require(shown(left) == shown(right))
        }
      }
    }
  }

  private func shown(_ outcome: RuleLanguage.Outcome?) -> String {
    switch outcome {
    case nil: "nothing"
    case .unknown(let reason): "\(reason)"
    case .known(.quotient(let quotient)): "\(quotient.numerator)/\(quotient.denominator)"
    case .known(let value): "\(value)"
    }
  }

  // MARK: What happens

  private static let codes = ["A", "B", "C", "D", "E"]
  private static let regions = ["South", "North"]
  private static let categories = ["acute", "other"]
  private static let periods = [month(1), month(2), month(3), month(12), month(13), month(1, 2014), month(2, 2014)]

  private static func traits(_ seed: UInt64) -> [String: MeasureTraits] {
    let policies = MeasureTraits.Absent.allCases
    return [
      "forecast": MeasureTraits(absent: policies[Int(seed % 3)]), "spent": MeasureTraits(isOpenUntilDue: seed % 4 == 1),
    ]
  }

  private static func organisations(_ random: inout Random) -> [Organisation] {
    codes.map { code in
      .plain(
        code, kind: random.below(3) == 0 ? "PCT" : "CCG", region: regions[random.below(2)],
        parent: code == "A" || random.below(2) == 0 ? nil : "A",
        to: random.below(6) == 0 ? Day(iso: "2014-03-31") : nil,
        successors: codes.filter { _ in random.below(5) == 0 })
    }
  }

  private func change(_ ledger: inout LedgerModel, _ random: inout Random) -> LedgerChange {
    let code = Self.codes[random.below(Self.codes.count)]
    let period = Self.periods[random.below(Self.periods.count)]
    switch random.below(12) {
    case 0:
      ledger.register = Register(Self.organisations(&random))
      return LedgerChange(register: ledger.register)
    case 1: return ledger.fallDue(period, ["forecast", "spent"])
    case 2: return ledger.state(code, period, [])
    case 3: return ledger.state(code, month(random.below(2) == 0 ? 0 : 2), [figure("plan", &random)], source: "plans")
    case 4: return ledger.state(code, period, [figure("list", &random)], source: "lists")
    default:
      let returned = ["actual", "spent", "position", "cost"].filter { _ in random.below(5) > 0 }
      var figures = returned.map { figure($0, &random) }
      for category in Self.categories where random.below(4) > 0 {
        var forecast = figure("forecast", &random)
        forecast.members = [.init(dimension: "category", value: category)]
        figures.append(forecast)
      }
      return ledger.state(code, period, figures)
    }
  }

  private func figure(_ measure: String, _ random: inout Random) -> LedgerModel.Figure {
    .k(measure, Int64(random.below(60)) - 15)
  }
}

/// SplitMix64: the same numbers for the same seed.
struct Random {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
