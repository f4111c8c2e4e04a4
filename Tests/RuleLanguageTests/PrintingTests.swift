import Diagnostics
import Foundation
import RuleLanguage
import RuleLibrary
import Testing

@Suite struct PrintingTests {
  static let whole = """
    # Comments change nothing.
    currency GBP
    year starts in April
    dimension category "What it is spent on"
    dimension service
    measure plan money full year reference by category "Plan"
    measure forecast money full year adverse high by category
    measure actual money year to date adverse high by category
    measure activity count in period by service
    measure outturn money full year every year
    measure tariff unit price reference

    let overspent = forecast - plan
    let tangled = (forecast - (plan - £1.5m)) * 2 / (3 * (1 + 5%))

    rule one formerly nought "One {{brace}}"
      for each organisation where kind in ("CCG", "PCT") and not (region is "North" or region is not "South")
      effective from 2013-14 M4 to 2014-15
      only when overspent >= £250,000 and plan > £0
      let acute = overspent[category is "acute" and category not in ("x", "y")]
      watch overspent / plan
      info outside -2% to 2%
      amber above 5%
      red at least 10%
      red when acute between £1,234 and £12.5bn or tangled > £1,000,000
      coverage at least 95%
      persists for 2 periods
      clears below 0.5% for 3 periods
      if unknown hold for 1 period
      message "{organisation} {{x}} {overspent | m | 2dp} {count(peers where kind is "PCT")} {watched | signed}"
      detail "{-acute | over_under} {period} {names(overspent > £0 over children in same region by overspent first 3)}"
      runbook "https://finance.example/{{one}}"
      owner "financial-control"
      label family = "money"

    rule two "Two"
      overall
      effective in 2013-14
      let hit = share(overspent > £0 over organisation anywhere where kind is "PCT")
      watch hit
      amber at most 1,234.5%
      clears when hit.matching = 0 for 2 periods
      if unknown raise red
      message "{hit.matching} of {hit.expected} {month()} {rounded(hit, 2)} {greater(£1000, sum(plan over organisation))}"

    rule three "Three"
      for each organisation and category
      red when breach(four) and severity(four) >= amber and previous(plan, 2) > £0 and -plan < £0
      if unknown clear
      message "{category}: {previous(forecast) | words}"

    rule four "Four"
      for each organisation and category
      red when count(children where plan > own(plan)) > 1,000 and not not reported(plan)
      message "x"

    """

  private func printed(_ text: String) throws -> String {
    let found = load(text)
    #expect(found.program != nil, "\(rendered(text))")
    return try #require(RuleSet.canonicalText(of: SourceText(name: "test.rules", text), library: .all))
  }

  @Test func readingWhatIsPrintedGivesTheSame() throws {
    let once = try printed(Self.whole)
    #expect(try printed(once) == once)
    let first = try #require(load(Self.whole).program)
    let second = try #require(load(once).program)
    #expect(first.version == second.version)
    #expect(first.rules.map(\.version) == second.rules.map(\.version))
    #expect(first.nodes == second.nodes)
  }

  @Test func thePrintedFormIsSettled() throws {
    let once = try printed(Self.whole)
    #expect(once.contains("\nlet tangled = (forecast - (plan - £1.5m)) * 2 / (3 * (1 + 5%))\n"))
    #expect(once.contains("  only when overspent >= £250k and plan > £0\n"))
    #expect(once.contains("  red when acute between £1,234 and £12.5bn or tangled > £1m\n"))
    #expect(once.contains("{greater(£1k, sum(plan over organisation))}"))
    #expect(once.contains("  amber at most 1234.5%\n"))
    #expect(once.contains("rule one formerly nought \"One {{brace}}\"\n"))
  }

  @Test func aCommentAndALayoutChangeNoVersion() throws {
    let first = try #require(load(Self.whole).program)
    let other = Self.whole.replacing("  watch overspent / plan", with: "  # why\n  watch   overspent /\n      plan")
    let second = try #require(load(other).program)
    #expect(first.rules.map(\.version) == second.rules.map(\.version))
  }

