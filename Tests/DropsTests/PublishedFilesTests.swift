import Drops
import Finance
import Foundation
import Testing

/// The published files that lie beside a checkout, read as they are. Skipped where they are absent: they are not part
/// of the project.
enum PublishedFiles {
  static let folder =
    ProcessInfo.processInfo.environment["OUTTURN_SHARED_DATA"]
    ?? FileManager.default.currentDirectoryPath + "/../shared/data"
  static let arePresent = FileManager.default.fileExists(atPath: folder + "/README.md")
}

@Suite(.enabled(if: PublishedFiles.arePresent, "no published files in ../shared/data"))
struct PublishedFilesTests {
  let workbench: DropWorkbench = {
    var workbench = DropWorkbench()
    workbench.context.register = nil
    return workbench
  }()

  private func read(_ path: String, _ yaml: String, _ workbench: DropWorkbench? = nil) throws -> DropReading {
    try (workbench ?? self.workbench).read(file: "\(PublishedFiles.folder)/\(path)", yaml)
  }

  // MARK: Councils

  static let councilBudget = """
    inbox: in
    header: [E-code, ONS Code, Local authority]
    ends: blank row
    columns:
      organisation: E-code
      period: 2021-22
      measures:
        plan: { column: "TOTAL CHILDREN'S SOCIAL CARE", unit: £000 }
    no_value: ["", "..."]
    """
  static let councilOutturn = """
    inbox: in
    header: [E-code, ONS Code, Local authority]
    ends: blank row
    columns:
      organisation: E-code
      period: 2021-22
      measures:
        actual: { column: "Children Social Care - Net Current Expenditure (C7 = C3 - C6)", unit: £000 }
    ignore_rows: [{ Local authority: ENGLAND }]
    no_value: ["", "..."]
    """

  private func byOrganisation(_ reading: DropReading) throws -> [String: Int64] {
    let contents = try #require(reading.contents)
    return Dictionary(uniqueKeysWithValues: contents.figures.map { ($0.organisation, $0.cells[0].value) })
  }

  @Test func councilsReadAsTheyAre() throws {
    let budget = try read("councils/RA_2021-22_data_by_LA.csv", Self.councilBudget)
    let outturn = try read("councils/RSX_2021-22_data_by_LA_Live.csv", Self.councilOutturn)
    #expect(budget.problems.first.map(\.sentence) == [])
    #expect(outturn.problems.first.map(\.sentence) == [])
    #expect(budget.outcome == .accepted)
    #expect(outturn.outcome == .accepted)
    #expect(budget.contents?.figures.first?.period == Period(year: 2021, month: 12))
    let plans = try byOrganisation(budget)
    let actuals = try byOrganisation(outturn)
    #expect(plans["E0102"] == 833_340_000_000)
    #expect(actuals["E0102"] == 908_950_000_000)
    let both = plans.compactMap { code, plan in actuals[code].map { (plan: plan, actual: $0) } }
      .filter { $0.plan > 0 && $0.actual > 0 }
    #expect(both.count == 157)
    #expect(both.count { $0.actual > $0.plan } == 122)
    #expect(both.count { ($0.actual - $0.plan) * 100 >= $0.plan * 5 } == 98)
    #expect(both.count { ($0.actual - $0.plan) * 100 >= $0.plan * 10 } == 63)
  }

  // MARK: Cities

  static let cities = """
    inbox: in
    columns:
      organisation: CITY
      period: { column: REP_PERIOD, as: YYYY-MM-DD }
      fund: FUND_TYP
      code: COD_CONS_EK
      measures:
        plan: { column: PLANS_AMT, unit: UAH }
        actual: { column: FAKT_AMT, unit: UAH }
    keep_rows: [{ FUND_TYP: [C, S, T] }]
    no_value: [NA]
    """

  @Test func citiesReadAsTheyAre() throws {
    var workbench = workbench
    workbench.context.calendar = FinancialCalendar(firstMonth: 1)
    let reading = try read("city-budgets/expenses_2024-01_to_2026-06.csv", Self.cities, workbench)
    #expect(reading.problems.first.map(\.sentence) == [])
    #expect(reading.statistics.rows == 59_204)
    #expect(reading.statistics.cells == 2 * 59_204)
    #expect(reading.outcome == .accepted)
    let contents = try #require(reading.contents)
    func lviv(_ month: Int, _ measure: String) -> Int64? {
      let series = Series(
        measure: measure, members: [.init(dimension: "fund", value: "C"), .init(dimension: "code", value: "2111")])
      let figures = contents.figures.first {
        $0.organisation == "Lviv" && $0.period == Period(year: 2025, month: month)
      }
      return figures?.cells.first { contents.series[Int($0.series)] == series }?.value
    }
    #expect(lviv(1, "plan") == 48_118_555_600_000)
    #expect(lviv(12, "plan") == 57_097_827_029_200)
    #expect(lviv(12, "actual") == 56_837_304_807_100)
  }

  // MARK: Payments

