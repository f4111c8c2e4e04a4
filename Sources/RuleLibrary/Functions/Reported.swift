package import RuleLanguage

extension RuleFunction {
  package static let reported = RuleFunction(
    name: "reported",
    parameters: [Parameter("x")],
    summary: "Whether the organisation has returned any of the measures in x for the period.",
    formula: "true where a figure of theirs stands in the ledger",
    source: "definition of the language",
    examples: [
      Example("reported(x)", given: .init("money in period", ["2013-14 M8": "3"]), at: "2013-14 M8", gives: "true"),
      Example("reported(x)", given: .init("money in period", ["2013-14 M7": "3"]), at: "2013-14 M8", gives: "false"),
    ],
    lower: { call throws(Misuse) in
      let measures = call.builder.measuresRead(from: [call.id(0)])
      guard !measures.isEmpty, call.frame.keys.contains(.organisation) else {
        throw Misuse(
          .argumentUnfit, "`reported` asks whether one organisation returned a measure", operand: 0,
          call.node(0).spoken,
          fix: { "count(reported(\($0[0])) over organisation)" })
      }
      return try call.make(.reported(measures: measures.sorted()), .truth)
    })
}
