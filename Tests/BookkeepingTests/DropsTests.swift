import Bookkeeping
import Finance
import Storage
import Testing

@Suite struct DropsTests {
  let ledger: LedgerFixture
  init() throws { ledger = try LedgerFixture() }

  let a = contents([("A", 5, ["plan": 1])], bytes: "a")
  let b = contents([("A", 5, ["plan": 2])], bytes: "b")

  func duplicate(_ contents: DropContents) throws -> DropID? {
    try ledger.store.read { snapshot in
      try Ledger.duplicate(source: contents.source, sha256: contents.sha256, facts: contents.facts, in: snapshot)
    }
  }

  func drop(_ id: DropID) throws -> Drop? { try ledger.store.read { try Ledger.drop(id, in: $0) } }

  @Test func aDropIsADuplicateOnlyWhileItIsCurrent() throws {
    #expect(try duplicate(a) == nil)
    let first = try ledger.account(a)
    #expect(try duplicate(a) == first.drop.id)
    try ledger.account(b)
    #expect(try duplicate(a) == nil, "going back restates")
    let third = try ledger.account(a)
    #expect(try ledger.says() == ["A M5 plan = 1"])
    #expect(try duplicate(a) == third.drop.id)
    #expect(try duplicate(b) == nil)
  }

  @Test func factsAndSourceAreAPartOfTheIdentity() throws {
    var other = a
    other.facts = ["organisation": "B"]
    try ledger.account(a)
    #expect(try duplicate(other) == nil)
    other = a
    other.source = "plans"
    #expect(try duplicate(other) == nil)
  }

  @Test func aDropThatIsPartlyRestatedIsNoDuplicate() throws {
    let whole = contents([("A", 5, ["plan": 1]), ("B", 5, ["plan": 1])], bytes: "whole")
    try ledger.account(whole)
    try ledger.account(b)
    #expect(try duplicate(whole) == nil)
  }

