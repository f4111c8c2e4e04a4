package import Finance

/// A rule set after checking: what evaluation runs. Types, units and bases are settled; nothing here can fail to mean
/// something.
package struct Program: Sendable {
  /// ISO code: GBP, UAH.
  package var currency: String
  package var calendar: FinancialCalendar
  package var measures: [Measure]
  package var dimensions: [String]
  package var tables: [Table]
  package var rules: [Rule]
  /// Every expression of every rule, each distinct one once; operands stand before what uses them.
  package var nodes: [Node]
  /// The library functions that `Operation.called` names.
  package var kernels: [Callee: SeriesKernel]
  /// SHA-256 (hex) over the canonical form of everything declared: two programs of one version mean the same.
  package var version: String

  package init(
    currency: String, calendar: FinancialCalendar, measures: [Measure], dimensions: [String],
    tables: [Table] = [], rules: [Rule], nodes: [Node], kernels: [Callee: SeriesKernel] = [:], version: String = ""
  ) {
    self.currency = currency
    self.calendar = calendar
    self.measures = measures
    self.dimensions = dimensions
    self.tables = tables
    self.rules = rules
    self.nodes = nodes
    self.kernels = kernels
    self.version = version
  }

  package subscript(_ id: NodeID) -> Node { nodes[Int(id.index)] }
}

/// A declared measure.
package struct Measure: Hashable, Sendable {
  package var name: String
  package var type: ValueType
  /// Nil only for ratio, unit price and number measures.
  package var basis: Basis?
  package var isReference: Bool
  package var adverse: Adverse?
  package var step: Step
  /// Dimension names, in declared order.
  package var dimensions: [String]
  package var title: String?

  package init(
    name: String, type: ValueType, basis: Basis?, isReference: Bool = false, adverse: Adverse? = nil,
    step: Step = .month, dimensions: [String] = [], title: String? = nil
  ) {
    self.name = name
    self.type = type
    self.basis = basis
    self.isReference = isReference
    self.adverse = adverse
    self.step = step
    self.dimensions = dimensions
    self.title = title
  }
}

/// An index into `Program.nodes`.
@frozen
package struct NodeID: Hashable, Sendable {
  package var index: Int32
  @inlinable package init(index: Int32) { self.index = index }
}

/// For whom an expression is evaluated: the keys that name one subject. Empty is `overall`.
package struct Frame: Hashable, Sendable {
  package enum Key: Hashable, Sendable {
    case organisation
    /// An attribute of organisations: region, kind, economy.
    case attribute(String)
    case dimension(String)
  }
  package var keys: [Key]
  package init(_ keys: [Key]) { self.keys = keys }
  package static var overall: Frame { Frame([]) }
  package static var organisation: Frame { Frame([.organisation]) }
}

/// One distinct expression.
package struct Node: Hashable, Sendable {
  package var operation: Operation
  package var type: ValueType
  package var basis: Basis?
  package var adverse: Adverse?
  package var frame: Frame
  /// True where the value depends on the subject outside the population (`own`): it is then evaluated once for each of
  /// those subjects.
  package var readsOwner: Bool

  package init(
    operation: Operation, type: ValueType, basis: Basis? = nil, adverse: Adverse? = nil, frame: Frame,
    readsOwner: Bool = false
  ) {
    self.operation = operation
    self.type = type
    self.basis = basis
    self.adverse = adverse
    self.frame = frame
    self.readsOwner = readsOwner
  }
}
