import RuleLanguage
import RuleTesting
import Testing

/// What was known when: drops that restate, returns that come late, alerts that are withdrawn or closed.
@Suite struct DropTests {
  private func differences(_ test: String, rule: String = overspend) async throws -> [String] {
    try await run(heading + rule + test)[0].differences
  }

  @Test func aRestatementWithdrawsAnAlert() async throws {
    let differences = try await differences(
      """
      test overspend "restated"
        given organisation | kind  | measure  | 2013-14 | 2013-14 M6 | 2013-14 M7
              "Barnet"     | "PCT" | plan     | £100m   |            |
                           |       | forecast |         | £107m      | £107m
        expect "Barnet" at 2013-14 M7 red
        drop 2014-02-10 organisation | measure  | 2013-14 M7
                        "Barnet"     | forecast | £100m
        expect "Barnet" at 2013-14 M7 withdrawn
        expect "Barnet" at 2013-14 M7 quiet "0.0%"
        expect "Barnet" at 2013-14 M7 as of 2014-02-09 red
        expect "Barnet" at 2013-14 M7 as of 2014-02-10 withdrawn
        expect "Barnet" at 2013-14 M7 as of 2014-02-09 withdrawn
        drop 2014-03-10 organisation | measure  | 2013-14 M7
                        "Barnet"     | forecast | £107m
        expect "Barnet" at 2013-14 M7 red
        expect "Barnet" at 2013-14 M7 withdrawn

      """)
    #expect(differences == ["state: expected withdrawn, found red", "state: expected withdrawn, found red"])
  }

  @Test func aLateReturnIsUnknownUntilItComes() async throws {
    let differences = try await differences(
      """
      test overspend "late"
        given organisation | kind  | measure  | 2013-14 | 2013-14 M6 | 2013-14 M7
              "Barnet"     | "PCT" | plan     | £100m   |            |
                           |       | forecast |         | £107m      |
        drop 2014-02-10 organisation | measure  | 2013-14 M7
                        "Barnet"     | forecast | £107m
        expect "Barnet" at 2013-14 M7 as of 2014-02-09 unknown
        expect "Barnet" at 2013-14 M7 as of 2014-02-09 pending red
        expect "Barnet" at 2013-14 M7 red
        expect "Barnet" at 2013-14 M7 unknown

      """)
    #expect(differences == ["state: expected unknown, found red"])
  }

  /// What a drop leaves empty is as it was.
  @Test func aDropSaysNothingOfWhatItLeavesOut() async throws {
    let differences = try await differences(
      """
      test overspend "left out"
        given organisation | kind  | measure  | 2013-14 | 2013-14 M6 | 2013-14 M7
              "Barnet"     | "PCT" | plan     | £100m   |            |
                           |       | forecast |         | £107m      | £107m
        drop 2014-02-10 organisation | measure  | 2013-14 M6 | 2013-14 M7
                        "Barnet"     | forecast |            | £103m
        expect "Barnet" at 2013-14 M6 pending red
        expect "Barnet" at 2013-14 M7 amber "3.0%"

      """)
    #expect(differences == [])
  }

  @Test func theNextYearClosesAnAlert() async throws {
    let differences = try await differences(
      """
      test overspend "closed"
        given organisation | kind  | measure  | 2013-14 | 2013-14 M11 | 2013-14 M12 | 2014-15 M1
              "Barnet"     | "PCT" | plan     | £100m   |             |             |
                           |       | forecast |         | £107m       | £107m       | £100m
        expect "Barnet" at 2013-14 M12 closed
        expect "Barnet" at 2013-14 M12 red
        expect "Barnet" at 2013-14 M11 closed

      """)
    #expect(differences == ["state: expected closed, found pending red"])
  }

  @Test func regionsShareYearsAndCategories() async throws {
    let rules = """
      rule widespread "Widespread"
        for each region
        watch share(forecast > £100m over organisation)
        red above 50%
        message "{region}"
      rule dearer "Dearer"
        overall
        watch sum(outturn over organisation)
        red above £1m
        message "{watched}"
      rule acute "Acute"
        for each organisation and category
        watch forecast
        red above £5m
        message "{organisation} {category}"

      test widespread "a region"
        given organisation | region  | measure  | 2013-14 M6
              "Barnet"     | "North" | forecast | £107m
              "Camden"     | "North" | forecast | £107m
              "Sutton"     | "South" | forecast | £7m
        expect "North" at 2013-14 M6 red "100.0%"
        expect "South" at 2013-14 M6 quiet "0.0%"
      test dearer "a year"
        given organisation | measure | 2012-13 | 2013-14
              "Barnet"     | outturn | £1m     | £2m
        expect overall at 2012-13 quiet
        expect overall at 2013-14 red "£2.0m"
      test acute "a category"
        given organisation | code  | category | measure  | 2013-14 M6
              "Barnet"     | "07M" | "acute"  | forecast | £6m
                           |       | "other"  |          | £1m
        expect "Barnet" and "acute" at 2013-14 M6 red
        expect "07M" and "other" at 2013-14 M6 quiet

      """
    for outcome in try await run(heading + rules) { #expect(outcome.differences == [], "\(outcome.test.title)") }
  }
}