  @Test func aHeldDropIsADuplicateWhileItWaits() throws {
    let held = try ledger.store.write { transaction in
      try Ledger.turnAway(
        Arrival(a, ticket: "t1"), as: .held, reasons: ["13 times the median"], at: ledger.now(), in: transaction)
    }
    #expect(try duplicate(a) == held.id)
    #expect(try ledger.says() == [])
    let decision = Decision(held: held.id, by: "ann", because: "checked")
    #expect(
      try ledger.store.write { try Ledger.reject(decision, at: ledger.now(), in: $0) }?.refersTo == held.id)
    #expect(try duplicate(a) == nil)
    #expect(
      try ledger.store.write { try Ledger.reject(decision, at: ledger.now(), in: $0) } == nil, "settled once")
  }

  @Test func acceptingAHeldDropIsADecisionOfItsOwn() throws {
    let held = try ledger.store.write { transaction in
      try Ledger.turnAway(Arrival(a), as: .held, reasons: ["implausible"], at: ledger.now(), in: transaction)
    }
    try ledger.account(b)
    let accepted = try ledger.account(a, decision: Decision(held: held.id, by: "ann", because: "it is right"))
    #expect(try ledger.says() == ["A M5 plan = 1"])
    #expect(try drop(held.id)?.settledBy == accepted.drop.id)
    #expect(try drop(held.id)?.outcome == .held)
    #expect(try drop(accepted.drop.id)?.because == "it is right")
    #expect(try ledger.store.read { try Ledger.waiting(held.id, in: $0) } == nil)
    #expect(try ledger.verify() == [])
  }

  @Test func everyOutcomeIsWrittenDownWithItsReasons() throws {
    let arrival = Arrival(
      source: "returns", name: "−£.csv", sha256: [1, 2], byteCount: 9, rowCount: 3, facts: ["b": "1", "a": "\"2\""],
      ticket: "t7")
    let first = try ledger.account(a)
    let (rejected, repeated) = try ledger.store.write { transaction in
      (
        try Ledger.turnAway(
          arrival, as: .rejected, reasons: ["Row 3: ######## is no amount"], at: ledger.now(), in: transaction),
        try Ledger.turnAway(
          Arrival(a), as: .duplicate, reasons: [], duplicateOf: first.drop.id, at: ledger.now(), in: transaction)
      )
    }
    #expect(rejected.arrival == arrival)
    #expect(try drop(rejected.id) == rejected)
    #expect(try drop(repeated.id)?.refersTo == first.drop.id)
    #expect(try ledger.store.read { try Ledger.drop(ticket: "t7", in: $0) } == rejected)
    try ledger.store.read { snapshot in
      #expect(try Ledger.drops(in: snapshot).map(\.id) == [3, 2, 1])
      #expect(try Ledger.drops(source: "returns", before: 3, limit: 1, in: snapshot).map(\.id) == [2])
      #expect(try Ledger.drops(source: "plans", in: snapshot).isEmpty)
      let entry = try #require(try Record.entry(rejected.record, in: snapshot))
      #expect(entry.kind == "drop rejected")
      #expect(String(decoding: entry.payload!, as: UTF8.self).contains("Row 3: ######## is no amount"))
    }
    #expect(try ledger.verify() == [])
  }

  /// Once taken, a file is decided once, whatever crashed in between.
  @Test func aTicketIsUsedOnce() throws {
    try ledger.account(a, ticket: "t1")
    #expect(throws: StorageError.self) { try ledger.account(b, ticket: "t1") }
    #expect(try ledger.says() == ["A M5 plan = 1"])
  }

  @Test func evaluationGoesThroughTheAcceptedDropsInOrder() throws {
    let drops = try [a, b, a].map { try ledger.account($0).drop.id }
    _ = try ledger.store.write { transaction in
      try Ledger.turnAway(Arrival(b), as: .rejected, reasons: ["no"], at: ledger.now(), in: transaction)
    }
    let due = try #require(try note(dueFor: 5))
    let last = try ledger.account(b).drop
    func pending() throws -> [LedgerEvent] { try ledger.store.read { try Ledger.pendingEvaluation(in: $0) } }
    let events = try pending()
    #expect(events.map(\.drop) == drops + [nil, last.id])
    #expect(events[3] == .due(due))
    for event in events {
      #expect(try pending().first == event)
      try ledger.store.write { try Ledger.setEvaluated(event, in: $0) }
      #expect(try ledger.store.read { try Ledger.evaluatedThrough(in: $0) } == event.record)
    }
    #expect(try pending() == [])
  }

  private func note(dueFor month: Int) throws -> DueReturns? {
    try ledger.store.write { transaction in
      try Ledger.note(
        dueFrom: ["B", "A"], of: "returns", for: Period(year: 2013, month: month), by: Day(iso: "2013-09-20")!,
        measures: ["plan", "actual"], at: ledger.now(), in: transaction)
    }
  }

  /// A period is due once, and the ledger's history knows from when on.
  @Test func whatWasDueIsNotedOnce() throws {
    let before = try ledger.store.read { try Record.head(in: $0).sequence }
    let due = try #require(try note(dueFor: 5))
    #expect(try note(dueFor: 5) == nil)
    #expect(try note(dueFor: 4) == nil, "what was due before is history")
    let next = try #require(try note(dueFor: 6))
    try ledger.store.read { snapshot in
      #expect(try Ledger.due(in: snapshot) == [due, next])
      #expect(try Ledger.due(through: before, in: snapshot) == [])
      #expect(try Ledger.due(through: due.record, in: snapshot) == [due])
      #expect(try Ledger.due(after: due.record, in: snapshot) == [next])
      #expect(try Ledger.lastDue(of: "returns", in: snapshot) == Period(year: 2013, month: 6))
      #expect(try Ledger.lastDue(of: "plans", in: snapshot) == nil)
      #expect(due.organisations == ["A", "B"])
      #expect(due.measures == ["actual", "plan"])
      let entry = try #require(try Record.entry(due.record, in: snapshot))
      #expect(entry.kind == "period due")
      let payload = String(decoding: try #require(entry.payload), as: UTF8.self)
      #expect(payload.contains("\"organisations\":[\"A\",\"B\"],\"period\":201305,\"source\":\"returns\""))
    }
    #expect(try ledger.verify() == [])
    try ledger.store.write { try $0.execute("UPDATE due SET deadline = '2013-12-31' WHERE period = 201306") }
    #expect(try ledger.verify().map(\.kind) == [.due])
  }

  @Test func totalsOfTheLastDropsAreKept() throws {
    for value in 1...4 {
      try ledger.account(contents([("A", 5, ["plan": Int64(value), "actual": -2]), ("B", 5, ["plan": 10])]))
    }
    try ledger.account(contents([("A", 5, ["plan": .max]), ("B", 5, ["plan": .max])]))
    let totals = try ledger.store.read { try Ledger.totals(ofLast: 3, of: "returns", in: $0) }
    #expect(totals.map { $0.drop.id } == [5, 4, 3])
    #expect(totals.map { $0.measures["plan"]?.total } == [nil, 14, 13])
    #expect(totals[1].measures["actual"] == .init(total: -2, cells: 1))
    #expect(totals[1].drop.arrival.rowCount == 4)
  }

  @Test func whatADropWouldReplaceIsKnownBefore() throws {
    try ledger.account(contents([("A", 5, ["plan": 1, "actual": 2]), ("B", 5, ["plan": 1, "actual": 2])]))
    let replacement = try ledger.store.read { snapshot in
      try Ledger.replacement(by: contents([("A", 5, ["plan": 1])]), in: snapshot)
    }
    #expect(replacement == Replacement(versions: 1, keys: 2, keysLost: 1, measuresLost: ["actual"]))
    let feed = try ledger.store.read { snapshot in
      try Ledger.replacement(by: contents([("A", 5, ["plan": 1])], restates: .nothing), in: snapshot)
    }
    #expect(feed == Replacement())
  }

  @Test func aCellIsTracedToItsDropAndRow() throws {
    try ledger.account(contents([("A", 5, ["paid": 1])], restates: .nothing, name: "one.csv"))
    try ledger.account(contents([("B", 5, ["paid": 1]), ("A", 5, ["paid": 2])], restates: .nothing, name: "two.csv"))
    let origins = try ledger.store.read { snapshot in
      try Ledger.origins(
        of: "paid", organisation: "A", period: Period(year: 2013, month: 5), in: snapshot)
    }
    #expect(origins.map(\.drop.arrival.name) == ["one.csv", "two.csv"])
    #expect(origins.map(\.firstRow) == [2, 3])
    #expect(origins.map(\.value) == [1, 2])
    #expect(
      try ledger.store.read {
        try Ledger.origins(
          of: "paid", members: [.init(dimension: "category", value: "Acute")], organisation: "A",
          period: Period(year: 2013, month: 5), in: $0)
      } == [])
  }

  @Test func exportIsCSVThatASpreadsheetDoesNotRun() throws {
    let month = Period(year: 2013, month: 5)
    try ledger.account(
      DropContents(
        source: "returns", name: "x", sha256: [1], byteCount: 1, rowCount: 1,
        series: [
          Series(measure: "plan", members: [.init(dimension: "category", value: "=cmd(), \"x\"")]),
          Series(measure: "share"),
        ],
        figures: [
          Figures(
            organisation: "RX1", period: month,
            cells: [
              Cell(series: 0, rows: 2, firstRow: 2, value: -12_345_600),
              Cell(series: 1, rows: 1, firstRow: 9, value: 50_000_000),
            ])
        ], restates: .organisationAndPeriod))
    var bytes: [UInt8] = []
    try ledger.store.read { snapshot in try Ledger.export(ratios: ["share"], in: snapshot) { bytes += $0 } }
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        source,organisation,year,month,measure,category,amount,drop,first_row,rows\r
        returns,RX1,2013,5,plan,"'=cmd(), ""x""\",-1234.56,1,2,2\r
        returns,RX1,2013,5,share,,0.05,1,9,1\r

        """)
  }
}
