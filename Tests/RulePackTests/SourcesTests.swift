import Drops
import Finance
import Foundation
import RuleLanguage
import Testing

/// The sources of the shipped rule packs, on the drops that they were made for.
@Suite struct SourcesTests {
  /// Sums of cells in ten-thousandths, by organisation.
  static func amounts(
    _ reading: DropReading, _ measure: String, _ period: String, where members: [String: String] = [:],
    _ calendar: FinancialCalendar
  ) -> [String: Int64] {
    var sums: [String: Int64] = [:]
    for figures in reading.contents?.figures ?? [] where calendar.label(figures.period) == period {
      for cell in figures.cells {
        let series = reading.contents!.series[Int(cell.series)]
        let values = Dictionary(uniqueKeysWithValues: series.members.map { ($0.dimension, $0.value) })
        guard series.measure == measure, members.allSatisfy({ values[$0.key] == $0.value }) else { continue }
        sums[figures.organisation, default: 0] += cell.value
      }
    }
    return sums
  }

  @Test(arguments: Pack.all) func theSourcesOfAPackAreSound(_ name: String) throws {
    let pack = try Pack(name)
    #expect(pack.complaints == [])
    #expect(!pack.sources.isEmpty)
  }

  /// An alert tells whoever gets it whose it is and what to do next, in words that need no other page.
  @Test(arguments: Pack.all) func everyRuleSaysWhoseItIsAndWhatToDo(_ name: String) throws {
    for rule in try Pack(name).program.rules {
      #expect(rule.owner?.isEmpty == false, "\(rule.name)")
      let runbook = rule.runbook ?? ""
      #expect(runbook.count > 50 && runbook.hasSuffix(".") && !runbook.contains("://"), "\(rule.name): \(runbook)")
    }
  }

  @Test func everyDropOfTheCasesAndTheQuickstartIsAccepted() throws {
    let pack = try Pack("nhs-commissioning")
    var read = 0
    for folder in ["Tests/Fixtures/cases", "Deploy/quickstart/drops"] {
      let files = FileManager.default.enumerator(atPath: Pack.root.path + "/" + folder)
      while let path = files?.nextObject() as? String {
        let file = Pack.root.appending(path: "\(folder)/\(path)")
        let parent = file.deletingLastPathComponent().lastPathComponent
        let source = pack.sources[parent] == nil ? file.deletingPathExtension().lastPathComponent : parent
        guard file.pathExtension == "csv", pack.sources[source] != nil else { continue }
        let reading = try pack.read(file, as: source)
        #expect(
          reading.outcome == .accepted, "\(path): \(reading.problems.first.prefix(3).map(\.sentence)) \(reading.doubts)"
        )
        read += 1
      }
    }
    #expect(read == 81)
  }

  /// 152 published percentages to nine decimals, and the counts among all councils that have the service.
  @Test(.enabled(if: Pack.hasSharedData)) func councilsAsPublished() throws {
    let pack = try Pack("local-government")
    let folder = Pack.shared.appending(path: "councils")
    let budget = try pack.read(folder.appending(path: "RA_2021-22_data_by_LA.csv"), as: "budget")
    let outturn = try pack.read(folder.appending(path: "RSX_2021-22_data_by_LA_Live.csv"), as: "outturn")
    #expect(budget.outcome == .accepted, "\(budget.problems.first.prefix(3).map(\.sentence))")
    #expect(outturn.outcome == .accepted, "\(outturn.problems.first.prefix(3).map(\.sentence))")
    let calendar = pack.context.calendar
    let budgets = Self.amounts(budget, "childrens_budget", "2021-22 M12", calendar)
    let spent = Self.amounts(outturn, "childrens_spend", "2021-22 M12", calendar)
    let both = budgets.filter { $0.value > 0 && spent[$0.key] ?? 0 > 0 }.map {
      (budget: $0.value, spent: spent[$0.key]!)
    }
    #expect(both.count == 157)
    #expect(both.count { $0.spent > $0.budget } == 122)
    #expect(both.count { ($0.spent - $0.budget) * 20 >= $0.budget } == 98)
    #expect(both.count { ($0.spent - $0.budget) * 10 >= $0.budget } == 63)

    let published = try String(
      contentsOf: folder.appending(path: "published-overspend-2021-22.csv"), encoding: .utf8)
    var reproduced = 0
    for row in published.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = row.split(separator: ",").suffix(3)
      let figures = fields.compactMap { Double($0) }
      guard figures.count == 3, !row.hasPrefix("\"ENGLAND\"") else { continue }
      let cells = (budget: Int64(figures[0]) * 10_000_000, spent: Int64(figures[1]) * 10_000_000)
      guard both.contains(where: { $0 == cells }) else { continue }
      let percent = Double(cells.spent - cells.budget) * 100 / Double(cells.budget)
      if abs(percent - figures[2]) < 0.5e-9 { reproduced += 1 }
    }
    #expect(reproduced == 152)
  }

  @Test(.enabled(if: Pack.hasSharedData)) func citiesWithoutCountingTwice() throws {
    let pack = try Pack("city-budgets")
    let file = Pack.shared.appending(path: "city-budgets/expenses_2024-01_to_2026-06.csv")
    let reading = try pack.read(file, as: "expenses")
    #expect(reading.outcome == .accepted, "\(reading.problems.first.prefix(3).map(\.sentence))")
    #expect(reading.statistics.rows + reading.statistics.rowsIgnored == 59_204)
    #expect(reading.statistics.rowsIgnored == 22_948)
    #expect(reading.statistics.organisations == 25)
    let pay = ["fund": "C", "item": "2111"]
    let calendar = pack.context.calendar
    #expect(Self.amounts(reading, "plan", "2025 M1", where: pay, calendar)["Lviv"] == 48_118_555_600_000)
    #expect(Self.amounts(reading, "plan", "2025 M12", where: pay, calendar)["Lviv"] == 57_097_827_029_200)
    #expect(Self.amounts(reading, "spent", "2025 M12", where: pay, calendar)["Lviv"] == 56_837_304_807_100)
  }

  /// January holds transaction numbers among its amounts and must not pass.
  @Test(.enabled(if: Pack.hasSharedData)) func paymentsMonthByMonth() throws {
    let pack = try Pack("payments")
    let folder = Pack.shared.appending(path: "nhs-spend/SEL")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    var history = SourceHistory()
    var accepted: [String: Int64] = [:]
    for name in names {
      let reading = try pack.read(folder.appending(path: name), as: "payments", history)
      if name.contains("January") {
        #expect(reading.outcome == .held, "\(reading.problems.first.prefix(3).map(\.sentence))")
        #expect(reading.doubts.contains { $0.contains("transaction number") }, "\(reading.doubts)")
      } else {
        #expect(
          reading.outcome == .accepted, "\(name): \(reading.problems.first.prefix(3).map(\.sentence)) \(reading.doubts)"
        )
        history.drops.append(reading.statistics.history)
        let period = reading.contents.flatMap { $0.figures.first.map { pack.context.calendar.label($0.period) } } ?? ""
        accepted[period] = Self.amounts(reading, "paid", period, pack.context.calendar)["SEL"]
      }
    }
    #expect(accepted["2020-21 M9"] == 3_337_482_712_700)
    #expect(accepted["2020-21 M11"] == 2_990_864_247_700)
    #expect(accepted.count == 8)
  }
}
