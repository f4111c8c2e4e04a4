import Alerting
import Bookkeeping
import Evaluation
import Finance
import Foundation
import RuleLanguage
import Storage

/// What the ledger says, as evaluation takes it in: only the measures that the rules read.
struct LedgerFeed {
  private let measures: Set<String>
  private let references: Set<String>
  private let timeZone: TimeZone

  /// - Parameter timeZone: in which the days are counted on which something came.
  init(for program: Program, in timeZone: TimeZone) {
    self.timeZone = timeZone
    measures = Set(program.measures.map(\.name))
    references = Set(program.measures.filter(\.isReference).map(\.name))
  }

  /// Hands over what was visible after a record (now, for nil), and how it came to that where rules ask.
  func load(
    into evaluator: Evaluator, asOf record: RecordSequence? = nil, in reading: some Reading
  ) throws {
    guard evaluator.readsHistory else { return evaluator.take(try everything(asOf: record, in: reading)) }
    try playDrops(through: record, in: reading) { evaluator.take($0.change) }
  }

  /// All that was visible after a record (now, for nil).
  func everything(asOf record: RecordSequence? = nil, in reading: some Reading) throws -> LedgerChange {
    var change = LedgerChange(series: try Ledger.series(measures: measures, in: reading))
    try Ledger.visible(asOf: record, measures: measures, in: reading) { change.versions.append($0) }
    change.due = try Ledger.due(through: record, in: reading).map(DuePeriod.init)
    return change
  }

  /// What one event changed.
  func change(by event: LedgerEvent, in reading: some Reading) throws -> LedgerChange {
    switch event {
    case .drop(let drop): try change(by: drop, in: reading)
    case .due(let due): LedgerChange(due: [DuePeriod(due)], day: due.noted.day(in: timeZone))
    }
  }

  private func change(by drop: Drop, in reading: some Reading) throws -> LedgerChange {
    let touched = try Ledger.touched(by: drop.id, in: reading)
    var change = LedgerChange(series: try Ledger.series(measures: measures, in: reading), touched: touched)
    try Ledger.visible(of: touched, asOf: drop.record, measures: measures, in: reading) { change.versions.append($0) }
    change.day = drop.decided.day(in: timeZone)
    return change
  }

  // MARK: History

  /// The ledger's history, step by step.
  func steps(
    _ order: Rehearsal.Order, calendar: FinancialCalendar, in reading: some Reading
  ) throws -> [ReplayStep] {
    switch order {
    case .asReported: try drops(in: reading)
    case .byPeriod: try periods(calendar, in: reading)
    }
  }

  private func drops(in reading: some Reading) throws -> [ReplayStep] {
    var steps: [ReplayStep] = []
    try playDrops(in: reading) { steps.append($0) }
    return steps
  }

  private func playDrops(
    through record: RecordSequence? = nil, in reading: some Reading, _ body: (ReplayStep) throws -> Void
  ) throws {
    let series = try Ledger.series(measures: measures, in: reading)
    var due = try Ledger.due(through: record, in: reading)[...]
    func playDue(before record: RecordSequence) throws {
      while let one = due.first, one.record < record {
        due.removeFirst()
        let change = LedgerChange(due: [DuePeriod(one)], day: one.noted.day(in: timeZone))
        try body(ReplayStep(change: change, time: one.noted))
      }
    }
    try Ledger.play(through: record, measures: measures, in: reading) { played in
      try playDue(before: played.drop.record)
      let numbers = Set(played.versions.lazy.flatMap { $0.cells.lazy.map(\.series) })
      let change = LedgerChange(
        series: series.filter { numbers.contains($0.key) }, touched: played.touched, versions: played.versions,
        day: played.drop.decided.day(in: timeZone))
      try body(ReplayStep(change: change, drop: played.drop.id, time: played.drop.decided))
    }
    try playDue(before: .max)
  }

  /// A period at the end of its last day, and that it was due on the day after its deadline. What is stated once and read all year comes with the year's first.
  private func periods(_ calendar: FinancialCalendar, in reading: some Reading) throws -> [ReplayStep] {
    let everything = try everything(in: reading)
    let periods = Dictionary(grouping: everything.versions) { version in
      let isReference = version.cells.allSatisfy { cell in
        everything.series[cell.series].map { references.contains($0.measure) } ?? false
      }
      return isReference ? Period(year: Int(version.unit.period.year), month: 0) : version.unit.period
    }
    let reported = periods.sorted { $0.key < $1.key }.map { period, versions in
      let end = Moment(startOf: calendar.lastDay(period).advanced(days: 1))
      return ReplayStep(
        change: LedgerChange(series: everything.series, versions: versions, day: calendar.lastDay(period)),
        time: Moment(milliseconds: end.milliseconds - 1))
    }
    let due = try Ledger.due(in: reading).map { due in
      let day = due.deadline.advanced(days: 1)
      return ReplayStep(change: LedgerChange(due: [DuePeriod(due)], day: day), time: Moment(startOf: day))
    }
    // Figures go before what was due in the same moment, and both stay in their own order.
    return (reported + due).enumerated().sorted {
      ($0.element.time.milliseconds, $0.offset) < ($1.element.time.milliseconds, $1.offset)
    }.map(\.element)
  }
}

extension DuePeriod {
  fileprivate init(_ due: DueReturns) {
    self.init(
      period: due.period, measures: due.measures, organisations: due.organisations,
      asked: Asked(of: due.source, by: due.deadline))
  }
}
