import Drops
import Finance
import Testing

@Suite struct MappingTests {
  let workbench = DropWorkbench()

  /// Preamble, group headings over the headings, a second table below a blank row, a total among the rows.
  @Test func theTableIsFoundAmongWhatSurroundsIt() throws {
    let text = """
      Return of the North,,,,
      ,,Year to date,,Full year
      Org  Code,"Mon
      th",Plan,Note,PLAN
      5HY,M8 2013-14,1,"ok, fine",10
      Total,,1,,10

      5K5,M8 2013-14,7,second table,8
      """
    let reading = try workbench.read(
      text,
      """
      inbox: in
      ends: blank row
      columns:
        organisation: org code
        period: { column: Mon th, as: MM YYYY-YY }
        measures:
          actual: { column: { heading: Plan, under: Year to date }, unit: £000 }
          plan: { column: { heading: Plan, nth: 2 }, unit: £m }
      ignore_rows: [{ Org Code: TOTAL }]
      """)
    #expect(
      reading.figures == [
        "5HY 2013-14 M8 actual 1000.0000 ×1 @4", "5HY 2013-14 M8 plan 10000000.0000 ×1 @4",
      ])
    #expect(reading.statistics.rowsIgnored == 1)
  }

  @Test func directionsAreThoseOfTheRules() throws {
    let text = "Org,Month,Spend,Variance\n5HY,2013-11,-5,-3\n"
    let reading = try workbench.read(
      text,
      """
      inbox: in
      columns:
        organisation: Org
        period: Month
        measures:
          actual: { column: Spend, positive: favourable }
          variance: { column: Variance, positive: favourable }
      """)
    #expect(reading.figures == ["5HY 2013-14 M8 actual 5.0000 ×1 @2", "5HY 2013-14 M8 variance -3.0000 ×1 @2"])
    let undeclared = try workbench.read(
      text,
      "inbox: in\ncolumns: { organisation: Org, period: Month, measures: { plan: { column: Spend, positive: adverse } } }"
    )
    #expect(undeclared.problems.first.map(\.kind) == [.measure])
  }

  @Test func fixedValuesAndNamesOfFilesAreFacts() throws {
    let yaml = """
      inbox: in
      columns:
        organisation: { from: file name, as: "{} ?? - *" }
        period: { from: file name, as: "* {MM} - *", year: 2020-21 }
        kind: { value: Payments }
        measures: { paid: Amount, payments: { rows: 1 } }
      adds: true
      no_value: [""]
      """
    let reading = try workbench.read("Amount\n5\n\n7\n", named: "72Q 07 - October.csv", yaml)
    #expect(
      reading.figures == [
        "72Q 2020-21 M7 paid [kind Payments] 12.0000 ×2 @2", "72Q 2020-21 M7 payments [kind Payments] 2.0000 ×2 @2",
      ])
    #expect(reading.contents?.facts == ["organisation": "72Q", "period": "2020-21 M7"])
    #expect(reading.contents?.restates == .nothing)
    let lost = try workbench.read("Amount\n5\n", named: "72Q - October.csv", yaml)
    #expect(lost.outcome == .rejected)
    #expect(lost.problems.first.map(\.kind) == [.name])
  }

  @Test func conditionsOnRowsMayNeedSeveralColumns() throws {
    let text = "Org,Fund,Kind,Plan\n5HY,C,a,1\n5HY,T,a,2\n5HY,C,b,4\n5K5,S,a,8\n5K5,T,b,16\n"
    func total(_ conditions: String) throws -> Int128? {
      try workbench.read(
        text,
        "inbox: in\ncolumns: { organisation: Org, period: 2013-14, measures: { plan: Plan } }\nrepeated_rows: add\n\(conditions)"
      ).statistics.history.totals["plan"].map { $0 / 10_000 }
    }
    #expect(try total("keep_rows: [{ Fund: [C, S] }]") == 13)
    #expect(try total("ignore_rows: [{ Fund: t }]") == 13)
    #expect(try total("ignore_rows: [{ Fund: T, Kind: b }, { Kind: a, Org: 5K5 }]") == 7)
    #expect(try total("keep_rows: [{ Fund: T }]\nignore_rows: [{ Kind: b }]") == 2)
  }

  @Test func ratiosAreKeptInBillionths() throws {
    let reading = try workbench.read(
      "Org,Rate\n5HY,9.9%\n5K5,0.5\n",
      "inbox: in\ncolumns: { organisation: Org, period: 2013-14, measures: { rate: { column: Rate, unit: \"%\" } } }")
    #expect(reading.contents?.figures.flatMap(\.cells).map(\.value) == [99_000_000, 5_000_000])
  }

  @Test func noValueIsNoCell() throws {
    let reading = try workbench.read(
      "Org,Plan,Actual\n5HY, - ,1\n5K5,2,\"\"\n36L,-,\n",
      "inbox: in\ncolumns: { organisation: Org, period: 2013-14, measures: { plan: Plan, actual: Actual } }\nno_value: [\"-\", \"\"]"
    )
    #expect(reading.figures == ["5HY 2013-14 M12 actual 1.0000 ×1 @2", "5K5 2013-14 M12 plan 2.0000 ×1 @3"])
  }

  @Test func versionsByMeasureStandApart() throws {
    let reading = try workbench.read(
      "Org,Plan,Actual\n5HY,1,2\n",
      "inbox: in\ncolumns: { organisation: Org, period: 2013-14, measures: { plan: Plan, actual: Actual } }\n"
        + "restates: [organisation, period, measure]")
    #expect(reading.contents?.figures.map(\.measure) == ["actual", "plan"])
  }

  @Test func whatIsOutOfTheOrdinaryIsHeld() throws {
    var workbench = workbench
    workbench.history = SourceHistory(
      [90, 100, 110].map { SourceHistory.Drop(rows: 3, totals: ["plan": $0 * 10_000], largest: ["Plan": 500_000]) })
    let yaml = """
      inbox: in
      columns: { organisation: Org, period: 2013-14, measures: { plan: Plan } }
      checks:
        plausible:
          total: within 5 times the median of the last 3 drops
          rows: within 2 times the median of the last 6 drops
          largest: within 5 times the median of the last 6 drops
      """
    #expect(try workbench.read("Org,Plan\n5HY,100\n5K5,20\n", yaml).outcome == .accepted)
    let odd = try workbench.read("Org,Plan\n5HY,600\n", yaml)
    #expect(odd.outcome == .held)
    #expect(odd.contents != nil)
    #expect(
      odd.doubts == [
        "this file’s plan adds to £600; the last 3 had a median of £100, and more than 5 times that, or less than a 5th, is "
          + "looked at first",
        "this file has 1 row; the last 3 had a median of 3, and more than 2 times that, or less than a 2nd, is looked at "
          + "first",
        "the largest figure of “Plan” is 600, in row 2; the last 3 had a median of 50, and more than 5 times that, or less "
          + "than a 5th, is looked at first",
      ])
    workbench.history.drops.removeLast()
    #expect(try workbench.read("Org,Plan\n5HY,600\n", yaml).outcome == .accepted, "two drops are no history")
  }
}
