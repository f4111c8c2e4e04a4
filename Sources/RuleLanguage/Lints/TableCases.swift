import Finance

/// For whom, or for when, the numbers of a rule's tables are taken: one row, and what it leaves to `otherwise`.
struct TableCase: Sendable {
  var row: Table.RowKey

  /// As it is written: `"PCT"`, `otherwise`.
  func words(_ calendar: FinancialCalendar) -> String {
    switch row {
    case .text(let text): "\"\(text)\""
    case .year(let year): calendar.label(ofYear: year)
    case .organisation(let name): "organisation \"\(name)\""
    case .otherwise: "otherwise"
    }
  }
}

extension Program {
  /// The rows of the tables that these read their numbers from; nothing for tables that go by different things, of which
  /// no row belongs to a row of the other.
  func tableCases(of roots: [NodeID]) -> [TableCase] {
    let looked = reachable(from: roots, intoPopulations: false).compactMap { id -> Table? in
      if case .lookup(let table, _, _) = self[id].operation { tables[table] } else { nil }
    }
    guard Set(looked.map(\.key)).count == 1 else { return [] }
    var seen: Set<Table.RowKey> = []
    return looked.flatMap(\.rows).map(\.key).filter { seen.insert($0).inserted }.map(TableCase.init)
  }

  /// The value of what is written out as a number, in the rule or in a row of a table, or worked out of such numbers.
  func number(_ id: NodeID, in row: TableCase?) -> Quotient? {
    func both(_ left: NodeID, _ right: NodeID) -> (Quotient, Quotient)? {
      number(left, in: row).flatMap { left in number(right, in: row).map { (left, $0) } }
    }
    switch self[id].operation {
    case .lookup(let table, let column, _):
      guard let row else { return nil }
      let rows = tables[table].rows
      let own = rows.first { $0.key == row.row }?.values[column]
      // An organisation's own row leaves the rest to that of its kind, which is not known here.
      if own == nil, case .organisation = row.row { return nil }
      switch own ?? rows.first(where: { $0.key == .otherwise })?.values[column] {
      case .amount(let amount): return Quotient(amount)
      case .quotient(let quotient): return quotient
      default: return nil
      }
    case .converted(let operand): return number(operand, in: row)
    case .negate(let operand): return number(operand, in: row).flatMap { try? $0.negated() }
    case .add(let left, let right): return both(left, right).flatMap { try? $0.0.adding($0.1) }
    case .subtract(let left, let right): return both(left, right).flatMap { try? $0.0.subtracting($0.1) }
    case .multiply(let left, let right): return both(left, right).flatMap { try? $0.0.multiplied(by: $0.1) }
    default: return literal(id)
    }
  }
}
