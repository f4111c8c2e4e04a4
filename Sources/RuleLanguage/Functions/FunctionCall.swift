package import Finance

/// One call of a library function: its arguments, checked by what its parameters take, and what it is put together with.
package struct FunctionCall {
  package enum Argument: Hashable, Sendable {
    case value(NodeID)
    /// A whole number, or a number of periods.
    case whole(Int)
    /// The cells of a dimension, as members of the subject.
    case cells(Population)
    case period(Period)
    case day(Day)
    case rule(String)
  }

  package let name: String
  package let arguments: [Argument]
  /// Of the call.
  package let frame: Frame
  package let builder: ProgramBuilder
  /// How many members of a population have to be known, where the call takes one.
  let coverage: Quotient.Literal

  init(name: String, arguments: [Argument], frame: Frame, builder: ProgramBuilder, coverage: Quotient.Literal) {
    self.name = name
    self.arguments = arguments
    self.frame = frame
    self.builder = builder
    self.coverage = coverage
  }

  // MARK: Arguments

  package func has(_ index: Int) -> Bool { arguments.indices.contains(index) }

  /// The node of an argument that is an expression.
  package func id(_ index: Int) -> NodeID {
    guard case .value(let id) = arguments[index] else { preconditionFailure("argument \(index) is an expression") }
    return id
  }

  package func node(_ index: Int) -> Node { builder[id(index)] }

  package func whole(_ index: Int) -> Int? {
    guard index < arguments.count, case .whole(let number) = arguments[index] else { return nil }
    return number
  }

  package func cells(_ index: Int) -> Population {
    guard case .cells(let population) = arguments[index] else {
      preconditionFailure("argument \(index) is a dimension")
    }
    return population
  }

  /// The period at which something starts.
  package func period(_ index: Int) -> Period {
    guard case .period(let period) = arguments[index] else { preconditionFailure("argument \(index) is a period") }
    return period
  }

  /// An argument that is no expression, as it is written: `3 periods`.
  package func written(_ index: Int) -> String {
    switch arguments[index] {
    case .whole(let count): "\(count) periods"
    case .period(let period): "from " + builder.calendar.label(period)
    default: preconditionFailure("argument \(index) is written out")
    }
  }

  /// Whether what an expression reads is stated once and stands: a plan, which also speaks of what is to come.
  package func readsReferencesOnly(_ index: Int) -> Bool { builder.step(of: id(index)) == nil }

  package func day(_ index: Int) -> Day {
    guard case .day(let day) = arguments[index] else { preconditionFailure("argument \(index) is a day") }
    return day
  }

  package func rule(_ index: Int) -> String {
    guard case .rule(let name) = arguments[index] else { preconditionFailure("argument \(index) is a rule") }
    return name
  }

  // MARK: Nodes

  /// A node of the call's frame.
  package func make(
    _ operation: Operation, _ type: ValueType, basis: Basis? = nil, adverse: Adverse? = nil
  ) throws(Misuse) -> NodeID {
    try builder.make(
      operation, type, basis: basis, adverse: adverse, frame: frame,
      conflict: operation.operands.contains { builder.hasConflict($0) })
  }

  /// The call as a node of its own, that a kernel works out. Its operands are the arguments that are expressions, unless
  /// others are given.
  ///
  /// - Parameters:
  ///   - written: what else the call is written with.
  ///   - step: by which periods the kernel counts, where it hangs on that.
  package func called(
    _ type: ValueType, basis: Basis? = nil, adverse: Adverse? = nil, over operands: [NodeID]? = nil,
    written: [String] = [], step: Step? = nil, kernel: SeriesKernel
  ) throws(Misuse) -> NodeID {
    let expressions = arguments.compactMap { if case .value(let id) = $0 { id } else { nil } }
    return try builder.call(
      Callee(name, written: written, step: step), kernel, operands ?? expressions, type, basis: basis,
      adverse: adverse, frame: frame)
  }

  /// The same operation, said to stand for another time or to be adverse another way: what an operator gives by its own
  /// rules is not always what a function means.
  package func meaning(_ id: NodeID, basis: Basis?, adverse: Adverse?) throws(Misuse) -> NodeID {
    let node = builder[id]
    return try make(node.operation, node.type, basis: basis, adverse: adverse)
  }

  /// The sum of an expression over the members of a population.
  package func sum(_ value: NodeID, over population: Population) throws(Misuse) -> NodeID {
    let node = builder[value]
    return try make(
      .aggregate(.sum, population: population, value: value, coverage: coverage), node.type, basis: node.basis,
      adverse: node.adverse)
  }

  /// The median of an expression over the subject's peers, for a call whose subject is one organisation.
  package func medianOfPeers(_ value: NodeID) throws(Misuse) -> NodeID {
    guard frame.keys.first == .organisation else {
      throw Misuse(
        .subjectUnfit, "`\(name)` compares one organisation with its peers; the subject here is \(frame.spoken)",
        fix: { _ in "for each organisation" })
    }
    let node = builder[value]
    return try make(
      .aggregate(.median, population: Population(members: frame, relation: .peers), value: value, coverage: coverage),
      node.type, basis: node.basis, adverse: node.adverse)
  }

  // MARK: What a function requires

  /// Two arguments of one type.
  package func requireAlike(_ left: Int, _ right: Int) throws(Misuse) {
    guard node(left).type == node(right).type else {
      throw Misuse(
        .argumentUnfit,
        "`\(name)` takes two of a kind, not \(node(left).type.spoken) and \(node(right).type.spoken)",
        operand: right, node(right).spoken, others: [left: node(left).spoken])
    }
  }

  /// Indexes of the measures in an argument, where the subject is one organisation: whom a return is of.
  package func measuresOfOneOrganisation(_ index: Int) throws(Misuse) -> [Int] {
    let measures = builder.measuresRead(from: [id(index)])
    guard !measures.isEmpty, frame.keys.contains(.organisation) else {
      throw Misuse(
        .argumentUnfit, "`\(name)` asks about a measure that one organisation returns", operand: index,
        node(index).spoken, fix: { [name] _ in "for each organisation, or count(… \(name)(…) … over organisation)" })
    }
    return measures.sorted()
  }

  /// The basis of arguments that stand side by side: the same, as far as they have one.
  @discardableResult
  package func requireOneBasis(_ indexes: Int...) throws(Misuse) -> Basis? {
    var first: Int?
    for index in indexes {
      guard let basis = node(index).basis else { continue }
      guard let before = first else {
        first = index
        continue
      }
      guard basis == node(before).basis else {
        throw Misuse(
          .unlikeBases, "`\(name)` takes amounts of one stretch of time", operand: index, node(index).spoken,
          others: [before: node(before).spoken])
      }
    }
    return first.flatMap { node($0).basis }
  }
}

