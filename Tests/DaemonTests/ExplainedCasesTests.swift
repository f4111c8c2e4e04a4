import Foundation
import TestKit
import Testing

/// `outturn rules explain` over the published cases: every figure that was published stands in the explanation.
@Suite(.enabled(if: RulePackRun.isBuilt, "the program is not built"), .timeLimit(.minutes(10)))
struct ExplainedCasesTests {
  @Test(arguments: [
    (
      "a", "overspent_pcts", "",
      ["33", "152", "21.7%", "£100.0m", "£62.3m", "£37.7m", "above 20%  yes", "hit.matching were at most 30 of 152"]
    ),
    ("d", "ccg_deficits", "", ["16 unplanned", "8 planned", ".matching: 24", ".known: 211", "11.37%", "above 10%"]),
    ("d", "transfer_not_neutral", "05Q", ["£5.0m", "-£2.4m", "+£2.6m", "(05Q)"]),
    (
      "e", "provider_savings", "",
      ["£362.0m (362000000)", "£436.1m (436100000)", "£74.1m (74100000)", "17.0%", "4.6%", "£7,870m"]
    ),
  ])
  func publishedFiguresAreExplained(_ group: String, _ rule: String, _ subject: String, _ figures: [String]) throws {
    let run = try RulePackRun("nhs-commissioning", register: "Tests/Fixtures/cases/organisations.csv")
    try run.drop(below: CasesTests.folder.appending(path: group))
    #expect(try run.outturn("serve", "--once").status == 0)
    let ended =
      subject.isEmpty
      ? try run.outturn("rules", "explain", rule) : try run.outturn("rules", "explain", rule, "--subject", subject)
    #expect(ended.status == 0, "\(ended.errors)")
    for figure in figures { #expect(ended.output.contains(figure), "\(figure) in:\n\(ended.output)") }
    // Back to a file and a row.
    #expect(ended.output.contains(/\[1\] .*\.csv, row \d+ \(drop \d+, version \d+\)/), "\(ended.output)")
  }
}
