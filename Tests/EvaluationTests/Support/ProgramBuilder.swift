import Diagnostics
import Finance
import RuleLanguage

/// Builds checked programs by hand: each expression once, operands before what uses them.
struct ProgramBuilder {
  private(set) var nodes: [Node] = []
  private var ids: [Node: NodeID] = [:]
  var measures: [Measure] = []
  var rules: [Rule] = []
  var kernels: [String: SeriesKernel] = [:]
  var dimensions: [String] = []

  var program: Program {
    Program(
      currency: "GBP", calendar: FinancialCalendar(firstMonth: 4), measures: measures, dimensions: dimensions,
      rules: rules, nodes: nodes, kernels: kernels)
  }

  // MARK: Declarations

  @discardableResult
  mutating func measure(
    _ name: String, _ type: ValueType = .money, _ basis: Basis? = .fullYear, reference: Bool = false,
    step: Step = .month, by dimensions: [String] = []
  ) -> Int {
    measures.append(
      Measure(name: name, type: type, basis: basis, isReference: reference, step: step, dimensions: dimensions))
    return measures.count - 1
  }

  mutating func rule(
    _ name: String, frame: Frame = .organisation, where condition: NodeID? = nil, onlyWhen: NodeID? = nil,
    watch: NodeID? = nil, bands: [(Severity, Comparison, NodeID)] = [], when: [(Severity, NodeID)] = [],
    clears: NodeID? = nil, clearsAfter: Int = 1, persists: Int = 1, ifUnknown: Rule.IfUnknown = .hold(periods: 2),
    from: Period? = nil, to: Period? = nil, message: [Template.Part] = [], byYear: Bool = true, step: Step = .month,
    names: [NodeID: String] = [:]
  ) {
    var breaches: [Rule.Breach] = []
    for (severity, comparison, bound) in bands {
      guard let watch else { continue }
      let test = compare(comparison, watch, bound)
      breaches.append(
        Rule.Breach(severity: severity, test: test, band: Rule.Band(comparison: comparison, bound: bound)))
    }
    for (severity, test) in when { breaches.append(Rule.Breach(severity: severity, test: test)) }
    rules.append(
      Rule(
        name: name, title: name, span: Span(text: 0, start: 0, end: 0), file: "test.rules", line: 1, text: "", version: "",
        frame: frame, condition: condition, effectiveFrom: from, effectiveTo: to, onlyWhen: onlyWhen, watch: watch,
        breaches: breaches, clears: clears, clearsAfter: clearsAfter, persistsFor: persists, ifUnknown: ifUnknown,
        message: Template(parts: message), isFoldedByYear: byYear, step: step, names: names))
  }

  // MARK: Expressions

  mutating func node(
    _ operation: Operation, _ type: ValueType, basis: Basis? = nil, frame: Frame = .organisation,
    readsOwner: Bool = false
  ) -> NodeID {
    let node = Node(operation: operation, type: type, basis: basis, frame: frame, readsOwner: readsOwner)
    if let known = ids[node] { return known }
    nodes.append(node)
    ids[node] = NodeID(index: Int32(nodes.count - 1))
    return NodeID(index: Int32(nodes.count - 1))
  }

  func typeOf(_ id: NodeID) -> ValueType { nodes[Int(id.index)].type }
  private func frame(_ id: NodeID) -> Frame { nodes[Int(id.index)].frame }
  private func basis(_ id: NodeID) -> Basis? { nodes[Int(id.index)].basis }
  private func readsOwner(_ ids: NodeID...) -> Bool { ids.contains { nodes[Int($0.index)].readsOwner } }

  /// Whole pounds, or whole things.
  mutating func amount(_ units: Int64, _ type: ValueType = .money, frame: Frame = .organisation) -> NodeID {
    node(.amount(Amount(tenThousandths: units * Amount.scale)), type, frame: frame)
  }

  mutating func ratio(
    _ numerator: Int128, _ denominator: Int128, _ type: ValueType = .ratio, frame: Frame = .organisation
  ) -> NodeID {
    node(.quotient(numerator: numerator, denominator: denominator), type, frame: frame)
  }

  mutating func cells(_ measure: Int, _ slice: Slice = .everything, frame: Frame = .organisation) -> NodeID {
    node(.cells(measure: measure, slice: slice), measures[measure].type, basis: measures[measure].basis, frame: frame)
  }

  mutating func attribute(_ name: String) -> NodeID { node(.attribute(name), .text) }

  mutating func isKind(_ kind: String) -> NodeID {
    let text = node(.text(kind), .text)
    return compare(.equal, attribute("kind"), text)
  }

  mutating func compare(_ comparison: Comparison, _ left: NodeID, _ right: NodeID) -> NodeID {
    node(
      .compare(comparison, left, right), .truth, frame: frame(left), readsOwner: readsOwner(left, right))
  }

  mutating func subtract(_ left: NodeID, _ right: NodeID) -> NodeID {
    node(
      .subtract(left, right), typeOf(left), basis: basis(left), frame: frame(left), readsOwner: readsOwner(left, right))
  }

  mutating func add(_ left: NodeID, _ right: NodeID) -> NodeID {
    node(.add(left, right), typeOf(left), basis: basis(left), frame: frame(left), readsOwner: readsOwner(left, right))
  }

  mutating func divide(_ left: NodeID, _ right: NodeID, _ type: ValueType = .ratio) -> NodeID {
    node(.divide(left, right), type, frame: frame(left), readsOwner: readsOwner(left, right))
  }

  mutating func multiply(_ left: NodeID, _ right: NodeID, _ type: ValueType) -> NodeID {
    node(.multiply(left, right), type, frame: frame(left), readsOwner: readsOwner(left, right))
  }

  mutating func negate(_ operand: NodeID) -> NodeID { node(.negate(operand), typeOf(operand), frame: frame(operand)) }

  mutating func previous(_ operand: NodeID, _ months: Int = 1) -> NodeID {
    node(.previous(operand, periods: months), typeOf(operand), basis: basis(operand), frame: frame(operand))
  }

  mutating func own(_ operand: NodeID) -> NodeID {
    node(.own(operand), typeOf(operand), frame: frame(operand), readsOwner: true)
  }

  mutating func aggregate(
    _ aggregate: Aggregate, _ value: NodeID?, over population: Population, outer: Frame,
    coverage: Quotient.Literal = .init(numerator: 9, denominator: 10)
  ) -> NodeID {
    let type: ValueType =
      switch aggregate {
      case .share: .ratio
      case .count: .count
      default: value.map { typeOf($0) } ?? .count
      }
    return node(
      .aggregate(aggregate, population: population, value: value, coverage: coverage), type, frame: outer)
  }

  mutating func tally(_ tally: Tally, _ aggregate: NodeID) -> NodeID {
    node(.tally(tally, aggregate), .count, frame: frame(aggregate))
  }

  func population(
    _ relation: Population.Relation = .all, where condition: NodeID? = nil, anywhere: Bool = false,
    inSame attribute: String? = nil, members: Frame = .organisation
  ) -> Population {
    Population(
      members: members, relation: relation, anywhere: anywhere, sameAttribute: attribute, condition: condition)
  }
}
