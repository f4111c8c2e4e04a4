import Diagnostics
import Evaluation
import RuleLanguage
import RuleLibrary
import RuleTesting
import Testing

/// What a test expects of figures that are missing for long, and of cells that a return leaves out.
@Suite struct AbsenceTests {
  // MARK: Stale

  private static func rule(_ clause: String = "") -> String {
    heading + """
      rule over "Over"
        for each organisation
        watch spent
        red above £5m
      \(clause.isEmpty ? "" : "  \(clause)\n")  message "{organisation} spent {spent}"

      test over "missing for long"
        given organisation | measure | 2013-14 M1 | 2013-14 M2 | 2013-14 M3 | 2013-14 M4 | 2013-14 M5
              "Barnet"     | spent   | £6m        |            |            |            | £1m

      """
  }

  private func found(_ expectation: String, by clause: String = "") async throws -> [String] {
    try await run(Self.rule(clause) + "  expect \"Barnet\" at \(expectation)\n")[0].differences
  }

  /// A rule holds for two periods where it does not say for how many.
  @Test(arguments: ["2013-14 M4 stale", "2013-14 M4 unknown", "2013-14 M4 red", "2013-14 M5 quiet"])
  func whatIsHeldForTooLongIsStale(_ expectation: String) async throws {
    #expect(try await found(expectation) == [])
  }

  @Test func whatIsNotStaleSaysWhatItIs() async throws {
    #expect(
      try await found("2013-14 M3 stale") == ["state: expected stale, found unknown (not returned), held red"])
    #expect(
      try await found("2013-14 M4 quiet") == ["state: expected quiet, found stale (not returned), held red"])
    #expect(try await found("2013-14 M5 stale") == ["state: expected stale, found quiet"])
    #expect(
      try await found("2013-14 M4 stale", by: "if unknown hold for 3 periods")
        == ["state: expected stale, found unknown (not returned), held red"])
  }

  @Test(arguments: ["if unknown clear", "if unknown raise red"])
  func whatHoldsNothingIsNeverStale(_ clause: String) {
    let text = Self.rule(clause) + "  expect \"Barnet\" at 2013-14 M4 stale\n"
    let found = RuleSet.load(files: [SourceText(name: "one.rules", text)], library: .all).diagnostics
    #expect(found.contains { $0.message.contains("`over` holds no state while it is not known") }, "\(found)")
  }

  // MARK: Cells that are left out

  /// "Acute" was £4m and is left out of the second month's return.
  private func watched(_ line: String, traits: [String: MeasureTraits] = [:]) async throws -> String {
    let text =
      heading + """
        measure paid money in period by category
        rule large "Large"
          for each organisation
          watch paid
          red above £5m
          message "{organisation}: {watched}"

        test large "one of two is left out"
          given organisation | category | measure | 2013-14 M1 | 2013-14 M2
                "Barnet"     | "Acute"  | paid    | £4m        |
                             | "Mental" | paid    | £1m        | £3m
        \(line.isEmpty ? "" : "  \(line)\n")  expect "Barnet" at 2013-14 M2 red "none"

        """
    let loaded = try load(text)
    let outcome = await TestSuite.run(
      loaded.tests, of: try #require(loaded.program), traits: traits, threads: 1)[0]
    return try #require(outcome.failures.first?.differences.first { $0.field == .value }).found
  }

  static let policies = [("", "not known"), ("unknown", "not known"), ("zero", "£3.0m"), ("unchanged", "£7.0m")]

  @Test(arguments: policies) func theTestSaysWhatItMeans(_ policy: String, _ shown: String) async throws {
    #expect(try await watched(policy.isEmpty ? "" : "absent \(policy)") == shown)
  }

  @Test(arguments: policies) func elseTheSourceDoes(_ policy: String, _ shown: String) async throws {
    let traits = MeasureTraits.Absent(rawValue: policy).map { ["paid": MeasureTraits(absent: $0)] } ?? [:]
    #expect(try await watched("", traits: traits) == shown)
    #expect(try await watched("absent unchanged", traits: traits) == "£7.0m")
  }

  @Test func itIsSaidOnceAndInThreeWords() {
    func complaints(_ lines: String) -> [String] {
      let text = Self.rule() + lines + "  expect \"Barnet\" at 2013-14 M1 red\n"
      return RuleSet.load(files: [SourceText(name: "one.rules", text)], library: .all).diagnostics.map(\.message)
    }
    #expect(complaints("  absent zero\n  absent zero\n").contains("`absent` stands twice in one test"))
    #expect(complaints("  absent nothing\n").contains { $0.contains("unknown, zero or unchanged") })
    #expect(!complaints("  absent zero\n").contains { $0.contains("absent") })
  }

  @Test func itIsLaidOutAndExported() throws {
    let text = Self.rule() + "  absent unchanged  # why\n  expect \"Barnet\" at 2013-14 M4 stale\n"
    let (json, _) = RuleExchange.export([SourceText(name: "one.rules", text)], library: .all)
    let exported = try #require(json)
    #expect(exported.contains("\"absent\": \"unchanged\"") && exported.contains("\"stale\""), "\(exported)")
    let (files, diagnostics, _) = RuleExchange.read(SourceText(name: "one.json", exported), library: .all)
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    #expect(files.map { String(decoding: $0[0].bytes, as: UTF8.self).contains("  absent unchanged  # why\n") } == true)
  }
}
