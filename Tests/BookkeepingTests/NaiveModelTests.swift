import Bookkeeping
import Finance
import Hashing
import Storage
import TestKit
import Testing

/// Random drops of all kinds against a model that keeps every figure in a dictionary and thinks of nothing else.
@Suite struct NaiveModelTests {
  struct Place: Hashable {
    var source: String
    var organisation: String
    var month: Int
    /// "" but for a source that restates by measure.
    var measure: String
  }

  struct Model {
    /// What each drop says of a place; a feed has several.
    var says: [Place: [[String: Int64]]] = [:]

    mutating func take(_ drop: DropContents) {
      let spoken = drop.figures.map { figures in
        let cells = figures.cells.map { (drop.series[Int($0.series)].measure, $0.value) }
        return (
          Place(
            source: drop.source, organisation: figures.organisation, month: Int(figures.period.month),
            measure: figures.measure ?? ""), Dictionary(uniqueKeysWithValues: cells)
        )
      }
      if drop.restates == .period {
        let months = Set(spoken.map(\.0.month))
        says = says.filter { $0.key.source != drop.source || !months.contains($0.key.month) }
      }
      for (place, cells) in spoken {
        if drop.restates != .nothing { says[place] = [] }
        says[place, default: []].append(cells)
      }
    }

    var lines: [String] {
      says.flatMap { place, drops in
        drops.flatMap { cells in
          cells.map { "\(place.organisation) M\(place.month) \($0.key) = \($0.value)" }
        }
      }.sorted()
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func theLedgerSaysWhatTheModelSays(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let ledger = try LedgerFixture()
    var model = Model()
    var history: [(sequence: RecordSequence, lines: [String])] = []
    let kinds: [Restatement] = [.organisationAndPeriod, .organisationPeriodAndMeasure, .period, .nothing]
    for number in 0..<30 {
      let kind = kinds.randomElement(using: &random)!
      let measures = ["plan", "actual", "forecast"].filter { _ in Bool.random(using: &random) }
      let figures = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        (
          organisation: ["A", "B", "C"].randomElement(using: &random)!, month: Int.random(in: 4...6, using: &random),
          values: Dictionary(
            uniqueKeysWithValues: measures.map { ($0, Int64.random(in: -9...9, using: &random)) })
        )
      }
      var seen: Set<String> = []
      let drop = contents(
        figures.filter { seen.insert("\($0.organisation)\($0.month)").inserted }, restates: kind,
        source: kind.rawValue, bytes: "\(number)")
      model.take(drop)
      let accounted = try ledger.account(drop)
      history.append((accounted.head.sequence, model.lines))
      #expect(try ledger.says() == model.lines)
      if number == 15 {
        try ledger.close()
        try ledger.open()
      }
    }
    for (sequence, lines) in history { #expect(try ledger.says(asOf: sequence) == lines) }
    #expect(try ledger.verify() == [])
  }
}
