import Bookkeeping
import Evaluation
import RuleLanguage
import Storage

/// What the ledger says, as evaluation takes it in: only the measures that the rules read.
struct LedgerFeed {
  private let measures: Set<String>

  init(for program: Program) {
    measures = Set(program.measures.map(\.name))
  }

  /// All that was visible after a record (now, for nil).
  func everything(asOf record: RecordSequence? = nil, in reading: some Reading) throws -> LedgerChange {
    var change = LedgerChange(series: try Ledger.series(measures: measures, in: reading))
    try Ledger.visible(asOf: record, measures: measures, in: reading) { change.versions.append($0) }
    return change
  }

  /// What one drop changed.
  func change(by drop: Drop, in reading: some Reading) throws -> LedgerChange {
    let touched = try Ledger.touched(by: drop.id, in: reading)
    var change = LedgerChange(series: try Ledger.series(measures: measures, in: reading), touched: touched)
    try Ledger.visible(of: touched, asOf: drop.record, measures: measures, in: reading) { change.versions.append($0) }
    return change
  }
}
