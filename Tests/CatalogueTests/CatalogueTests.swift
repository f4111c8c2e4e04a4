import Catalogue
import Diagnostics
import Foundation
import FoundationXML
import RuleLanguage
import RuleLibrary
import Testing

@Suite struct CatalogueTests {
  private static let heading = """
    currency GBP
    year starts in April
    measure plan money full year reference "Planned spend"
    measure forecast money full year adverse high "Forecast <b>outturn</b>"
    let overspent = forecast - plan

    """

  private func catalogue(_ rules: String) throws -> Catalogue {
    let source = SourceText(name: "a.rules", Self.heading + rules)
    let loaded = RuleSet.load(files: [source], library: .all)
    let program = try #require(loaded.program, "\(TerminalRenderer().render(loaded.diagnostics, in: loaded.texts))")
    return Catalogue(title: "Rules & more", program, loaded.tree, texts: loaded.texts)
  }

  private func sentences(_ clauses: String) throws -> String {
    let rules = "rule one \"One\"\n" + clauses.split(separator: "\n").map { "  \($0)\n" }.joined() + "  message \"x\"\n"
    return try #require(catalogue(rules).sections.first?.entries.first).sentences.joined(separator: " ")
  }

  /// Clauses, and how they read.
  private static let readings: [(String, String)] = [
    (
      """
      for each organisation where kind is "PCT"
      only when overspent >= £250k
      watch overspent / plan
      amber above 1%
      red above 2%
      persists for 2 periods
      clears below 0.5% for 3 periods
      if unknown hold for 1 period
      """,
      "Looks at each organisation where kind is “PCT”. Amber when overspent is above 1% of plan, red when it is above 2%, "
        + "in 2 periods running. Only when overspent is at least £250k. Over when it is below 0.5% for 3 periods running. "
        + "Where it is not known, things stay as they are for 1 period."
    ),
    (
      """
      overall
      let hit = share(overspent > £0 over organisation where kind is "PCT")
      watch hit
      red at least 20%
      effective in 2013-14
      """,
      "Looks at everything together. Red when hit is at least 20%. In force in 2013-14."
    ),
    (
      """
      for each organisation
      red when overspent > £1m and not (plan < £5m or previous(forecast, 2) is £0) or forecast between £1 and £2
      suppress when kind in ("SHA", "PCT") until 2014-03-31 because "they close"
      """,
      "Looks at each organisation. Red when overspent is above £1m and not (plan is below £5m or forecast 2 periods before is £0) "
        + "or forecast is between £1 and £2. Not raised when kind is one of “SHA”, “PCT” until 2014-03-31, because they close."
    ),
    (
      """
      for each region
      watch sum(-overspent over organisation) - mean(plan over organisation where plan > £0) * 2
      info outside -£1m to £2m
      """,
      "Looks at each region. Info when the total of minus overspent over organisations less the average of plan over organisations "
        + "where plan is above £0 times 2 is outside minus £1m to £2m."
    ),
  ]

  @Test(arguments: readings.indices)
  func rulesReadAsSentences(_ index: Int) throws {
    let (clauses, expected) = Self.readings[index]
    #expect(try sentences(clauses) == expected)
  }

  /// What rules and returns say is shown, and never taken for a part of the page.
  @Test func hostileTextsStayTexts() throws {
    let page = try catalogue(
      """
      rule one "</title><script>alert('x')</script>"
        for each organisation
        watch overspent
        red above £0
        message "<img src=x onerror=alert(1)>"
        runbook "javascript:alert(1)"
        owner "\\"onmouseover=alert(1) & co"
        label family = "<svg onload=alert(1)>"
      rule two "Two"
        for each organisation
        watch overspent
        red above £0
        message "x"
        runbook "https://finance.example/?a=1&b=<2>"
      """.replacing("\\\"", with: "'")
    ).html
    for tag in ["<script", "<img", "<svg onload", "javascript:alert(1)\""] { #expect(!page.contains(tag), "\(tag)") }
    #expect(page.contains("href=\"https://finance.example/?a=1&amp;b=&lt;2&gt;\""))
    #expect(page.contains("<article id=\"one\"") && page.contains("href=\"#two\""))
    #expect(page.contains("Forecast &lt;b&gt;outturn&lt;/b&gt;"))
    let parser = XMLParser(data: Data(page.utf8))
    #expect(parser.parse(), "\(parser.parserError.map(String.init(describing:)) ?? "")")
  }

  /// Nothing is fetched from anywhere.
  @Test func thePageStandsByItself() throws {
    let page = try catalogue("rule one \"One\"\n  overall\n  red when true\n  message \"x\"\n").html
    for word in ["src=", "@import", "url(", "<link", "<script"] { #expect(!page.contains(word), "\(word)") }
    #expect(page.contains("Content-Security-Policy"))
  }

  @Test func markdownHasNoTagsOfOthers() throws {
    let text = try catalogue("rule one \"<b>*One*</b>\"\n  overall\n  red when true\n  message \"x\"\n").markdown
    #expect(text.contains("### \\<b\\>\\*One\\*\\</b\\>"))
    #expect(text.contains("<a id=\"one\"></a>"))
  }
}
