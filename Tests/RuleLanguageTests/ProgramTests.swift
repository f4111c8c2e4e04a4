import Diagnostics
import Finance
import RuleLanguage
import RuleLibrary
import Testing

/// What a checked rule says to the evaluation.
@Suite struct ProgramTests {
  private func program(_ text: String) throws -> Program {
    try #require(load(heading + text).program, "\(rendered(heading + text))")
  }

  private func rule(_ clauses: String, frame: String = "for each organisation", name: String = "one") -> String {
    "rule \(name) \"R\"\n  \(frame)\n"
      + clauses.split(separator: "\n").map { "  \($0)\n" }.joined() + "  message \"x\"\n"
  }

  private func aggregate(_ program: Program, _ id: NodeID?) throws -> (Population, NodeID?) {
    guard case .aggregate(_, let population, let value, _) = program[try #require(id)].operation else {
      throw NotAnAggregate()
    }
    return (population, value)
  }

  struct NotAnAggregate: Error {}

  @Test func operandsStandBeforeWhatUsesThem() throws {
    let checked = try program(ExampleTests.text.components(startingAt: "let overspent"))
    for (index, node) in checked.nodes.enumerated() {
      for operand in node.operation.operands { #expect(operand.index < index) }
    }
    #expect(Set(checked.nodes).count == checked.nodes.count)
  }

  @Test func aBandIsAComparisonOfTheWatch() throws {
    let rule = try program(rule("watch forecast - plan\namber outside -£5m to £10m\nred at least £20m")).rules[0]
    #expect(rule.breaches.map(\.severity) == [.amber, .amber, .red])
    #expect(rule.breaches.map { $0.band?.comparison } == [.less, .greater, .greaterOrEqual])
  }

  @Test func defaults() throws {
    let rule = try program(rule("red when plan > £0")).rules[0]
    #expect(rule.persistsFor == 1 && rule.clearsAfter == 1 && rule.clears == nil && rule.ifUnknown == .hold(periods: 2))
    #expect(rule.effectiveFrom == nil && rule.effectiveTo == nil && rule.owner == nil && rule.step == .month)
  }

  @Test func effectiveYearsAreWhole() throws {
    let rule = try program(rule("effective from 2013-14 to 2014-15\nred when plan > £0")).rules[0]
    #expect(rule.effectiveFrom == Period(year: 2013, month: 0))
    #expect(rule.effectiveTo == Period(year: 2014, month: 13))
  }

  @Test func foldedByYear() throws {
    let checked = try program(
      "measure outturn money full year every year\nmeasure budget money full year reference every year\n"
        + rule("red when spent > £0", name: "flow") + rule("red when actual > £0", name: "to_date")
        + rule("red when ytd(spent) > even_profile(plan)", name: "against_plan")
        + rule("red when breach(to_date)", name: "through") + rule("red when outturn > budget", name: "yearly"))
    let folded = Dictionary(uniqueKeysWithValues: checked.rules.map { ($0.name, $0.isFoldedByYear) })
    #expect(folded == ["flow": false, "to_date": true, "against_plan": true, "through": true, "yearly": false])
    #expect(checked.rules.first { $0.name == "yearly" }?.step == .year)
    let through = try #require(checked.rules.first { $0.name == "through" })
    #expect(through.measures.map { checked.measures[$0].name } == ["actual"])
    let order = checked.rules.map(\.name)
    #expect(try #require(order.firstIndex(of: "to_date")) < #require(order.firstIndex(of: "through")))
  }

  @Test func aStepBackIsOneOfTheMeasuresOwn() throws {
    let checked = try program(
      "measure outturn money full year every year\nmeasure visits count in period every quarter\n"
        + rule("watch previous(outturn, 2)\nred above £0", name: "years")
        + rule("watch previous(visits, 2)\nred above 0", name: "quarters"))
    let years = try #require(checked.rules[0].watch)
    guard case .lastYear(let one) = checked[years].operation, case .lastYear = checked[one].operation else {
      Issue.record("two years back are two years")
      return
    }
    let quarters = try #require(checked.rules[1].watch)
    guard case .previous(_, periods: 6) = checked[quarters].operation else {
      Issue.record("two quarters back are six months")
      return
    }
  }

  // MARK: Frames and populations

  @Test func membersInsideEachFrame() throws {
    func members(_ expression: String, _ frame: String) throws -> Population {
      let checked = try program(rule("watch \(expression)\nred above 0", frame: frame))
      return try aggregate(checked, checked.rules[0].watch).0
    }
    #expect(try members("count(organisation)", "overall").members == .organisation)
    #expect(try members("count(organisation)", "for each region").members == .organisation)
    #expect(
      try members("count(organisation)", "for each organisation and category").members
        == Frame([.organisation, .dimension("category")]))
    #expect(try members("count(region)", "overall").members == Frame([.attribute("region")]))
    #expect(
      try members("count(plan > £0 over category)", "for each organisation").members
        == Frame([.organisation, .dimension("category")]))
    let peers = try members("count(peers in same region)", "for each organisation")
    #expect(peers.relation == .peers && peers.sameAttribute == "region" && !peers.anywhere)
    #expect(try members("count(organisation anywhere)", "for each region").anywhere)
    #expect(try members("count(children)", "for each organisation").relation == .children)
  }

  @Test func ownIsOfTheOuterFrame() throws {
    let checked = try program(rule("watch count(plan > own(plan) over peers)\nred above 0"))
    let (_, value) = try aggregate(checked, checked.rules[0].watch)
    let condition = try #require(value)
    #expect(checked[condition].readsOwner)
    let watch = try #require(checked.rules[0].watch)
    #expect(!checked[watch].readsOwner)
  }

  @Test func regionsOfCounts() throws {
    let checked = try program(
      rule("watch count(count(position < £0 over organisation) >= 1 over region)\nred above 0", frame: "overall"))
    let (population, value) = try aggregate(checked, checked.rules[0].watch)
    #expect(population.members == Frame([.attribute("region")]))
    #expect(checked[try #require(value)].frame == population.members)
  }

  @Test func aSliceReachesThroughALet() throws {
    let checked = try program(
      "let overspent = forecast - plan\n" + rule("watch overspent[category is \"acute\"]\nred above £0"))
    let slices = checked.nodes.compactMap { node in
      if case .cells(_, let slice) = node.operation { slice } else { nil }
    }
    #expect(slices == Array(repeating: .isValue(dimension: "category", value: "acute"), count: 2))
  }

  @Test func coverageGoesIntoTheShares() throws {
    func coverage(_ clause: String) throws -> Quotient.Literal {
      let checked = try program(
        rule("\(clause)watch share(plan > £0 over organisation)\nred above 5%", frame: "overall"))
      guard case .aggregate(_, _, _, let coverage) = checked[try #require(checked.rules[0].watch)].operation else {
        throw NotAnAggregate()
      }
      return coverage
    }
    #expect(try coverage("") == Quotient.Literal(numerator: 9, denominator: 10))
    #expect(try coverage("coverage at least 72.5%\n") == Quotient.Literal(numerator: 29, denominator: 40))
  }

  /// A let is worked out where it is used: for a member, whatever the rule's own subject is.
  @Test func aLetOfARuleMayBeAboutMembers() throws {
    _ = try program(
      rule("let short = position < £0\nwatch share(short over organisation)\nred above 5%", frame: "overall"))
    let unused = heading + rule("let wrong = position < 5\nwatch plan\nred above £0")
    #expect(load(unused).diagnostics.map(\.code) == ["R203"])
    // What an unused let tries in vain hides nothing from the rules behind it.
    let bad =
      heading + "let bad = position < 5\n"
      + rule("let unused = bad\nwatch count(organisation)\nred above 0", frame: "overall")
      + rule("red when bad", name: "two")
    #expect(load(bad).diagnostics.map(\.code).contains("R203"))
  }

  @Test func oneExpressionIsOneNode() throws {
    let text =
      rule("watch forecast - plan\nred above £0", name: "one")
      + rule("watch forecast - plan\nred above £1", name: "two")
    let checked = try program(text)
    #expect(checked.rules[0].watch == checked.rules[1].watch)
  }

  @Test func severalFilesAreOneSet() throws {
    let files = [
      SourceText(name: "measures.rules", heading),
      SourceText(name: "one.rules", "let gap = forecast - plan\n" + rule("watch gap\nred above £0")),
      SourceText(name: "two.rules", rule("watch gap / plan\nred above 2pp", name: "two")),
    ]
    let found = RuleSet.load(files: files, library: .all)
    #expect(found.program == nil)
    #expect(found.diagnostics.map(\.code) == ["R205"])
    #expect(found.diagnostics.first?.primary?.span.text == 2)
  }

  @Test func theRegisterSaysWhichAttributesThereAre() {
    let text = heading + rule("red when tier is \"one\"")
    #expect(load(text).diagnostics.map(\.code) == ["R301"])
    let found = RuleSet.load(
      files: [SourceText(name: "test.rules", text)], library: .all, attributes: RuleSet.usualAttributes.union(["tier"]))
    #expect(found.program != nil)
  }

  @Test func otherCurrenciesAndYears() throws {
    let text = """
      currency UAH
      year starts in January
      measure spent money in period
      rule one "One"
        for each organisation
        effective in 2021
        watch spent
        amber above ₴5m
        red above UAH 6m
        message "{period}"

      """
    let checked = try #require(load(text).program, "\(rendered(text))")
    #expect(checked.currency == "UAH" && checked.calendar.followsCalendarYear)
    let bounds = checked.rules[0].breaches.compactMap(\.band?.bound).map { NodePrinter(checked).text($0) }
    #expect(bounds == ["₴5m", "₴6m"])
  }
}

extension String {
  /// From the first place where `text` stands.
  fileprivate func components(startingAt text: String) -> String {
    firstRange(of: text).map { String(self[$0.lowerBound...]) } ?? self
  }
}
