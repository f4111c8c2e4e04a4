package import RuleLanguage

extension RuleFunction {
  package static let reported = RuleFunction(
    name: "reported",
    topic: .returns,
    parameters: [Parameter("x", .anything)],
    gives: .of(.truth),
    summary: "Whether the organisation has returned any of the measures in x for the period.",
    formula: "true where a figure of theirs stands in the ledger",
    source: "definition of the language",
    examples: [
      Example(
        "reported(x)", given: .init("x", "money in period", ["2013-14 M8": "3"]), at: "2013-14 M8", gives: "true"),
      Example(
        "reported(x)", given: .init("x", "money in period", ["2013-14 M7": "3"]), at: "2013-14 M8", gives: "false"),
    ],
    synonyms: ["returned", "submitted", "is_known", "known"],
    lower: { call throws(Misuse) in
      let measures = try call.measuresOfOneOrganisation(0)
      return try call.make(.reported(measures: measures), .truth)
    })
}
