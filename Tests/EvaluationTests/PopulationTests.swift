import Evaluation
import Finance
import RuleLanguage
import Testing

/// Who is counted, and what is decided while some have not answered.
struct PopulationTests {
  /// P is the parent of A and B; C and D are of another region; D has not answered.
  private static var ledger: LedgerModel {
    var ledger = LedgerModel(
      Register([
        .plain("P", kind: "PCT"), .plain("A", parent: "P"), .plain("B", parent: "P"), .plain("C", region: "North"),
        .plain("D", region: "North"), .plain("Gone", to: Day(iso: "2013-03-31")),
      ]))
    for (code, position) in [("P", Int64(-30)), ("A", -10), ("B", 5), ("C", 20)] {
      _ = ledger.state(code, month(6), [.init(measure: "position", value: position * Amount.scale)])
    }
    return ledger
  }

  private func value(_ expression: String, _ subject: String...) throws -> String {
    let isRegion = ["South", "North"].contains(subject.first)
    let frame = subject.isEmpty ? "overall" : isRegion ? "for each region" : "for each organisation"
    let evaluator = Evaluator(try RuleText.watching(expression, frame: frame), register: Self.ledger.register)
    evaluator.take(Self.ledger.everything)
    evaluator.run()
    guard let watch = evaluator.program.rules[0].watch,
      case .known? = evaluator.outcome(of: watch, for: Subject(subject), at: month(6))
    else { return subject.isEmpty ? evaluator.watched(at: month(6)) : evaluator.watched(subject[0], at: month(6)) }
    let key = AlertKey(rule: "one", subject: Subject(subject))
    return evaluator.finding(for: key, at: month(6))?.watched?.exact ?? "nothing"
  }

  @Test func relations() throws {
    #expect(try value("sum(position over children)", "P") == "-5")
    #expect(try value("position - sum(position over children)", "P") == "-25")
    #expect(try value("sum(position over children)", "C") == "0")
    #expect(try value("count(children)", "P") == "2")
    #expect(try value("count(peers)", "A") == "3")
    #expect(try value("count(peers)", "P") == "0")
    #expect(try value("count(organisation)", "A") == "5")
    #expect(try value("count(organisation in same region)", "C") == "2")
    #expect(try value("count(organisation)", "South") == "3")
    #expect(try value("count(organisation anywhere)", "South") == "5")
    #expect(try value("count(region)") == "2")
  }