  /// The whole family: a body's files, its heading rows, its dates.
  static let payments = """
    inbox: in
    files: ["*/*.csv"]
    header: [Entity, Amount]
    columns:
      organisation: from folder name
      period: { from: file name, as: "* {MM} - *", year: 2020-21 }
      area: Expense Area
      measures:
        paid: { column: Amount, unit: £ }
        payments: { rows: 1 }
    no_value: [""]
    adds: true
    checks: { plausible: { total: within 5 times the median of the last 6 drops } }
    """

  @Test(arguments: [
    ("01 - April.pdf", 23_290_013_17, 1_441), ("03 - June.pdf", 224_736_973_31, 2_243),
    ("09 - December.pdf", 333_748_271_27, 2_546),
    ("11 - February.pdf", 299_086_424_77, 2_620), ("12 - March.pdf", 160_785_305_63, 2_620),
  ])
  func paymentsAddUp(month: String, pence: Int, rows: Int) throws {
    let reading = try read("nhs-spend/SEL/SEL \(month).csv", Self.payments)
    #expect(reading.problems.first.map(\.sentence) == [])
    #expect(reading.outcome == .accepted, "\(reading.doubts)")
    #expect(reading.statistics.rows == rows)
    let paid = reading.statistics.history.totals["paid"]
    #expect(paid == Int128(pence) * 100)
    #expect(reading.contents?.facts["organisation"] == "SEL")
  }

  @Test func transactionNumbersInTheAmountColumnAreHeld() throws {
    let reading = try read("nhs-spend/SEL/SEL 10 - January.pdf.csv", Self.payments)
    #expect(reading.outcome == .held)
    #expect(
      reading.doubts == [
        "380 rows hold what looks like a transaction number in “Amount” (for example 35235874, in row 1073): whole numbers "
          + "of one length, close together and far above the others"
      ])
    var experienced = workbench
    for month in ["06 - September.pdf", "07 - October.pdf", "08 - November.pdf", "09 - December.pdf"] {
      let earlier = try read("nhs-spend/SEL/SEL \(month).csv", Self.payments, experienced)
      #expect(earlier.outcome == .accepted, "\(earlier.doubts)")
      experienced.history.drops.append(earlier.statistics.history)
    }
    let again = try read("nhs-spend/SEL/SEL 10 - January.pdf.csv", Self.payments, experienced)
    #expect(again.outcome == .held)
    #expect(again.doubts.count == 2)
    #expect(
      again.doubts.last?.hasPrefix("this file’s paid adds to £13.6bn; the last 4 had a median of £252.1m") == true)
  }

  /// With the columns that the other months have, the same file is rejected, and still says what is wrong with it.
  @Test func aColumnThatVanishedIsNamed() throws {
    let reading = try read(
      "nhs-spend/SEL/SEL 10 - January.pdf.csv",
      Self.payments.replacing("{ from: file name, as: \"* {MM} - *\", year: 2020-21 }", with: "Date"))
    #expect(reading.outcome == .rejected)
    #expect(reading.problems.first.map(\.kind) == [.missingHeading])
    #expect(reading.doubts.count == 1)
  }

  @Test func hashesAreNeverZero() throws {
    let dated = Self.payments.replacing("{ from: file name, as: \"* {MM} - *\", year: 2020-21 }", with: "Date")
    let april = try read("nhs-spend/SWL/SWL 01 - April.pdf.csv", dated)
    #expect(april.outcome == .rejected)
    #expect(april.problems.count == 1_298 + 11)
    #expect(Set(april.problems.first.compactMap(\.row)) == Set(2...1_299))
    let january = try read("nhs-spend/SWL/SWL 10 - January.pdf.csv", dated)
    #expect(january.problems.first.map(\.value) == Array(repeating: "###########", count: 5))
  }

  /// April is d/m/y and October m/d/y, from one body.
  @Test func daysAboveTwelveSettleTheDates() throws {
    let dated = Self.payments.replacing("{ from: file name, as: \"* {MM} - *\", year: 2020-21 }", with: "Date")
    for (month, number) in [("01 - April.pdf", 1), ("07 - October.pdf", 7), ("11 - February.pdf", 11)] {
      let reading = try read("nhs-spend/SEL/SEL \(month).csv", dated)
      #expect(reading.problems.first.map(\.sentence) == [])
      #expect(reading.contents?.figures.map(\.period) == [Period(year: 2020, month: number)])
    }
  }

  @Test func practicesReadAsTheyAre() throws {
    let reading = try read(
      "gp-payments/14-15.csv",
      """
      inbox: in
      columns:
        organisation: { column: Practice Code, by: code }
        period: 2014-15
        ccg: CCG Code
        measures:
          total: { column: Total NHS Payments to General Practice, unit: £ }
          fees: { column: Prescribing Fee Payments, unit: £ }
          patients: { column: Number of Weighted Patients (Last Known Figure) }
          rate: { column: Average payments per weighted patient }
      no_value: ["-"]
      """)
    #expect(reading.problems.first.map(\.sentence) == [])
    #expect(reading.outcome == .accepted, "\(reading.doubts)")
    #expect(reading.statistics.rows == 7_959)
  }
}
