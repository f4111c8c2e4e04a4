import Diagnostics
import Foundation
import RuleLanguage
import RuleLibrary
import Testing

@Suite struct FormattingTests {
  /// Input above, expected below.
  private static let cases: [(String, String, String)] = [
    (
      "spaces and line breaks",
      """
      currency   GBP
      rule one   "One  title"
          for each organisation
          watch   overspent/plan   *2
          amber above - 2%
          only when  not(plan>£0)and( forecast >=£1,000 )
          let x=greater (£1,200 ,plan)
          message "{ organisation } {overspent|m|2dp} {{x}} {plan[ category is "a" ]}"
      let  least=least - plan
      """,
      """
      currency GBP

      rule one "One  title"
        for each organisation
        watch overspent / plan * 2
        amber above -2%
        only when not (plan > £0) and (forecast >= £1,000)
        let x = greater(£1200, plan)
        message "{organisation} {overspent | m | 2dp} {{x}} {plan[category is "a"]}"

      let least = least - plan

      """
    ),
    ("comments stay where they are", strewn, commented),
    (
      "long lines",
      """
      let staffordshire = count(unplanned_deficits over organisation where kind is "CCG" and economy is "Staffordshire")
      rule one "A title that is much longer than anybody would like to have it in a file of rules that is to be read by people"
        for each organisation where kind is "Clinical commissioning group" and region is not "London" or economy is "Kent"
        only when plan > £0 and overspent >= £250k and not (forecast between £1m and £2m or spend[category is "acute"] > £5m)
        watch (forecast_of_the_whole_year - planned_for_the_whole_year + moved_between_categories) / planned_for_the_whole_year
        red when category in ("acute", "community", "mental health", "prescribing", "primary care", "specialised", "other")
        clears when overspent_to_date < £100k and overspent_in_the_forecast < £100k and not breach(optimistic) for 2 periods
        message "A message stays on its line, however long it is, because what is said to people is one thing: {watched | signed}"
      """,
      """
      let staffordshire =
        count(unplanned_deficits over organisation where kind is "CCG" and economy is "Staffordshire")

      rule one "A title that is much longer than anybody would like to have it in a file of rules that is to be read by people"
        for each organisation
          where kind is "Clinical commissioning group" and region is not "London" or economy is "Kent"
        only when plan > £0
          and overspent >= £250k
          and not (forecast between £1m and £2m or spend[category is "acute"] > £5m)
        watch (forecast_of_the_whole_year - planned_for_the_whole_year + moved_between_categories)
          / planned_for_the_whole_year
        red when category in ("acute", "community", "mental health", "prescribing", "primary care",
          "specialised", "other")
        clears when overspent_to_date < £100k
            and overspent_in_the_forecast < £100k
            and not breach(optimistic)
          for 2 periods
        message "A message stays on its line, however long it is, because what is said to people is one thing: {watched | signed}"

      """
    ),
    (
      "tables and grids",
      """
      table limits by kind
          # of old
          "PCT"  amber 0.5% red 1%
          "Area team"   red  - 5%   # they have no amber
          organisation "Wessex" amber 2%
             red 5%
          otherwise amber 1% red 2%
      table elsewhere by year from "limits.csv"
      table years by year
        2013-14 from_month 2013-14 M4 part 12.5% is_on true
        2014-15 part 1%  from_month 2014-15 M10
      test one "It turns red"

        given organisation|kind|measure|2013-14 M6|2013-14 M7
              "Wessex"|"Area team"|plan|£100m|  £100,000  # as agreed
              # what came
              "Wessex"|"Area team"|forecast| |-£1
              "Wessex"|"Area team"|actual|-2%|

        drop 2014-02-10   organisation | measure | 2013-14 M7
          "Wessex" | forecast | £109.9m
        # at last
        expect "Wessex" at   2013-14 M6 quiet
        expect "Wessex" and "acute" at 2013-14 M7 as of 2014-02-10 pending red "9.9%"
      """,
      """
      table limits by kind
        # of old
        "PCT"                  amber 0.5%  red 1%
        "Area team"                        red -5%  # they have no amber
        organisation "Wessex"  amber 2%    red 5%
        otherwise              amber 1%    red 2%

      table elsewhere by year from "limits.csv"

      table years by year
        2013-14  from_month 2013-14 M4   part 12.5%  is_on true
        2014-15                          part 1%     from_month 2014-15 M10

      test one "It turns red"
        given organisation | kind        | measure  | 2013-14 M6 | 2013-14 M7
              "Wessex"     | "Area team" | plan     | £100m      | £100,000  # as agreed
              # what came
              "Wessex"     | "Area team" | forecast |            | -£1
              "Wessex"     | "Area team" | actual   | -2%        |

        drop 2014-02-10 organisation | measure  | 2013-14 M7
                        "Wessex"     | forecast | £109.9m
        # at last
        expect "Wessex" at 2013-14 M6 quiet
        expect "Wessex" and "acute" at 2013-14 M7 as of 2014-02-10 pending red "9.9%"

      """
    ),
    ("nothing", "\n\n", ""),
    ("a comment alone", "# x", "# x\n"),
  ]

