import Alerting
import Bookkeeping
package import Drops
package import Finance
import Foundation
package import RuleLanguage
import Storage

/// From a taken file to a decision in the ledger: read once, checked, and written down as accepted, held, rejected or a
/// duplicate (T1).
struct Intake {
  private let store: Store
  private let archive: Archive
  private let context: ReadingContext
  private let measures: [String: Measure]
  /// A restatement that loses more than one in so many of the figures it replaces is held.
  private static let mostLost = 10

  init(store: Store, archive: Archive, program: Program, register: Register?) {
    self.store = store
    self.archive = archive
    context = ReadingContext(program, register: register)
    measures = Dictionary(uniqueKeysWithValues: program.measures.map { ($0.name, $0) })
  }

  /// One pass over the file: archive, hash and parser get every byte. Only what may enter the ledger stays in the archive.
  func read(_ taken: TakenDrop, of source: SourceSettings) throws -> DropReading {
    var writer = try ArchiveWriter(into: archive)
    let reading = try reader(source).read(descriptor: taken.descriptor, name: taken.name) { try writer.write($0) }
    try taken.verify(reading.sha256)
    if reading.contents != nil { try writer.keep(as: reading.sha256) }
    return reading
  }

  /// Reads a drop again from the archive: a held one that a person accepts.
  func reread(_ drop: Drop, of source: SourceSettings) throws -> DropReading {
    let descriptor = try archive.open(drop.arrival.sha256)
    defer { close(descriptor) }
    // Where the folder said whom the file is about, that is known by its code.
    let folder = drop.arrival.facts["organisation"] ?? source.inbox.split(separator: "/").last.map(String.init) ?? ""
    return try reader(source).read(
      descriptor: descriptor, name: DropName(file: drop.arrival.name, folder: folder))
  }

  /// T1: what becomes of the drop, in one transaction with the record of it and with what people have to be told.
  func account(
    _ reading: DropReading, of source: SourceSettings, ticket: String, watch: Watch, at time: Moment
  ) throws -> DropOutcome {
    try store.write { transaction in
      let arrival = Arrival(reading, source: source.name, ticket: ticket)
      guard let contents = reading.contents else {
        let problems = reading.problems
        let drop = try Ledger.turnAway(
          arrival, as: .rejected, reasons: problems.summary, at: time, in: transaction)
        try watch.report(
          Report.dropRejected.announcement(
            about: reading.name.file, source: source.name,
            sentence: "\(reading.name.file) of \(source.name) was rejected: \(problems.summary[0])",
            detail: problems.count > 1
              ? "\(problems.count) problems; they are listed in \(reading.name.file).errors.csv" : nil,
            drop: drop.id, at: time),
          at: time, in: transaction)
        return .rejected
      }
      if let original = try Ledger.duplicate(
        source: source.name, sha256: reading.sha256, facts: contents.facts, in: transaction)
      {
        try Ledger.turnAway(
          arrival, as: .duplicate, reasons: ["the same bytes as drop \(original), which is what the ledger says"],
          duplicateOf: original, at: time, in: transaction)
        return .accepted
      }
      let doubts = try reading.doubts + oddities(contents, at: time) + losses(contents, in: transaction)
      guard doubts.isEmpty else {
        let drop = try Ledger.turnAway(arrival, as: .held, reasons: doubts, at: time, in: transaction)
        try watch.report(
          Report.dropHeld.announcement(
            about: reading.name.file, source: source.name,
            sentence: "\(reading.name.file) of \(source.name) is held: \(doubts[0])",
            detail:
              "outturn drops accept \(drop.id) --because \"…\", or outturn drops reject \(drop.id) --because \"…\"",
            drop: drop.id, at: time),
          at: time, in: transaction)
        return .held
      }
      _ = try Ledger.account(contents, ticket: ticket, at: time, in: transaction)
      return .accepted
    }
  }

  private func reader(_ source: SourceSettings) throws -> DropReader {
    let history = try store.read { try Ledger.totals(ofLast: SourceHistory.mostDrops, of: source.name, in: $0) }
    return DropReader(
      source: source, context: context, history: SourceHistory(history),
      lines: LedgerLines(store: store, source: source.name))
  }

  /// A file with nothing in it, or one that speaks of months that have not begun: a mistyped year would close what is open.
  private func oddities(_ contents: DropContents, at time: Moment) -> [String] {
    guard !contents.figures.isEmpty else { return ["there is not one figure in it"] }
    // Time zones apart, it is tomorrow nowhere later than this.
    let tomorrow = time.day.advanced(days: 1)
    let early = contents.figures.first { figures in
      figures.cells.contains { cell in
        guard let measure = measures[contents.series[Int(cell.series)].measure], !measure.isReference else {
          return false
        }
        return context.calendar.days(of: figures.period, measure.step).lowerBound > tomorrow
      }
    }
    return early.map { ["it speaks of \(context.calendar.label($0.period)), which has not begun"] } ?? []
  }

  /// A file that forgets much of what it replaces was more likely cut short than meant so.
  private func losses(_ contents: DropContents, in reading: some Storage.Reading) throws -> [String] {
    guard contents.restates != .nothing else { return [] }
    let replaced = try Ledger.replacement(by: contents, in: reading)
    if let measure = replaced.measuresLost.sorted().first {
      return ["it restates earlier figures and leaves out the measure \(measure) altogether"]
    }
    guard replaced.keysLost * Self.mostLost > replaced.keys else { return [] }
    return ["it restates \(replaced.keys) earlier figures and leaves out \(replaced.keysLost) of them"]
  }
}

extension ReadingContext {
  /// What drops are read against: the measures as the rules declare them.
  package init(_ program: Program, register: Register?) {
    self.init(
      calendar: program.calendar, currency: Currency(code: program.currency)!, register: register,
      measures: Dictionary(
        uniqueKeysWithValues: program.measures.map { measure in
          guard let quantity = Quantity(rawValue: measure.type.rawValue) else {
            preconditionFailure("a measure is a number; \(measure.name) is \(measure.type.rawValue)")
          }
          return (
            measure.name,
            DeclaredMeasure(quantity: quantity, high: measure.adverse.map { $0 == .high ? .adverse : .favourable })
          )
        }))
  }
}

extension SourceHistory {
  /// As many as the longest look back that a source may ask for.
  static let mostDrops = 36

  fileprivate init(_ totals: [DropTotals]) {
    self.init(
      totals.reversed().map { drop in
        Drop(rows: drop.drop.arrival.rowCount, totals: drop.measures.compactMapValues { $0.total.map { Int128($0) } })
      })
  }
}

extension Arrival {
  fileprivate init(_ reading: DropReading, source: String, ticket: String) {
    self.init(
      source: source, name: reading.name.file, sha256: reading.sha256, byteCount: reading.byteCount,
      rowCount: reading.statistics.rows, facts: reading.contents?.facts ?? [:], ticket: ticket)
  }
}

extension DropProblems {
  /// The first few in sentences, never none.
  fileprivate var summary: [String] {
    let shown = first.prefix(5).map(\.sentence)
    return count > shown.count ? shown + ["and \(count - shown.count) more problems"] : shown
  }
}
