import RuleLanguage
import RuleTesting
import Testing

@Suite struct SuiteTests {
  private func test(_ number: Int, at growth: Int) -> String {
    """
    test overspend "test \(number)"
      given organisation | kind  | measure  | 2013-14 | 2013-14 M6 | 2013-14 M7
            "Barnet"     | "PCT" | plan     | £100m   |            |
                         |       | forecast |         | £10\(growth)m      | £10\(growth)m
      expect "Barnet" at 2013-14 M7 red

    """
  }

  /// In the order of the text, whichever thread ran them.
  @Test(arguments: [1, 2, 3, 7]) func outcomesAreInOrder(_ threads: Int) async throws {
    let text = heading + overspend + (0..<20).map { test($0, at: $0 % 10) }.joined()
    let outcomes = try await run(text, threads: threads)
    #expect(outcomes.map(\.test.title) == (0..<20).map { "test \($0)" })
    #expect(outcomes.map(\.passed) == (0..<20).map { $0 % 10 > 5 })
  }

  /// A rule that reads another's result runs with it.
  @Test func rulesThatReadRulesRunWithThem() async throws {
    let text =
      heading + overspend + """
        rule both "Both"
          for each organisation where kind is "PCT"
          red when breach(overspend) and spent > £1m
          message "{organisation}"

        test both "both"
          given organisation | kind  | measure  | 2013-14 | 2013-14 M6 | 2013-14 M7
                "Barnet"     | "PCT" | plan     | £100m   |            |
                             |       | forecast |         | £107m      | £107m
                             |       | spent    |         | £1m        | £2m
          expect "Barnet" at 2013-14 M6 quiet
          expect "Barnet" at 2013-14 M7 red

        """
    #expect(try await run(text)[0].differences == [])
    let program = try #require(try load(text).program)
    #expect(program.part(for: "both")?.rules.map(\.name) == ["overspend", "both"])
    #expect(program.part(for: "overspend")?.rules.map(\.name) == ["overspend"])
    #expect(program.part(for: "nothing") == nil)
  }

  /// Tests are no part of what rules mean.
  @Test func aTestDoesNotChangeTheVersion() throws {
    let without = try #require(try load(heading + overspend).program)
    let with = try #require(try load(heading + overspend + test(1, at: 7)).program)
    #expect(without.version == with.version && without.rules.map(\.version) == with.rules.map(\.version))
  }
}
