import Bookkeeping
import Evaluation
import Finance
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
    var change = LedgerChange(series: try series(in: reading))
    try Ledger.visible(asOf: record, measures: measures, in: reading) { change.appeared.append(LedgerVersion($0)) }
    return change
  }

  /// What one drop changed.
  func change(by drop: Drop, in reading: some Reading) throws -> LedgerChange {
    let change = try Ledger.change(by: drop, measures: measures, in: reading)
    return LedgerChange(
      series: try series(in: reading), appeared: change.appeared.map { LedgerVersion($0) }, withdrawn: change.ended)
  }

  /// By their ids in the ledger, which count from 1.
  private func series(in reading: some Reading) throws -> [Series] {
    let known = try Ledger.series(measures: measures, in: reading)
    var series = [Series](repeating: Series(measure: ""), count: Int(known.keys.max() ?? 0) + 1)
    for (id, one) in known { series[Int(id)] = one }
    return series
  }
}

extension LedgerVersion {
  fileprivate init(_ version: Version) {
    self.init(
      id: version.id, drop: version.drop, organisation: version.unit.organisation, period: version.unit.period,
      cells: version.cells)
  }
}
