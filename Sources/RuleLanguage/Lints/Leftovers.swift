import Diagnostics
import Finance

// Tables that leave somebody out, suppressions that are over.

extension Lint {
  /// Whom no row names has no limit, and is never over it.
  static let tableWithoutOtherwise = Lint(
    .tableWithoutOtherwise,
    ofSet: { set in
      set.tree.tables.filter { table in
        !table.rows.contains { if case .otherwise = $0.key { true } else { false } }
      }.map { table in
        .warning(
          .tableWithoutOtherwise, "the table `\(table.name.text)` has no row for whom it does not name",
          at: table.name.span,
          "for them nothing is known", fix: "a last row: otherwise …")
      }
    })

  /// It no longer holds anything back, and says to a reader that it does.
  static let suppressionExpired = Lint(
    .suppressionExpired,
    ofSet: { set in
      set.tree.rules.flatMap(\.clauses).compactMap { clause in
        guard case .suppress(_, let until?, _) = clause.kind else { return nil }
        let last = until.lastDay(set.program.calendar)
        guard last < set.today else { return nil }
        return .warning(
          .suppressionExpired, "the suppression ended on \(last)", at: clause.span, "suppresses nothing any more",
          fix: "delete it, or give it a later day")
      }
    })
}

extension Clause.Until {
  /// The last day on which it holds.
  func lastDay(_ calendar: FinancialCalendar) -> Day {
    switch self {
    case .date(let day): day.value
    case .year(let year): calendar.lastDay(Period(year: year.year, month: 12))
    }
  }
}
