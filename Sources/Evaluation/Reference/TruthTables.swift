package import RuleLanguage

/// Logic with what is not known, worked out by the operators that rules run on.
package enum TruthTables {
  package static let values: [(word: String, truth: Truth)] = [
    ("true", .true), ("false", .false), ("missing", .missing), ("undefined", .undefined),
  ]

  package static var and: ReferenceTable { binary("and", Truth.and) }
  package static var or: ReferenceTable { binary("or", Truth.or) }
  package static var not: ReferenceTable {
    ReferenceTable(
      title: "not", columns: ["value", "not value"], rows: values.map { [$0.word, word(Truth.not($0.truth))] })
  }

  package static var all: [ReferenceTable] { [and, or, not] }

  private static func binary(_ name: String, _ operation: (Truth, Truth) -> Truth) -> ReferenceTable {
    ReferenceTable(
      title: name, columns: ["left \(name) right"] + values.map(\.word),
      rows: values.map { left in [left.word] + values.map { word(operation(left.truth, $0.truth)) } })
  }

  private static func word(_ truth: Truth) -> String {
    values.first { $0.truth == truth }?.word ?? ReferenceTable.nothing
  }
}
