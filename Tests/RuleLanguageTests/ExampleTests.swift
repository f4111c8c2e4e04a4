import Diagnostics
import Finance
import RuleLanguage
import RuleLibrary
import Testing

@Suite("A rule file as in the reference")
struct ExampleTests {
  static let text = """
    currency GBP
    year starts in April

    measure plan      money full year     reference by category   "Planned spend for the year"
    measure forecast  money full year     adverse high by category "Forecast outturn"
    measure actual    money year to date  adverse high by category, recurrence "Spend to date"
    measure position  money full year     adverse low              "Forecast surplus (+) or deficit (-)"
    measure activity  count in period     adverse high by service
    dimension category
    dimension recurrence
    dimension service

    let overspent = forecast - plan

    rule overspend "Forecast overspend against plan"
      for each organisation
      only when overspent >= £250k
      watch overspent / plan
      amber above 1%
      red above 2%
      persists for 2 periods
      clears below 0.5% for 1 period
      message "{organisation} forecasts {overspent} ({watched | signed}) over plan"
      runbook "https://finance.example/runbooks/overspend"
      owner "financial-control"

    rule deficits_spreading "More than one in five PCTs overspent"
      overall
      let hit = share(position < £0 over organisation where kind is "PCT")
      watch hit
      amber above 10%
      red above 20%
      message "{hit.matching} of {hit.expected} PCTs overspent by {sum(-position over organisation where kind is "PCT" and position < £0)}"
      owner "regional-finance"
    """

  @Test func checksClean() throws {
    let loaded = load(Self.text)
    #expect(loaded.diagnostics.isEmpty, "\(rendered(Self.text))")
    let checked = try #require(loaded.program)
    #expect(checked.rules.map(\.name) == ["overspend", "deficits_spreading"])
    let rule = checked.rules[0]
    #expect(rule.frame == .organisation)
    #expect(rule.isFoldedByYear)
    #expect(rule.persistsFor == 2 && rule.clearsAfter == 1)
    #expect(rule.line == 15 && rule.file == "test.rules")
    #expect(rule.owner == "financial-control")
    #expect(rule.breaches.map(\.severity) == [.amber, .red])
    let watch = try #require(rule.watch)
    let printer = NodePrinter(checked, names: rule.names)
    #expect(printer.text(watch) == "overspent / plan")
    #expect(checked[watch].type == .ratio && checked[watch].adverse == .high)
    let overspent = try #require(rule.names.first { $0.value == "overspent" }?.key)
    #expect(printer.text(overspent) == "forecast - plan")
    #expect(checked[overspent].basis == .fullYear)
  }
}