  /// A body that is gone has left its last figures, and its successors stand for them.
  @Test func thoseWhoWereThereBefore() throws {
    var ledger = LedgerModel(
      Register([
        .plain("PCT 1", kind: "PCT", to: Day(iso: "2013-03-31"), successors: ["CCG 1", "CCG 2"]),
        .plain("PCT 2", kind: "PCT", to: Day(iso: "2013-03-31"), successors: ["CCG 2"]),
        .plain("CCG 1", from: Day(iso: "2013-04-01")), .plain("CCG 2", from: Day(iso: "2013-04-01")),
        .plain("CCG 3", from: Day(iso: "2013-04-01")),
      ]))
    _ = ledger.state("PCT 1", month(12, 2012), [.k("position", -10)])
    _ = ledger.state("PCT 2", month(12, 2012), [.k("position", 4)])
    for code in ["CCG 1", "CCG 2", "CCG 3"] { _ = ledger.state(code, month(12), [.k("position", 1)]) }
    func value(_ expression: String, _ code: String, _ period: Period = month(12)) throws -> String {
      let evaluator = Evaluator(try RuleText.watching(expression), register: ledger.register)
      evaluator.take(ledger.everything)
      evaluator.run()
      return evaluator.watched(code, at: period)
    }
    #expect(try value("count(predecessors)", "CCG 1") == "1")
    #expect(try value("count(predecessors)", "CCG 2") == "2")
    #expect(try value("count(predecessors)", "CCG 3") == "0")
    #expect(try value("sum(last_year(position) over predecessors)", "CCG 2") == "-6000")
    #expect(try value("count(last_year(position) < £0 over predecessors)", "CCG 2") == "1")
    #expect(try value("sum(position over predecessors)", "CCG 2") == "missing")
    #expect(try value("sum(position over predecessors where code is \"PCT 3\")", "CCG 2") == "0")
    #expect(try value("count(successors)", "PCT 1", month(12, 2012)) == "2")
    #expect(try value("count(successors where organisation is \"NHS CCG 2\")", "PCT 1", month(12, 2012)) == "1")
    #expect(
      try value("count(predecessors where last_year(position) < own(position))", "CCG 2") == "1")
  }

  @Test func ownIsTheSubjectsValue() throws {
    #expect(try value("count(position > own(position) over organisation where position <= £20)", "A") == "missing")
    #expect(try value("count(children where position > own(position))", "P") == "2")
    #expect(try value("lowest(position - own(position) over children)", "P") == "20")
    #expect(try value("count(region where count(position < £0 over organisation) = 0)") == "missing")
  }

  /// One of three has not answered: what it says decides between the ends alone.
  @Test(arguments: [
    ("amber above 30%", Certainty.certain), ("amber above 40%", .provisional), ("amber above 70%", .certain),
  ])
  func certainOrProvisional(_ band: String, _ expected: Certainty) throws {
    var ledger = LedgerModel(Register([.plain("A"), .plain("B"), .plain("C")]))
    _ = ledger.state("A", month(6), [.k("position", -1)])
    _ = ledger.state("B", month(6), [.k("position", 1)])
    let rules = """
      rule one "One"
        overall
        let hit = share(position < £0 over organisation)
        watch hit
        \(band)
        coverage at least 50%
        message "{hit}"
      """
    let key = AlertKey(rule: "one", subject: Subject([]), year: 2013)
    let finding = try #require(try Evaluator(rules, ledger).finding(for: key, at: month(6)))
    #expect(finding.certainty == expected)
    let lines = finding.arithmetic.map { "\($0.expression): \($0.value.shown)" }
    #expect(lines.contains("at least, whatever those say who have not answered: 33.3%"))
    #expect(lines.contains("at most, whatever those say who have not answered: 66.7%"))
    #expect(lines.last == "the verdict, while some have not answered: \(expected.rawValue)")
    _ = ledger.state("C", month(6), [.k("position", 1)])
    #expect(try Evaluator(rules, ledger).finding(for: key, at: month(6))?.certainty == nil)
  }

  /// Whoever has not answered can move a mean as far as they like.
  @Test(arguments: ["mean", "median"]) func aMeanIsNeverCertain(_ aggregate: String) throws {
    var ledger = LedgerModel(Register([.plain("A"), .plain("B"), .plain("C")]))
    _ = ledger.state("A", month(6), [.k("position", 3)])
    _ = ledger.state("B", month(6), [.k("position", 1)])
    let rules = """
      rule one "One"
        overall
        let middle = \(aggregate)(position over organisation)
        watch middle
        amber above £1k
        coverage at least 50%
        message "{middle}"
      """
    let key = AlertKey(rule: "one", subject: Subject([]), year: 2013)
    let finding = try #require(try Evaluator(rules, ledger).finding(for: key, at: month(6)))
    #expect(finding.certainty == .provisional)
    let lines = finding.arithmetic.map { "\($0.expression): \($0.value.shown)" }
    #expect(lines.contains("at least and at most, whatever those say who have not answered: not known"), "\(lines)")
    #expect(lines.contains(".known: 2") && lines.contains(".expected: 3"), "\(lines)")
    _ = ledger.state("C", month(6), [.k("position", 2)])
    let whole = try #require(try Evaluator(rules, ledger).finding(for: key, at: month(6)))
    #expect(whole.certainty == nil && !whole.arithmetic.contains { $0.value.shown == "not known" })
  }

  @Test func strictAndTolerant() throws {
    #expect(try value("sum(position over organisation)") == "missing")
    #expect(try value("sum(position over organisation)", "South") == "-35")
    #expect(try value("highest(position over organisation)", "South") == "5")
    #expect(try value("highest(position over organisation)", "North") == "missing")
    #expect(try value("mean(position over organisation)", "North") == "missing")
    #expect(try value("median(position over organisation)", "South") == "-10")
    #expect(try value("mean(position over organisation)", "South") == "-11.6667")
    #expect(try value("mean(position over children)", "C") == "undefined")
    #expect(try value("highest(position over children)", "C") == "undefined")
    #expect(try value("sum(position over organisation where reported(position))") == "-15")
  }

  /// Of five, two are in deficit, two are not, one has not answered: between 40% and 60%.
  @Test(arguments: [
    ("above 39%", "R"), ("above 40%", ".?"), ("at least 40%", "R"), ("above 60%", "."), ("at least 60%", ".?"),
    ("below 40%", "."), ("below 61%", "R"),
  ])
  func boundsDecideBeforeCoverage(band: String, state: String) throws {
    func states(_ coverage: String) throws -> String {
      try Evaluator(
        """
        rule deficits "Share"
          overall
          watch share(position < £0 over organisation)
          red \(band)
        \(coverage)  message "x"
        """, Self.ledger
      ).states("deficits")
    }
    #expect(try states("") == state)
    // With enough coverage what is between is provisional, by those that answered: 50%.
    let provisional = band == "above 40%" ? "R" : band == "at least 60%" ? "." : state
    #expect(try states("  coverage at least 80%\n") == provisional)
  }

  @Test func membershipIsOfTheDay() throws {
    var ledger = LedgerModel(
      Register([
        .plain("A", region: "South", to: Day(iso: "2013-06-30")),
        .plain("A", region: "North", from: Day(iso: "2013-07-01")),
      ]))
    for number in 1...6 { _ = ledger.state("A", month(number), [.k("position", -1)]) }
    let evaluator = try Evaluator(
      """
      rule one "One"
        for each region
        red when count(position < £0 over organisation) > 0
        message "x"
      """, ledger)
    #expect(evaluator.states("one", "South") == "RRR")
    #expect(evaluator.states("one", "North") == "RRR")
    let north = AlertKey(rule: "one", subject: Subject(["North"]), year: 2013)
    #expect(evaluator.standing(of: north)?.periods.first == month(4))
  }

  @Test func aRuleReadsOtherRules() throws {
    let evaluator = try Evaluator(
      """
      rule both "Both"
        for each organisation
        red when breach(deficit) and severity(deficit) >= amber
        message "x"
      rule deficit "Deficit"
        for each organisation
        watch position
        info below £0
        amber below -£20
        message "x"
      """, Self.ledger)
    #expect(["P", "A", "B"].map { evaluator.states("both", $0) } == ["R", ".", "."])
    #expect(["P", "A", "B"].map { evaluator.states("deficit", $0) } == ["A", "I", "."])
  }
}
