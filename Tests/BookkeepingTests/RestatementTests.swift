import Bookkeeping
import Finance
import Storage
import Testing

@Suite struct RestatementTests {
  let ledger: LedgerFixture
  init() throws { ledger = try LedgerFixture() }

  @Test func aLaterDropRestatesTheSameBodyAndPeriod() throws {
    try ledger.account(contents([("A", 5, ["plan": 100, "actual": 90]), ("B", 5, ["plan": 7])]))
    let second = try ledger.account(contents([("A", 5, ["plan": 110])]))
    #expect(try ledger.says() == ["A M5 plan = 110", "B M5 plan = 7"])
    #expect(second.restated == 1)
    #expect(second.withdrawn == 0)
    #expect(second.kept == ["B"], "the body that the new file omits keeps its figures, and it is said")
    #expect(try ledger.verify() == [])
  }

  @Test func anotherPeriodAndAnotherSourceAreLeftAlone() throws {
    try ledger.account(contents([("A", 4, ["plan": 1]), ("A", 5, ["plan": 2])]))
    try ledger.account(contents([("A", 5, ["plan": 3])]))
    try ledger.account(contents([("A", 5, ["loans": 9])], source: "loans"))
    #expect(try ledger.says() == ["A M4 plan = 1", "A M5 loans = 9", "A M5 plan = 3"])
  }

  @Test func byMeasureAPlanDoesNotWipeActuals() throws {
    try ledger.account(contents([("A", 5, ["actual": 90])], restates: .organisationPeriodAndMeasure))
    try ledger.account(contents([("A", 5, ["plan": 100])], restates: .organisationPeriodAndMeasure))
    try ledger.account(contents([("A", 5, ["plan": 101])], restates: .organisationPeriodAndMeasure))
    #expect(try ledger.says() == ["A M5 actual = 90", "A M5 plan = 101"])
  }

  @Test func byPeriodWhatIsOmittedIsWithdrawn() throws {
    try ledger.account(
      contents([("A", 5, ["plan": 1]), ("B", 5, ["plan": 2]), ("B", 6, ["plan": 3])], restates: .period))
    let second = try ledger.account(contents([("A", 5, ["plan": 4])], restates: .period))
    #expect(try ledger.says() == ["A M5 plan = 4", "B M6 plan = 3"])
    #expect(second.restated == 2)
    #expect(second.withdrawn == 1)
    #expect(second.kept == [])
  }

  @Test func aFeedThatAddsRestatesNothing() throws {
    try ledger.account(contents([("A", 5, ["paid": 1])], restates: .nothing))
    let second = try ledger.account(contents([("A", 5, ["paid": 2])], restates: .nothing))
    #expect(try ledger.says() == ["A M5 paid = 1", "A M5 paid = 2"])
    #expect(second.restated == 0)
  }

  @Test func asOfAnswersFromWhatWasKnownThen() throws {
    let first = try ledger.account(contents([("A", 5, ["plan": 1]), ("B", 5, ["plan": 2])], restates: .period))
    let second = try ledger.account(contents([("A", 5, ["plan": 3])], restates: .period))
    #expect(try ledger.says(asOf: 0) == [])
    #expect(try ledger.says(asOf: first.head.sequence) == ["A M5 plan = 1", "B M5 plan = 2"])
    #expect(try ledger.says(asOf: second.head.sequence) == ["A M5 plan = 3"])
    #expect(try ledger.says(asOf: second.head.sequence + 5) == ["A M5 plan = 3"])
  }

  @Test func aDateIsTurnedIntoTheLedgersOwnTime() throws {
    let drops = try (1...3).map { value in try ledger.account(contents([("A", 5, ["plan": Int64(value)])])) }
    func sequence(_ time: Moment) throws -> RecordSequence {
      try ledger.store.read { snapshot in try Record.sequence(at: time, in: snapshot) }
    }
    let second = drops[1].drop.decided
    #expect(try sequence(Moment(milliseconds: 0)) == 0)
    #expect(try sequence(second) == drops[1].head.sequence)
    #expect(try sequence(Moment(milliseconds: second.milliseconds + 999)) == drops[1].head.sequence)
    #expect(try sequence(Moment(milliseconds: second.milliseconds - 1)) == drops[0].head.sequence)
  }