// MARK: - Other periods

extension FunctionCall {
  /// The step by which an expression's periods follow one another: the longest of its measures, of references only where
  /// it reads nothing else.
  package func step(_ index: Int) -> Step {
    let id = id(index)
    if let step = builder.step(of: id) { return step }
    return builder.measuresRead(from: [id]).map { builder.measures[$0].step }.max { $0.months < $1.months } ?? .month
  }

  /// An expression n steps of its own measures earlier: months, quarters or years.
  package func previous(_ id: NodeID, _ count: Int) throws(Misuse) -> NodeID {
    let node = builder[id]
    if node.basis == .yearToDate {
      throw Misuse(
        .basisUnfit, "a total of the year to date has no previous one at M1", operand: 0, node.spoken,
        fix: { "in_month(\($0[0])), or last_year(\($0[0]))" })
    }
    let step = builder.step(of: id) ?? .month
    guard step == .year else {
      return try make(
        .previous(id, periods: count * step.months), node.type, basis: node.basis, adverse: node.adverse)
    }
    var result = id
    for _ in 0..<count { result = try lastYear(result) }
    return result
  }

  /// How much the first argument is above an earlier value of itself. More of what is adverse when high is adverse.
  package func change(since earlier: NodeID) throws(Misuse) -> NodeID {
    let difference = builder[try builder.subtract(id(0), earlier)]
    return try builder.make(
      difference.operation, difference.type, basis: difference.basis, adverse: node(0).adverse, frame: frame,
      conflict: builder.hasConflict(id(0)))
  }

  /// An expression in the same period of the year before.
  package func lastYear(_ id: NodeID) throws(Misuse) -> NodeID {
    let node = builder[id]
    return try make(.lastYear(id), node.type, basis: node.basis, adverse: node.adverse)
  }

  /// An expression at the end of the year before: its final accounts, or where there are none its M12. A total of the year
  /// to date is then what the whole year came to.
  package func lastYearEnd(_ id: NodeID) throws(Misuse) -> NodeID {
    let node = builder[id]
    let kernel = SeriesKernel(reach: .months(13)) { period, _, read in
      let year = Int(period.year) - 1
      if case .known(let value) = read(0, Period(year: year, month: 13)) { return .known(value) }
      return read(0, Period(year: year, month: 12))
    }
    return try builder.call(
      Callee("last_year_end"), kernel, [id], node.type,
      basis: node.basis == .yearToDate ? .fullYear : node.basis, adverse: node.adverse, frame: frame)
  }
}
