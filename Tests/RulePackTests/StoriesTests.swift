import Drops
import Evaluation
import Finance
import Foundation
import RuleLanguage
import Testing

/// What the packs' rules make of whole years of drops.
@Suite struct StoriesTests {
  /// A letter a period: `.` quiet, lower case pending, capitals firing, `?` after it where the period is unknown.
  static func states(_ evaluator: Evaluator, _ rule: String, _ subject: String..., year: Int?) -> String {
    let standing = evaluator.standing(of: AlertKey(rule: rule, subject: Subject(subject), year: year))
    return (standing?.states ?? []).map { state in
      let letter =
        switch state.phase {
        case .quiet: "."
        case .pending(let severity): String(severity.word.prefix(1))
        case .firing(let severity): severity.word.prefix(1).uppercased()
        case .suppressed: "x"
        }
      return letter + (state.unknown == nil ? "" : "?")
    }.joined()
  }

  // MARK: The quickstart's year

  static func quickstart(through last: String) throws -> Evaluator {
    let folder = Pack.root.appending(path: "Deploy/quickstart/drops")
    let pack = try Pack("nhs-commissioning")
    var ledger = PackLedger(pack)
    for delivery in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() where delivery <= last {
      let files = folder.appending(path: delivery)
      for name in try FileManager.default.contentsOfDirectory(atPath: files.path).sorted() {
        let file = files.appending(path: name)
        try ledger.take(pack.read(file, as: file.deletingPathExtension().lastPathComponent))
      }
    }
    return ledger.evaluator()
  }

  @Test func theQuickstartTellsItsStory() throws {
    let year = try Self.quickstart(through: "2024-25-M12")
    func states(_ rule: String, _ body: String) -> String { Self.states(year, rule, body, year: 2024) }
    #expect(states("overspend", "QA2") == "...aAAARRAA.")
    #expect(states("overspend", "QA4") == "......rRRRRR")
    #expect(states("overspend", "QA3") == "............")
    #expect(states("overspend", "QB4") == "............")
    #expect(states("optimistic_forecast", "QA4") == "...aaA......")
    #expect(states("savings_behind", "QB2") == "....AAAARRRR")
    #expect(states("savings_behind", "QA1") == "....AAA.....")
    #expect(states("underlying_deficit", "QB1") == "....AAAA....")
  }

  @Test func theMistypedReturnFiresUntilItIsCorrected() throws {
    let before = try Self.quickstart(through: "2024-25-M07")
    #expect(Self.states(before, "overspend", "QA3", year: 2024) == ".....rR")
    #expect(Self.states(before, "overspend", "QB3", year: 2024) == "......?.")
    let after = try Self.quickstart(through: "2024-25-M07-late-return")
    #expect(Self.states(after, "overspend", "QA3", year: 2024) == ".......")
    #expect(Self.states(after, "overspend", "QB3", year: 2024) == ".......")
  }

  // MARK: Published files as found

  @Test(.enabled(if: Pack.hasSharedData)) func councilsOverBudget() throws {
    let pack = try Pack("local-government")
    var ledger = PackLedger(pack)
    let folder = Pack.shared.appending(path: "councils")
    try ledger.take(pack.read(folder.appending(path: "RA_2021-22_data_by_LA.csv"), as: "budget"))
    try ledger.take(pack.read(folder.appending(path: "RSX_2021-22_data_by_LA_Live.csv"), as: "outturn"))
    let evaluator = ledger.evaluator()
    let period = Period(year: 2021, month: 12)
    let firing = evaluator.activeStandings().filter { $0.key.rule == "childrens_overspend" }.map { $0.now.firing }
    #expect(firing.count == 98)
    #expect(firing.count { $0 == .red } == 63)
    let all = evaluator.finding(for: AlertKey(rule: "most_councils_over", subject: Subject([]), year: 2021), at: period)
    #expect(all?.severity == .red)
    #expect(all?.sentence == "122 of 157 councils are over: 98 by 5% or more, 63 by 10% or more")
    let bristol = evaluator.finding(
      for: AlertKey(rule: "childrens_overspend", subject: Subject(["E0102"]), year: 2021), at: period)
    #expect(bristol?.sentence == "Bristol spent £90.9m on children's social care, £7.6m (+9.1%) over budget")
    #expect(bristol?.detail == "Budget £83.3m, outturn £90.9m: 9.073127%")
    #expect(bristol?.watched?.exact == "7561/83334")
  }