  @Test func onlyTheMeasuresAskedForAreRead() throws {
    try ledger.account(contents([("A", 5, ["plan": 1, "actual": 2]), ("B", 5, ["actual": 3])]))
    #expect(try ledger.says(measures: ["plan"]) == ["A M5 plan = 1"])
    #expect(try ledger.says(measures: ["actual", "unheard of"]) == ["A M5 actual = 2", "B M5 actual = 3"])
    #expect(try ledger.says(measures: []) == [])
  }

  @Test func whatADropTouchedIsWhatItSaidAndWhatItEnded() throws {
    try ledger.account(
      contents([("A", 5, ["plan": 1]), ("B", 5, ["plan": 2]), ("C", 6, ["plan": 3])], restates: .period))
    let second = try ledger.account(contents([("A", 5, ["plan": 4])], restates: .period))
    try ledger.store.read { snapshot in
      let units = try Ledger.touched(by: second.drop.id, in: snapshot)
      #expect(units.map(\.organisation) == ["A", "B"])
      var found: [Int64] = []
      try Ledger.visible(of: units, in: snapshot) { found += $0.cells.map(\.value) }
      #expect(found == [4])
      found = []
      try Ledger.visible(of: units, asOf: second.head.sequence - 1, in: snapshot) { found += $0.cells.map(\.value) }
      #expect(found == [1, 2])
    }
  }

  /// Ids of series are the ledger's: a drop that lists its measures in another order says the same.
  @Test func seriesAreTheLedgersOwn() throws {
    let month = Period(year: 2013, month: 5)
    let series = [
      Series(measure: "plan", members: [.init(dimension: "category", value: "Acute")]), Series(measure: "actual"),
      Series(measure: "plan"),
    ]
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
      let cells = order.indices.map { Cell(series: UInt32($0), rows: 2, firstRow: 9, value: Int64(order[$0])) }
      try ledger.account(
        DropContents(
          source: "returns", name: "x", sha256: [UInt8(order[0])], byteCount: 1, rowCount: 1,
          series: order.map { series[$0] },
          figures: [Figures(organisation: "A", period: month, cells: cells)], restates: .organisationAndPeriod))
      try ledger.store.read { snapshot in
        let known = try Ledger.series(in: snapshot)
        #expect(known == [1: series[0], 2: series[1], 3: series[2]])
        try Ledger.visible(in: snapshot) { version in
          #expect(version.cells.map(\.value) == [0, 1, 2])
          #expect(version.cells.map(\.series) == [1, 2, 3])
        }
      }
    }
  }

  @Test(arguments: [
    [Int64.min, Int64.max], [Int64.max, Int64.min, 0], [0], [-1, 255, 256, -257], [1 << 40, 1 << 41],
  ])
  func anyValueComesBackAsItWent(values: [Int64]) throws {
    let cells = values.enumerated().map { index, value in
      Cell(
        series: UInt32(index * index), rows: index == 0 ? 1 : .max, firstRow: index == 0 ? .max : 0, value: value)
    }
    let series = (0...(values.count * values.count)).map { Series(measure: "m\($0)") }
    try ledger.account(
      DropContents(
        source: "returns", name: "x", sha256: [1], byteCount: 1, rowCount: 1, series: series,
        figures: [
          Figures(organisation: "A", period: Period(year: 2013, month: 0), cells: cells),
          Figures(organisation: "B", period: Period(year: 2013, month: 13), cells: []),
        ], restates: .organisationAndPeriod))
    try ledger.store.read { snapshot in
      var found: [[Cell]] = []
      try Ledger.visible(in: snapshot) { found.append($0.cells) }
      var expected = cells
      for index in expected.indices { expected[index].series += 1 }
      #expect(found == [expected, []])
    }
  }
}