  /// A rule's version follows the lets and measures that it reads, and no other rule.
  @Test func aVersionFollowsWhatTheRuleReads() throws {
    func versions(_ text: String) throws -> [String: String] {
      let program = try #require(load(text).program, "\(rendered(text))")
      return Dictionary(uniqueKeysWithValues: program.rules.map { ($0.name, $0.version) })
    }
    let before = try versions(Self.whole)
    func changed(_ old: String, _ new: String) throws -> Set<String> {
      let after = try versions(Self.whole.replacing(old, with: new))
      return Set(before.keys.filter { before[$0] != after[$0] })
    }
    #expect(try changed("let overspent = forecast - plan", "let overspent = plan - forecast") == ["one", "two"])
    #expect(try changed("+ 5%))", "+ 6%))") == ["one"])
    #expect(try changed("persists for 2", "persists for 3") == ["one"])
    #expect(try changed("measure outturn money full year", "measure outturn money in period") == [])
    #expect(try changed("measure plan money full year reference", "measure plan money full year") == Set(before.keys))
    #expect(
      try changed("adverse high by category\nmeasure activity", "adverse low by category\nmeasure activity") == [])
  }

  /// A table's file means what it holds, not how it is called.
  @Test func aVersionFollowsTheFileOfATable() throws {
    let text =
      heading + """
        table limits by kind from "limits.csv"
        rule one "One"
          for each organisation
          watch forecast
          red above limits.red
          message "x"
        rule two "Two"
          for each organisation
          watch forecast
          red above £1m
          message "x"

        """
    func program(_ table: String) throws -> Program {
      try #require(
        load(text, beside: ["limits.csv": table]).program, "\(rendered(text, beside: ["limits.csv": table]))")
    }
    let first = try program("kind,red\nPCT,£1m\notherwise,£2m\n")
    let alike = try program("kind , red\r\n\"PCT\",\"£1,000,000\"\r\n\r\notherwise,£2m")
    let other = try program("kind,red\nPCT,£1m\notherwise,£3m\n")
    #expect(first.rules.map(\.version) == alike.rules.map(\.version) && first.version == alike.version)
    #expect(first.rules[0].version != other.rules[0].version && first.rules[1].version == other.rules[1].version)
    #expect(first.version != other.version)
    #expect(first.tables[0].rows.map(\.key) == [.text("PCT"), .otherwise])
  }

  /// Expressions of the program in the words of the rules.
  @Test(arguments: [
    "forecast - plan", "forecast - (plan - £1.5m)", "(forecast - plan) / plan", "1 + growth(forecast)",
    "sum(-forecast over organisation where kind is \"PCT\")", "plan[category is \"acute\"]", "previous(plan, 2)",
    "run_rate(actual) - plan", "-5%", "share(plan > £0 over peers).matching", "mean(plan over children)",
    "count(organisation in same region)", "highest(plan over category)",
    "plan[not (category is \"a\" or category is \"b\")]",
    "abs(plan) * 2 / 3", "if_unknown(plan, £0)", "plan > £5m and not reported(forecast)",
  ])
  func arithmeticReadsAsWritten(_ expression: String) throws {
    let isTruth = expression.contains("reported(")
    let text =
      heading + "rule one \"One\"\n  for each organisation\n"
      + (isTruth ? "  red when \(expression)\n" : "  watch \(expression)\n  red when reported(plan)\n")
      + "  message \"x\"\n"
    let program = try #require(load(text).program, "\(rendered(text))")
    let rule = program.rules[0]
    let id = rule.watch ?? rule.breaches[0].test
    let shown = NodePrinter(program).text(id)
    let expected =
      expression == "1 + growth(forecast)"
      ? "1 + (forecast - last_year(forecast)) / last_year(forecast)" : expression
    #expect(shown == expected)
  }
}