  @Test(.enabled(if: Pack.hasSharedData)) func citiesAgainstAnEvenShareOfTheYear() throws {
    let pack = try Pack("city-budgets")
    var ledger = PackLedger(pack)
    try ledger.take(
      pack.read(Pack.shared.appending(path: "city-budgets/expenses_2024-01_to_2026-06.csv"), as: "expenses"))
    let evaluator = ledger.evaluator()
    let pay = evaluator.finding(
      for: AlertKey(rule: "item_ahead_of_plan", subject: Subject(["Lviv", "2111"]), year: 2025),
      at: Period(year: 2025, month: 12))
    #expect(pay?.sentence == "Lviv, item 2111: ₴5.7bn spent, 99.5% of an even share of ₴5.7bn")
    // Counted independently from the file alone.
    #expect(Self.firingPeriods(evaluator) == ["ahead_of_plan": 19, "item_ahead_of_plan": 143, "month_out_of_line": 52])
  }

  @Test(.enabled(if: Pack.hasSharedData)) func paymentsThatJump() throws {
    let pack = try Pack("payments")
    var ledger = PackLedger(pack)
    let folder = Pack.shared.appending(path: "nhs-spend/SEL")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where !name.contains("January") {
      try ledger.take(pack.read(folder.appending(path: name), as: "payments"))
    }
    let evaluator = ledger.evaluator()
    // A month without a list is unknown: what fired before it is held.
    #expect(Self.states(evaluator, "month_out_of_line", "SEL", year: nil) == ".?.?RR?R?..A..?.A")
    let june = evaluator.finding(
      for: AlertKey(rule: "month_out_of_line", subject: Subject(["SEL"])), at: Period(year: 2020, month: 3))
    #expect(
      june?.sentence
        == "NHS South East London CCG paid £224.7m in 2,243 payments, 964.9% of the last month known (£23.3m)")
    // Four lists are missing, two of them in a row.
    #expect(Self.states(evaluator, "missing_month", "SEL", year: nil) == ".AAARAAAAAAA")
    // The two months after the last list, once they are due: the feed has ended, and nothing that comes says so.
    let last = Period(year: 2021, month: 1)
    let due = [last, last.advanced(months: 1)].map {
      DuePeriod(period: $0, measures: Array(pack.sources["payments"]!.measures.names), organisations: ["SEL"])
    }
    evaluator.take(LedgerChange(due: due))
    evaluator.run()
    #expect(Self.states(evaluator, "missing_month", "SEL", year: nil) == ".AAARAAAAAAAAR")
    // Worked out once in Python: a supplier's sum of the month, and the highest of the known ones of the three months before.
    func suppliers(_ rule: String) -> [String] {
      evaluator.standings { _ in true }.filter { standing in
        standing.key.rule == rule && standing.states.contains { $0.firing != nil }
      }.map { $0.key.subject.keys[1] }.sorted()
    }
    #expect(
      suppliers("supplier_growth") == [
        "BEXLEY COUNCIL", "LONDON BOROUGH OF LAMBETH", "LONDON BOROUGH OF LEWISHAM", "NHS NEL CSU",
        "ROYAL BOROUGH OF GREENWICH",
      ])
    // One and the same trust is new twice, under two names.
    #expect(
      suppliers("new_supplier") == [
        "GUYS & ST THOMAS HOSPITAL NHS FOUNDATION TRUST", "KING`S COLLEGE HOSPITAL NHS FOUNDATION TRUST",
        "LEWISHAM & GREENWICH NHS TRUST", "LONDON AMBULANCE SERVICE NHS TRUST", "LONDON BOROUGH OF BROMLEY",
        "OXLEAS NHS FOUNDATION TRUST", "SOUTH LONDON AND MAUDSLEY NHS FOUNDATION TRUST",
        "TRUST GUYS & ST THOMAS HOSPITAL NHS FOUNDATION TRUST",
      ])
  }

  /// Worked out once in Python: the lists of a body in the order of their months, each line as the tuple of supplier,
  /// transaction number, amount as a decimal, expense type and expense area, in lower case and single spaces; a tuple that
  /// an earlier list or an earlier row of the list has is a repeat: four lines, in 46 lists with transaction numbers.
  static let repeated = [
    "NEBD M12 row 2, 2655126p, repeats row 261 of M11 (NORTH WEST OSTOMY SUPPLIES)",
    "NEBD M6 row 2, 2952097p, repeats row 136 of M5 (KCOM GROUP PLC)",
    "SEL M3 row 995, 601729p, repeats row 994 of M3 (AKERMAN MEDICAL PRACTICE)",
    "SWL M11 row 384, 13708700p, repeats row 2103 of M8 (CONNECT HEALTH LTD)",
  ]

  @Test(.enabled(if: Pack.hasSharedData)) func paymentsListedTwice() throws {
    let pack = try Pack("payments")
    var found: [String] = []
    for body in ["SEL", "SWL", "CROY", "KGST", "NEBD"] {
      var ledger = PackLedger(pack)
      var periods: [Int64: Period] = [:]
      let folder = Pack.shared.appending(path: "nhs-spend/\(body)")
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
        let reading = try pack.read(folder.appending(path: name), as: "payments", after: ledger.lists)
        guard reading.outcome == .accepted, let contents = reading.contents else { continue }
        try ledger.take(reading)
        for figures in contents.figures {
          periods[ledger.lists.version(of: body, figures.period)] = figures.period
          for line in figures.lines?.repetitions ?? [] {
            let month = line.earlierVersion.map { periods[$0]!.month } ?? figures.period.month
            let supplier = contents.series[Int(line.series)].members.map(\.value).joined()
            found.append(
              "\(body) M\(figures.period.month) row \(line.row), \(line.value / 100)p, repeats row "
                + "\(line.earlierRow) of M\(month) (\(supplier))")
          }
        }
      }
    }
    #expect(found.sorted() == Self.repeated)
  }

  /// Python's statistics.median over the other bodies, of the file's rows with weighted patients: £125.76 elsewhere, and
  /// (135.597 - 125.756) × 236,251 = £2.325m. All bodies together: £7,204.1m ÷ 56,625,866 patients.
  @Test(.enabled(if: Pack.hasSharedData)) func practicesAgainstTheirPeers() throws {
    let pack = try Pack("payments")
    var ledger = PackLedger(pack)
    try ledger.take(pack.read(Pack.shared.appending(path: "gp-payments/14-15.csv"), as: "practices"))
    let evaluator = ledger.evaluator()
    let finding = evaluator.finding(
      for: AlertKey(rule: "practices_above_peers", subject: Subject(["12A"]), year: 2014),
      at: Period(year: 2014, month: 12))
    #expect(finding?.severity == .amber)
    #expect(
      finding?.sentence
        == "South Gloucestershire pays practices £135.60 a weighted patient, its peers £125.76: £2.3m for 236,251 patients"
    )
    #expect(finding?.detail?.hasSuffix("£127.22 a patient") == true, "\(finding?.detail ?? "")")
    #expect(Self.firingPeriods(evaluator) == ["practices_above_peers": 71])
  }

  /// In how many periods each rule fires, over all its subjects.
  private static func firingPeriods(_ evaluator: Evaluator) -> [String: Int] {
    var counts: [String: Int] = [:]
    for standing in evaluator.standings(where: { _ in true }) {
      let firing = standing.states.count { $0.firing != nil }
      if firing > 0 { counts[standing.key.rule, default: 0] += firing }
    }
    return counts
  }
}
