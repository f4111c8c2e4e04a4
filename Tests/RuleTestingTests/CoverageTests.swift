import RuleLanguage
import RuleTesting
import Testing

@Suite struct CoverageTests {
  private func unreached(_ text: String) async throws -> [String] {
    let loaded = try load(text)
    let outcomes = await TestSuite.run(loaded.tests, of: try #require(loaded.program), threads: 2)
    return Coverage(outcomes, of: loaded.tree, in: loaded.texts).rules.flatMap { rule in
      rule.parts.filter { !$0.isReached }.map { "\(rule.rule): \($0.words)" }
    }
  }

  private let start = """
    test overspend "start"
      given organisation | kind  | measure  | 2013-14 | 2013-14 M6 | 2013-14 M7 | 2013-14 M8 | 2013-14 M9
            "Barnet"     | "PCT" | plan     | £100m   |            |            |            |
                         |       | forecast |         | £107m      | £107m      | £100m      | £0m

    """

  @Test func withoutATestNothingIsReached() async throws {
    #expect(
      try await unreached(heading + overspend) == [
        "overspend: only when forecast > £1m, true", "overspend: only when forecast > £1m, false",
        "overspend: amber above 2%", "overspend: red above 5%", "overspend: persists for 2 periods",
        "overspend: clears below 1%",
      ])
  }

  /// What only happened on the way is not reached: it could be otherwise, and the test would pass.
  @Test func whatIsExpectedIsReached() async throws {
    let text = heading + overspend + start
    #expect(
      try await unreached(text + "  expect \"Barnet\" at 2013-14 M7 red\n") == [
        "overspend: only when forecast > £1m, false", "overspend: amber above 2%", "overspend: persists for 2 periods",
        "overspend: clears below 1%",
      ])
    let more = """
        expect "Barnet" at 2013-14 M6 pending red
        expect "Barnet" at 2013-14 M7 red
        expect "Barnet" at 2013-14 M8 quiet
        expect "Barnet" at 2013-14 M9 quiet

      """
    #expect(try await unreached(text + more) == ["overspend: amber above 2%"])
  }

  @Test func eachSideOfAnOutsideBandCounts() async throws {
    let text =
      heading + """
        rule odd "Odd"
          for each organisation
          watch rate
          red outside 10% to 20%
          if unknown raise amber
          message "x"

        test odd "high"
          given organisation | measure | 2013-14 M1 | 2013-14 M2
                "Barnet"     | rate    | 25%        |
          expect "Barnet" at 2013-14 M1 red
          expect "Barnet" at 2013-14 M2 unknown

        """
    #expect(try await unreached(text) == ["odd: red outside 10% to 20%, below it"])
  }
}
