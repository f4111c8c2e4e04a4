import Diagnostics
import RuleLanguage
import RuleLibrary
import RuleTesting
import Testing

/// Money that is written out beside a unit price is one: in bands, comparisons, tables, functions and tests, exactly.
@Suite struct UnitPriceTests {
  private static let rules = """
    currency GBP
    year starts in April

    measure actual money in period adverse high "Spend"
    measure patients count in period "Patients"

    table limits by kind
      "ICB"     amber £900 red £1,250
      otherwise amber £800 red £1,000

    let unit = actual / patients

    rule by_band "Bands"
      for each organisation
      only when patients > 0 and unit between £100 and £100k
      watch actual / patients
      amber above £1,250
      red above £1,500
      clears below £1,200.50
      message "{organisation} pays {watched} a patient, {watched - £1,250 | signed} against the limit, {unit / £1,250} of it; {actual - £1,250 * patients} too much"
      owner "x"
      runbook "y"

    rule by_table "Table"
      for each organisation
      watch greater(unit, £100)
      amber above limits.amber
      red above limits.red * 110%
      message "{organisation} {watched} {limits.amber * patients} {if_unknown(unit, £0)}"
      owner "x"
      runbook "y"

    rule by_outside "Outside"
      for each organisation
      watch unit
      amber outside £900 to £1,250
      red when actual > £1,302 * patients and unit in (£1, £1400.25) or unit = £1,302
      message "{organisation} {watched}"
      owner "x"
      runbook "y"

    test by_band "turns amber at the price"
      given organisation | measure  | 2024-25 M1 | 2024-25 M2 | 2024-25 M3
            "A"          | actual   | £125,000   | £130,200   | £150,001
                         | patients | 100        | 100        | 100
      expect "A" at 2024-25 M1 quiet "£1,250.00"
      expect "A" at 2024-25 M2 amber "£1,302.00"
      expect "A" at 2024-25 M3 red "£1,500.01"

    test by_table "by the table"
      given organisation | kind  | measure  | 2024-25 M1 | 2024-25 M2
            "A"          | "ICB" | actual   | £130,000   | £137,501
                         |       | patients | 100        | 100
            "B"          | "X"   | actual   | £80,000    | £110,000
                         |       | patients | 100        | 100
      expect "A" at 2024-25 M1 amber "£1,300.00"
      expect "A" at 2024-25 M2 red
      expect "B" at 2024-25 M1 quiet
      expect "B" at 2024-25 M2 amber "£1,100.00"

    test by_outside "a price is exact"
      given organisation | measure  | 2024-25 M1 | 2024-25 M2
            "A"          | actual   | £3         | £130,200
                         | patients | 3          | 100
      expect "A" at 2024-25 M1 amber "£1.00"
      expect "A" at 2024-25 M2 red "£1,302.00"

    """

  @Test func aThresholdIsWrittenLikeMoney() async throws {
    let outcomes = try await run(Self.rules)
    #expect(outcomes.count == 3)
    #expect(outcomes.flatMap(\.differences) == [])
  }

  /// Through JSON and back the prices are what they were, and so is what the rules mean.
  @Test func pricesAreExportedAsMoney() throws {
    let source = SourceText(name: "test.rules", Self.rules)
    let (json, _) = RuleExchange.export([source], library: .all)
    let back = RuleExchange.read(SourceText(name: "test.json", try #require(json)), library: .all)
    let again = try #require(back.files?.first)
    #expect(RuleSet.load(files: [again], library: .all).program?.version == (try load(Self.rules)).program?.version)
  }
}
