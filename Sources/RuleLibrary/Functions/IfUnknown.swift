package import RuleLanguage

extension RuleFunction {
  package static let ifUnknown = RuleFunction(
    name: "if_unknown",
    topic: .plain,
    parameters: [Parameter("x", .anything), Parameter("otherwise", .anything)],
    gives: .like(0),
    summary: "A value, or another where it is not known.",
    formula: "x if it is known, else otherwise",
    source: "definition of the language",
    examples: [
      Example(
        "if_unknown(x, £0)", given: .init("x", "money in period", []), at: "2013-14 M8", gives: "0"),
      Example(
        "if_unknown(x, £0)", given: .init("x", "money in period", ["2013-14 M8": "3"]), at: "2013-14 M8", gives: "3"),
    ],
    synonyms: ["coalesce", "default", "nvl", "if_missing", "isnull", "if_null"],
    lower: { call throws(Misuse) in
      let (node, other) = (call.node(0), call.node(1))
      guard node.type == other.type else {
        throw Misuse(
          .argumentUnfit, "`if_unknown` takes \(other.type.spoken) in place of \(node.type.spoken)", operand: 1,
          other.spoken, others: [0: node.spoken])
      }
      return try call.make(
        .ifUnknown(call.id(0), call.id(1)), node.type, basis: try call.requireOneBasis(0, 1),
        adverse: node.adverse ?? other.adverse)
    })
}
