import Finance

/// For whom, or for when, the numbers of a rule's tables are taken: one row, and what it leaves to `otherwise`.
struct TableCase: Sendable {
  let row: Table.RowKey
  /// By the table's number, the row of that key and the one that it leaves the rest to, where there are such rows.
  fileprivate let rows: [Int: (own: Int?, otherwise: Int?)]

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
    let numbers = Set(
      reachable(from: roots, intoPopulations: false).compactMap { id -> Int? in
        if case .lookup(let table, _, _) = self[id].operation { table } else { nil }
      }
    ).sorted()
    guard Set(numbers.map { tables[$0].key }).count == 1 else { return [] }
    let places = numbers.map { number in
      Dictionary(uniqueKeysWithValues: tables[number].rows.enumerated().map { ($0.element.key, $0.offset) })
    }
    var seen: Set<Table.RowKey> = []
    return numbers.flatMap { tables[$0].rows }.map(\.key).filter { seen.insert($0).inserted }.map { key in
      let rows = zip(numbers, places).map { ($0, (own: $1[key], otherwise: $1[.otherwise])) }
      return TableCase(row: key, rows: Dictionary(uniqueKeysWithValues: rows))
    }
  }

  /// The value of what is written out as a number, in the rule or in a row of a table, or worked out of such numbers.
  func number(_ id: NodeID, in row: TableCase?) -> Quotient? {
    // Nobody writes a limit of more parts; lets that double each other would have more than can ever be looked at.
    var parts = 100
    return number(id, in: row, &parts)
  }

  private func number(_ id: NodeID, in row: TableCase?, _ parts: inout Int) -> Quotient? {
    guard parts > 0 else { return nil }
    parts -= 1
    func both(_ left: NodeID, _ right: NodeID) -> (Quotient, Quotient)? {
      guard let left = number(left, in: row, &parts), let right = number(right, in: row, &parts) else { return nil }
      return (left, right)
    }
    switch self[id].operation {
    case .lookup(let table, let column, _):
      guard let row, let places = row.rows[table] else { return nil }
      func value(_ place: Int?) -> Value? { place.flatMap { tables[table].rows[$0].values[column] } }
      let own = value(places.own)
      // An organisation's own row leaves the rest to that of its kind, which is not known here.
      if own == nil, case .organisation = row.row { return nil }
      switch own ?? value(places.otherwise) {
      case .amount(let amount): return Quotient(amount)
      case .quotient(let quotient): return quotient
      default: return nil
      }
    case .converted(let operand): return number(operand, in: row, &parts)
    case .negate(let operand): return number(operand, in: row, &parts).flatMap { try? $0.negated() }
    case .add(let left, let right): return both(left, right).flatMap { try? $0.0.adding($0.1) }
    case .subtract(let left, let right): return both(left, right).flatMap { try? $0.0.subtracting($0.1) }
    case .multiply(let left, let right): return both(left, right).flatMap { try? $0.0.multiplied(by: $0.1) }
    default: return literal(id)
    }
  }
}
