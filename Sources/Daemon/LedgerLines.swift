import Bookkeeping
import Drops
import Finance
import Storage

/// The lines that a source's drops have brought into a ledger.
struct LedgerLines: LineHistory {
  let store: Store
  let source: String

  func forEachList(
    of organisation: String, in periods: ClosedRange<Period>, _ body: (EarlierList) throws -> Void
  ) throws {
    try store.read { snapshot in
      try Ledger.lines(of: organisation, in: periods, source: source, in: snapshot) { version, period, lines in
        try body(EarlierList(version: version, period: period, lines: lines))
      }
    }
  }
}
