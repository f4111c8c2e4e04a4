import Finance

/// What each operator makes of which quantities, asked of the builder that puts rules together.
package enum OperatorTables {
  package enum Sign: String, CaseIterable, Sendable {
    case plus = "+", minus = "-", times = "*", over = "/", above = ">", equals = "="
  }

  /// The kind of value that `left SIGN right` is, by the kinds of its sides.
  package static func types(_ sign: Sign) -> ReferenceTable {
    let sides: [ValueType] =
      switch sign {
      case .above, .equals: ValueType.allCases
      case .plus, .minus, .times, .over: ValueType.allCases.filter(\.isNumeric)
      }
    return table("left \(sign.rawValue) right", sides.map(\.rawValue)) { left, right in
      result(sign, Side(sides[left]), Side(sides[right]))?.type.rawValue
    }
  }

  /// What `left SIGN right` stands for in time, by what its sides stand for: two of one kind, or for × ÷ by a number one
  /// of them alone.
  package static func bases(_ sign: Sign) -> ReferenceTable {
    let sides: [Basis?] = Basis.allCases + [nil]
    return table("left \(sign.rawValue) right", sides.map(words)) { left, right in
      result(sign, Side(.money, sides[left]), Side(.money, sides[right])).map { words($0.basis) }
    }
  }

  /// All of them, in the order of the reference.
  package static var all: [ReferenceTable] {
    Sign.allCases.map(types) + [.plus, .minus, .over, .above].map(bases)
  }

  // MARK: Cells

  private struct Side {
    var type: ValueType
    var basis: Basis?
    init(_ type: ValueType, _ basis: Basis? = nil) {
      self.type = type
      self.basis = basis
    }
  }

  private static func words(_ basis: Basis?) -> String { basis?.rawValue ?? "none" }

  private static func table(
    _ title: String, _ names: [String], _ cell: (_ left: Int, _ right: Int) -> String?
  ) -> ReferenceTable {
    ReferenceTable(
      title: title, columns: [title] + names,
      rows: names.indices.map { left in
        [names[left]] + names.indices.map { right in cell(left, right) ?? ReferenceTable.nothing }
      })
  }

  /// Two measures side by side; nil where they do not go together.
  private static func result(_ sign: Sign, _ left: Side, _ right: Side) -> Node? {
    guard let currency = Currency(code: "GBP") else { preconditionFailure("GBP is a currency's code") }
    let measures = [left, right].map { Measure(name: "side", type: $0.type, basis: $0.basis) }
    let builder = ProgramBuilder(
      currency: currency, calendar: FinancialCalendar(firstMonth: 4), measures: measures)
    do throws(Misuse) {
      let one = try builder.side(0, left.type, left.basis)
      let other = try builder.side(1, right.type, right.basis)
      let whole =
        switch sign {
        case .plus: try builder.add(one, other)
        case .minus: try builder.subtract(one, other)
        case .times: try builder.multiply(one, other)
        case .over: try builder.divide(one, other)
        case .above: try builder.compare(.greater, one, other)
        case .equals: try builder.compare(.equal, one, other)
        }
      return builder[whole]
    } catch {
      return nil
    }
  }
}

extension ProgramBuilder {
  fileprivate func side(_ measure: Int, _ type: ValueType, _ basis: Basis?) throws(Misuse) -> NodeID {
    try make(.cells(measure: measure, slice: .everything), type, basis: basis, frame: .organisation)
  }
}
