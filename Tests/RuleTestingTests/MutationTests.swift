import Diagnostics
import Foundation
import RuleLanguage
import RuleLibrary
import RuleTesting
import Testing

/// A test that passes must be able to fail: rules are changed, and their tests are to notice.
@Suite struct MutationTests {
  /// Each decides something that the test looks at.
  static let changes = [
    ("red above 5%", "red above 8%"), ("red above 5%", "red below 5%"), ("amber above 2%", "amber above 4%"),
    ("only when forecast > £1m", "only when forecast > £105m"), ("only when forecast > £1m", "only when forecast > £0"),
    ("persists for 2 periods", "persists for 1 period"), ("persists for 2 periods", "persists for 3 periods"),
    ("clears below 1%", "clears below 0.1%"), ("kind is \"PCT\"", "kind is \"GP\""),
    ("forecast / plan - 100%", "plan / forecast - 100%"),
  ]

  static let tests = """
    test overspend "all of it"
      given organisation | kind  | measure  | 2013-14 | 2013-14 M4 | 2013-14 M5 | 2013-14 M6 | 2013-14 M7 | 2013-14 M8
            "Barnet"     | "PCT" | plan     | £100m   |            |            |            |            |
                         |       | forecast |         | £103m      | £103m      | £107m      | £107m      | £100.5m
            "Sutton"     | "PCT" | plan     | £500k   |            |            |            |            |
                         |       | forecast |         | £700k      | £700k      | £700k      | £700k      | £700k
      expect "Barnet" at 2013-14 M5 amber "3.0%"
      expect "Barnet" at 2013-14 M6 amber
      expect "Barnet" at 2013-14 M7 red
      expect "Barnet" at 2013-14 M8 quiet
      expect "Sutton" at 2013-14 M5 quiet

    """

  @Test func theRuleAsItIsPasses() async throws {
    #expect(try await run(heading + overspend + Self.tests)[0].differences == [])
  }

  @Test(arguments: changes.indices) func aChangeIsNoticed(_ index: Int) async throws {
    let (old, new) = Self.changes[index]
    let changed = overspend.replacing(old, with: new)
    try #require(changed != overspend)
    let loaded = RuleSet.load(files: [SourceText(name: "test.rules", heading + changed + Self.tests)], library: .all)
    // An expectation that can no longer be met at all is noticed sooner.
    guard let program = loaded.program else { return }
    let outcomes = await TestSuite.run(loaded.tests, of: program, threads: 1)
    #expect(outcomes.contains { !$0.passed }, "\(new)")
  }

  // MARK: The packs

  static let rules = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Rules").standardizedFileURL
  static let packs = ["city-budgets", "local-government", "nhs-commissioning", "payments"]

  private func texts(of pack: String) throws -> [SourceText] {
    let folder = Self.rules.appending(path: pack)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".rules") }.sorted()
      .map { SourceText(name: $0, bytes: Array(try Data(contentsOf: folder.appending(path: $0)))) }
  }

  @Test(arguments: packs) func thePacksPass(_ pack: String) async throws {
    let loaded = RuleSet.load(files: try texts(of: pack), library: .all)
    let program = try #require(loaded.program)
    for outcome in await TestSuite.run(loaded.tests, of: program, threads: 2) {
      #expect(outcome.differences == [], "\(outcome.test.rule) “\(outcome.test.title)”")
    }
  }

  /// Every band that a test reaches is turned round: above for below, and the other way about.
  @Test(arguments: packs) func aBandTurnedRoundIsNoticed(_ pack: String) async throws {
    let files = try texts(of: pack)
    let loaded = RuleSet.load(files: files, library: .all)
    let program = try #require(loaded.program)
    let outcomes = await TestSuite.run(loaded.tests, of: program, threads: 2)
    let coverage = Coverage(outcomes, of: loaded.tree, in: loaded.texts)
    for rule in coverage.rules {
      for part in rule.parts where part.isReached {
        guard let turned = Self.turned(part.words) else { continue }
        let text = files[Int(part.span.text)].edited(by: [Edit(part.span, turned)])
        var changed = files
        changed[Int(part.span.text)] = SourceText(name: text.name, bytes: text.bytes)
        let mutant = RuleSet.load(files: changed, library: .all)
        guard let program = mutant.program else { continue }
        let tests = mutant.tests.filter { $0.rule == rule.rule }
        let isNoticed = await TestSuite.run(tests, of: program, threads: 1).contains { !$0.passed }
        #expect(isNoticed, "\(rule.rule): \(turned)")
      }
    }
  }

  private static func turned(_ band: String) -> String? {
    for (word, other) in [
      (" above ", " below "), (" below ", " above "), (" at least ", " below "), (" at most ", " above "),
    ]
    where band.contains(word) && !band.contains(" when ") && !band.contains("clears") {
      return band.replacing(word, with: other)
    }
    return nil
  }
}
