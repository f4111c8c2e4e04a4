import Bookkeeping
import Evaluation
import Finance
import RuleLanguage
import Testing

/// Price, volume and mix of a change in cost.
struct CostDecompositionTests {
  private static let rules = """
    measure service_cost  money in period adverse high by service
    measure service_units count in period by service
    dimension service
    rule parts "Parts of a change in cost"
      for each organisation
      let price = price_effect(service_cost, service_units, service)
      let volume = volume_effect(service_cost, service_units, service)
      let mix = mix_effect(service_cost, service_units, service)
      watch price + volume + mix
      red above £100bn
      message "price {price | words}, volume {volume | words}, mix {mix | words}"
    rule whole "The change itself"
      for each organisation
      watch change_on_year(sum(service_cost over service))
      red above £100bn
      message "x"
    """

  /// Whatever the figures, the three come to the change in cost, to the last ten-thousandth.
  @Test(arguments: 0..<20)
  func theyAddExactly(seed: UInt64) throws {
    var random = Random(seed: seed)
    var ledger = LedgerModel(Register([.plain("A")]))
    let services = (0...random.below(6)).map { "s\($0)" }
    for year in [2012, 2013] {
      var figures: [LedgerModel.Figure] = []
      for service in services {
        let members = [Series.Member(dimension: "service", value: service)]
        let cost = Int64(random.below(2_000_000_000)) - 100_000_000
        figures.append(.init(measure: "service_cost", members: members, value: cost))
        // Nothing was done of some this year; of the base something was done of each.
        let units = Int64(random.below(90_000)) + (year == 2012 ? 1 : 0)
        figures.append(.init(measure: "service_units", members: members, value: units))
      }
      _ = ledger.state("A", month(6, year), figures)
    }
    let evaluator = try Evaluator(Self.rules, ledger)
    let parts = evaluator.watched("A", at: month(6), rule: "parts")
    #expect(parts == evaluator.watched("A", at: month(6), rule: "whole"))
    #expect(Int128(parts.filter { $0 != "." && $0 != "-" }) != nil)
  }

  @Test func eachIsWhatItSays() throws {
    var ledger = LedgerModel(Register([.plain("A")]))
    func state(_ year: Int, _ cells: [(service: String, cost: Int64, units: Int64)]) {
      _ = ledger.state(
        "A", month(6, year),
        cells.flatMap { cell in
          [
            .k("service_cost", cell.cost, ("service", cell.service)),
            .init(
              measure: "service_units", members: [.init(dimension: "service", value: cell.service)],
              value: cell.units * Amount.scale),
          ]
        })
    }
    // Last year 100 at £1k and 100 at £3k; now 50 at £1k and 250 at £4k.
    state(2012, [("elective", 100, 100), ("emergency", 300, 100)])
    state(2013, [("elective", 50, 50), ("emergency", 1_000, 250)])
    let evaluator = try Evaluator(Self.rules, ledger)
    let finding = try #require(
      evaluator.finding(for: AlertKey(rule: "parts", subject: Subject(["A"])), at: month(6)))
    #expect(finding.sentence == "price £250,000 adverse, volume £200,000 adverse, mix £200,000 adverse")
  }

  /// A service that is new has no price to compare with: nothing is made up for it.
  @Test func withoutABaseNothingIsKnown() throws {
    var ledger = LedgerModel(Register([.plain("A")]))
    let units = { (count: Int64) in
      LedgerModel.Figure(
        measure: "service_units", members: [.init(dimension: "service", value: "elective")], value: count * Amount.scale
      )
    }
    _ = ledger.state("A", month(6, 2012), [.k("service_cost", 0, ("service", "elective")), units(0)])
    _ = ledger.state("A", month(6), [.k("service_cost", 5, ("service", "elective")), units(5)])
    let evaluator = try Evaluator(Self.rules, ledger)
    #expect(evaluator.watched("A", at: month(6), rule: "parts") == "undefined")
  }
}
