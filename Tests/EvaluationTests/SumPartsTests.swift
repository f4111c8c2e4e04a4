import Evaluation
import Finance
import RuleLanguage
import Testing

/// What a sum is made of: its two sides, and the members that are furthest.
struct SumPartsTests {
  /// A1: 33 of 152 overspent by £100m; the others underspent by £62.3m.
  @Test func oneMessageSaysGrossNetAndWorst() throws {
    var ledger = LedgerModel(Register((1...152).map { .plain("P\($0)", kind: "PCT") } + [.plain("S", kind: "SHA")]))
    for number in 1...152 {
      // In thousands: £8.6m, £5.1m, £5.0m and thirty that share the rest of £100m.
      let overspent: [Int64] = [8_600, 5_100, 5_000]
      let position: Int64 =
        number <= 3 ? -overspent[number - 1] : number <= 32 ? -2_710 : number == 33 ? -2_710 : number == 40 ? 62_300 : 0
      _ = ledger.state("P\(number)", month(6), [.k("position", position)])
    }
    _ = ledger.state("S", month(6), [.k("position", -999_999)])
    let evaluator = try Evaluator(
      """
      rule spreading "Overspends, gross and net"
        overall
        let net = sum(position over organisation where kind is "PCT")
        watch net
        red below £0
        message "{net.adverse_count} overspent by {net.adverse} gross, the others underspent by {net.favourable}, net {-net}; worst: {net.worst}"
        detail "{net.favourable_count}: {net.best}; {net.adverse | words}, {net.favourable | words}"
      """, ledger)
    let finding = try #require(evaluator.finding(for: AlertKey(rule: "spreading", subject: Subject([])), at: month(6)))
    #expect(
      finding.sentence
        == "33 overspent by £100.0m gross, the others underspent by £62.3m, net £37.7m; "
        + "worst: NHS P1 (£8.6m), NHS P2 (£5.1m), NHS P3 (£5.0m) and 30 more")
    #expect(finding.detail == "1: NHS P40 (£62.3m); £100.0m adverse, £62.3m favourable")
  }

  /// Where high is adverse the sides are the other way round; the two add to the net.
  @Test(arguments: 0..<10)
  func theSidesAddToTheNet(seed: UInt64) throws {
    var random = Random(seed: seed)
    let codes = (0..<8).map { "A\($0)" }
    var ledger = LedgerModel(Register(codes.map { .plain($0) }))
    for code in codes { _ = ledger.state(code, month(6), [.k("spent", Int64(random.below(2_000)) - 1_000)]) }
    let evaluator = try Evaluator(
      """
      rule one "Sides"
        overall
        let net = sum(spent over organisation)
        watch net.adverse - net.favourable
        red above £100bn
        message "x"
      rule two "Net"
        overall
        watch sum(spent over organisation)
        red above £100bn
        message "x"
      """, ledger)
    #expect(evaluator.watched(at: month(6), rule: "one") == evaluator.watched(at: month(6), rule: "two"))
  }

  /// A member that did not report may be on either side.
  @Test func whatIsMissingMakesTheSidesUnknown() throws {
    var ledger = LedgerModel(Register([.plain("A"), .plain("B")]))
    _ = ledger.state("A", month(6), [.k("spent", 5)])
    let evaluator = try Evaluator(
      """
      rule one "Sides"
        overall
        watch sum(spent over organisation).adverse
        red above £0
        message "x"
      """, ledger)
    #expect(evaluator.watched(at: month(6)) == "missing")
  }
}