  private static let commented = """
    # Licence: anyone may use this.

    # What it is about.
    currency GBP  #pounds

    # Left of a let
    let a = forecast  # what is forecast
      # less
      - plan  # what was planned

    # before
    rule one "One"  # heading
      # first
      overall  # whom
      # back at the margin
      watch
        # inside
        sum(plan over organisation)
      message "x"
      # at its end

    # of the next
    let b = plan
    # the last word

    """

  /// The same as somebody leaves it.
  private static let strewn = [
    ("this.\n", "this.\n\n"), ("GBP  #", "GBP#"), ("forecast  #", "forecast   #"),
    ("  # less\n  -", "   # less\n     -"),
    ("plan  #", "plan #"), ("\n\n# before", "\n# before"), ("\"One\"  # heading\n", "\"One\" # heading\n\n\n"),
    ("overall  #", "overall #"), ("  # back", "# back"), ("last word\n", "last word"),
  ].reduce(commented) { $0.replacing($1.0, with: $1.1) }

  private func formatted(_ text: String) throws -> String {
    let source = SourceText(name: "test.rules", text)
    let (result, diagnostics) = RuleFormatter.format(source, library: .all)
    return try #require(result, "\(TerminalRenderer().render(diagnostics, in: [source]))")
  }

  @Test(arguments: cases.indices)
  func laysOut(_ index: Int) throws {
    let (_, input, expected) = Self.cases[index]
    #expect(try formatted(input) == expected)
    #expect(try formatted(expected) == expected)
  }

  @Test func windowsFilesAreWrittenAsOthers() throws {
    let windows = "\u{FEFF}" + Self.strewn.replacing("\n", with: "\r\n")
    #expect(try formatted(windows) == Self.commented)
  }

  @Test func aFileThatCannotBeReadIsLeftAlone() {
    let source = SourceText(name: "test.rules", "currency GBP\nlet a = (plan\n")
    let (text, diagnostics) = RuleFormatter.format(source, library: .all)
    #expect(text == nil)
    #expect(diagnostics.map(\.code) == ["R112"])
  }

  /// What is not read past is not laid out on a line that is not read either.
  @Test func noLineBecomesTooLongToRead() throws {
    let text = "rule one \"One\"\n message\n  \"\(String(repeating: "x", count: 1_995))\"\n"
    #expect(try formatted(text) == text)
  }

  @Test func layingOutChangesNoVersion() throws {
    let program = try #require(load(PrintingTests.whole).program)
    let text = try formatted(PrintingTests.whole)
    let after = try #require(load(text).program, "\(rendered(text))")
    #expect(after.version == program.version)
    #expect(after.rules.map(\.version) == program.rules.map(\.version))
    #expect(try formatted(text) == text)
  }

  @Test(arguments: ShippedRulesTests.sets)
  func shippedRulesAreLaidOut(_ set: String) throws {
    let folder = ShippedRulesTests.root.appending(path: set)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".rules") {
      let text = String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
      #expect(try formatted(text) == text, "\(set)/\(name): outturn rules fmt Rules")
    }
  }
}
