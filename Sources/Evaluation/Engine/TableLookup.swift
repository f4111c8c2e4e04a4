import Finance
import RuleLanguage

/// A table of the rule set, made ready to be asked.
struct TableLookup {
  private let table: Table
  private let rows: [Table.RowKey: Int]
  let hasOverrides: Bool

  init(_ table: Table) {
    self.table = table
    rows = Dictionary(
      table.rows.enumerated().map { ($0.element.key, $0.offset) }, uniquingKeysWith: { first, _ in first })
    hasOverrides = table.hasOverrides
  }

  struct Found {
    var outcome: Outcome
    /// Which row says so; nil where none does.
    var row: Table.RowKey?
  }

  /// The row of the organisation goes first (by its code, else by its name), then that of the key, then `otherwise`. What
  /// no row says is undefined.
  func find(_ key: Table.RowKey, organisation: [String], column: Int, as type: ValueType) -> Found {
    for key in organisation.map(Table.RowKey.organisation) + [key, .otherwise] {
      guard let row = rows[key], let value = table.rows[row].values[column] else { continue }
      return Found(outcome: known(value, as: type), row: key)
    }
    return Found(outcome: .unknown(.undefined), row: nil)
  }

  /// A plain number beside a count is a count, and money beside a unit price is one.
  private func known(_ value: Value, as type: ValueType) -> Outcome {
    switch value {
    case .quotient(let number) where type.isAmount:
      (try? Amount(rounding: number)).map { .known(.amount($0)) } ?? .unknown(.undefined)
    case .amount(let amount) where type.isQuotient: .known(.quotient(Quotient(amount)))
    default: .known(value)
    }
  }
}

extension Table.RowKey {
  /// As the rule file writes it.
  func words(_ calendar: FinancialCalendar) -> String {
    switch self {
    case .text(let text): "\"\(text)\""
    case .year(let year): calendar.label(ofYear: year)
    case .organisation(let name): "organisation \"\(name)\""
    case .otherwise: "otherwise"
    }
  }
}
