import Evaluation
import Finance
import RuleLanguage
import Testing

/// Published figures, computed in memory: the sentences that must come out.
struct CasesTests {
  private func finding(_ evaluator: Evaluator, _ rule: String, _ subject: String...) throws -> Finding {
    try #require(evaluator.finding(for: AlertKey(rule: rule, subject: Subject(subject)), at: month(6)))
  }

  /// A1: 33 of 152 PCTs overspent by £100m together while others underspent by £60m.
  @Test func moreThanOneInFiveOverspent() throws {
    var ledger = LedgerModel(Register((1...152).map { .plain("P\($0)", kind: "PCT") } + [.plain("SHA", kind: "SHA")]))
    for number in 1...152 {
      let position: Int64 = number == 1 ? -4_000 : number <= 33 ? -3_000 : number == 40 ? 60_000 : 0
      _ = ledger.state("P\(number)", month(6), [.k("position", position)])
    }
    _ = ledger.state("SHA", month(6), [.k("position", -999_999)])
    let evaluator = try Evaluator(
      """
      rule spreading "More than one in five PCTs overspent"
        overall
        let hit = share(position < £0 over organisation where kind is "PCT")
        let gross = sum(-position over organisation where kind is "PCT" and position < £0)
        let under = sum(position over organisation where kind is "PCT" and position > £0)
        let net = sum(-position over organisation where kind is "PCT")
        watch hit
        amber above 10%
        red above 20%
        message "{hit.matching} of {hit.expected} PCTs ({hit}) overspent by {gross}, underspent by {under}, net {net}"
      """, ledger)
    let finding = try finding(evaluator, "spreading")
    #expect(finding.severity == .red)
    #expect(finding.sentence == "33 of 152 PCTs (21.7%) overspent by £100.0m, underspent by £60.0m, net £40.0m")
    #expect(finding.threshold?.shown == "above 20%")
    #expect(finding.threshold?.distance.shown == "1.7 percentage points above red")
    #expect(finding.watched?.exact == "33/152")
    #expect(
      finding.arithmetic.map { "\($0.expression): \($0.value.shown)" }.prefix(4) == [
        "hit = share(position < £0 over organisation where kind is \"PCT\"): 21.7%", ".matching: 33", ".known: 152",
        ".expected: 152",
      ])
  }

  /// B1: 30 CCGs, 29 gave figures, 19 of those are behind budget.
  @Test func sharesOfWhoAnswered() throws {
    var ledger = LedgerModel(Register((1...30).map { .plain("C\($0)") }))
    for number in 1...29 { _ = ledger.state("C\(number)", month(6), [.k("position", number <= 19 ? -100 : 100)]) }
    let evaluator = try Evaluator(
      """
      rule behind "Most CCGs are behind budget"
        overall
        let hit = share(position < £0 over organisation)
        watch hit
        amber above 50%
        red above 65%
        message "{hit.matching} of {hit.known} known, {hit.expected} expected: {hit}"
      """, ledger)
    let finding = try finding(evaluator, "behind")
    #expect(finding.sentence == "19 of 29 known, 30 expected: 65.5%")
    #expect(finding.severity == .red)
  }

  /// D1: 16 unplanned and 8 planned deficits in 211 CCGs; no region is without one.
  @Test func deficitsByRegion() throws {
    let regions = [("South", 3, 5, 50), ("North", 2, 0, 68), ("London", 1, 3, 32), ("Midlands and East", 10, 0, 61)]
    var bodies: [Organisation] = []
    for (region, _, _, count) in regions {
      bodies += (1...count).map { .plain("\(region.prefix(2))\($0)", region: region) }
    }
    var ledger = LedgerModel(Register(bodies))
    for (region, unplanned, planned, count) in regions {
      for number in 1...count {
        let isUnplanned = number <= unplanned
        let isPlanned = !isUnplanned && number <= unplanned + planned
        let position = isUnplanned ? -1_000 - Int64(number) : isPlanned ? -500 : 200
        _ = ledger.state(
          "\(region.prefix(2))\(number)", month(6), [.k("position", position), .k("support", isPlanned ? -1 : 1)])
      }
    }
    let evaluator = try Evaluator(
      """
      rule deficits "More than one in ten CCGs in deficit"
        overall
        let hit = share(position < £0 over organisation)
        let unplanned = count(position < £0 and support >= £0 over organisation)
        let planned = count(position < £0 and support < £0 over organisation)
        let both = count(position < £0 and support >= £0 and support < £0 over organisation)
        let untouched = count(region where count(position < £0 over organisation) = 0)
        watch hit
        amber above 5%
        red above 10%
        message "{unplanned} + {planned} of {hit.known} = {hit | 2dp}; both: {both}; regions without: {untouched}"
        detail "{names(position < £0 and support >= £0 over organisation by -position first 2)}"
      rule regional "Deficits in a region"
        for each region
        watch count(position < £0 over organisation)
        amber at least 1
        red at least 10
        message "{watched} in {region}"
      """, ledger)
    let finding = try finding(evaluator, "deficits")
    #expect(finding.sentence == "16 + 8 of 211 = 11.37%; both: 0; regions without: 0")
    #expect(finding.detail == "NHS Mi10, NHS Mi9 and 14 more")
    #expect(finding.severity == .red)
    #expect(try self.finding(evaluator, "regional", "Midlands and East").sentence == "10 in Midlands and East")
    #expect(try self.finding(evaluator, "regional", "North").severity == .amber)
  }

  /// E5: break-even only with support.
  @Test func breakEvenOnlyWithSupport() throws {
    var ledger = LedgerModel(Register(["5A9", "5C1", "5K5"].map { .plain($0, kind: "PCT") }))
    _ = ledger.state("5A9", month(6), [.k("position", 0), .k("support", 5_000)])
    _ = ledger.state("5C1", month(6), [.k("position", 100), .k("support", 100)])
    _ = ledger.state("5K5", month(6), [.k("position", -1), .k("support", 5_000)])
    let evaluator = try Evaluator(
      """
      rule supported "Breaks even only with support"
        for each organisation where kind is "PCT"
        let underlying = position - support
        red when position >= £0 and underlying < £0
        message "{organisation} reports {position} with {support} of support: {underlying | words}"
      """, ledger)
    let sentence = "NHS 5A9 reports £0 with £5.0m of support: £5.0m adverse"
    #expect(try finding(evaluator, "supported", "5A9").sentence == sentence)
    #expect(evaluator.states("supported", "5A9") == "R")
    #expect(evaluator.states("supported", "5C1") == ".")
    #expect(evaluator.states("supported", "5K5") == ".")
  }

  @Test func aFindingNamesTheRowsBehindIt() throws {
    var ledger = LedgerModel(Register([.plain("A")]))
    _ = ledger.state("A", month(0), [.k("plan", 100_000)], source: "plans")
    _ = ledger.state(
      "A", month(6), [.k("forecast", 60_000, ("category", "acute")), .k("forecast", 49_900, ("category", "other"))])
    let evaluator = try Evaluator(
      """
      rule overspend "Forecast overspend"
        for each organisation
        watch overspent / plan
        red above 5%
        message "{organisation} forecasts {overspent} ({watched | signed}) over plan"
      """, ledger)
    let finding = try finding(evaluator, "overspend", "A")
    #expect(finding.sentence == "NHS A forecasts £9.9m (+9.9%) over plan")
    #expect(finding.watched == Finding.Quantity(shown: "9.9%", exact: "0.099"))
    #expect(finding.threshold?.distance == Finding.Quantity(shown: "4.9 percentage points above red", exact: "0.049"))
    #expect(
      finding.arithmetic.map { "\($0.depth) \($0.expression): \($0.value.shown)" } == [
        "0 overspent / plan: 9.9%", "1 overspent = forecast - plan: £9.9m", "2 forecast: £109.9m", "2 plan: £100.0m",
      ])
    let forecast = finding.sources[finding.arithmetic[2].sources[0]]
    #expect(forecast.measure == "forecast" && forecast.rows == 2 && forecast.firstRow == 2)
    let plan = finding.sources[finding.arithmetic[3].sources[0]]
    #expect(plan.period == month(0))
  }
}
