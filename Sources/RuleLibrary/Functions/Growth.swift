package import RuleLanguage

extension RuleFunction {
  package static let growth = RuleFunction(
    name: "growth",
    topic: .earlier,
    parameters: [Parameter("x", .only(.money, .count, .number, .unitPrice, .ratio, .points))],
    gives: .of(.ratio),
    summary: "The change on the year before as a percentage of it.",
    formula: "(x - last_year(x)) / last_year(x); undefined where last year's is zero or less",
    source: "definition of the language",
    examples: [
      Example(
        "growth(x)", given: .init("x", "count in period", ["2012-13 M6": "80", "2013-14 M6": "100"]), at: "2013-14 M6",
        gives: "0.25"),
      Example(
        "growth(x)", given: .init("x", "count in period", ["2012-13 M6": "0", "2013-14 M6": "100"]), at: "2013-14 M6",
        gives: "unknown"),
    ],
    synonyms: ["increase", "growth_rate", "percent_change", "uplift"],
    lower: { call throws(Misuse) in
      let node = call.node(0)
      if node.type == .ratio || node.type == .points {
        throw Misuse(
          .argumentUnfit, "the growth of \(node.type.spoken) is a change in percentage points", operand: 0, node.spoken,
          fix: { "change_on_year(\($0[0]))" })
      }
      let last = try call.lastYear(call.id(0))
      let change = try call.change(since: last)
      return try call.make(.divide(change, last), .ratio, adverse: node.adverse)
    })
}
