import Diagnostics
import RuleLanguage
import RuleLibrary
import RuleTesting
import Testing

/// What most tests declare, so that each shows only what it is about.
let heading = """
  currency GBP
  year starts in April
  dimension category
  measure plan     money full year reference adverse high
  measure forecast money full year adverse high by category
  measure spent    money in period adverse high
  measure staff    count at period end
  measure rate     ratio
  measure outturn  money full year adverse high every year

  """

/// An overspend rule with a bit of everything.
let overspend = """
  rule overspend "Overspend"
    for each organisation where kind is "PCT"
    only when forecast > £1m
    watch forecast / plan - 100%
    amber above 2%
    red above 5%
    persists for 2 periods
    clears below 1%
    message "{organisation} is {watched} over"

  """

struct Refused: Error, CustomStringConvertible {
  var description: String
}

func load(_ text: String) throws -> RuleSet.Loaded {
  let loaded = RuleSet.load(files: [SourceText(name: "test.rules", text)], library: .all)
  guard loaded.program != nil else {
    throw Refused(description: TerminalRenderer().render(loaded.diagnostics, in: loaded.texts))
  }
  return loaded
}

/// The outcomes of a file's tests.
func run(_ text: String, threads: Int = 1) async throws -> [TestOutcome] {
  let loaded = try load(text)
  return await TestSuite.run(loaded.tests, of: try #require(loaded.program), threads: threads)
}

extension TestOutcome {
  /// "state: expected red, found quiet", one for each thing that differs.
  var differences: [String] {
    failures.flatMap(\.differences).map { "\($0.field.rawValue): expected \($0.expected), found \($0.found)" }
  }
}
