package import RuleLanguage

extension RuleFunction {
  package static let restated = RuleFunction(
    name: "restated",
    topic: .returns,
    parameters: [Parameter("x", .anything)],
    gives: .of(.truth),
    summary: "Whether an expression is other than its figures made it when they were first returned.",
    formula: "x is not first_reported(x)",
    source: "definition of the language",
    examples: [
      Example(
        "restated(x)",
        given: .init(
          "x", "money full year", [.init("2013-14 M8", "100"), .init("2013-14 M8", "90", on: "2014-01-20")]),
        at: "2013-14 M8", gives: "true"),
      Example(
        "restated(x)",
        given: .init(
          "x", "money full year", [.init("2013-14 M8", "100"), .init("2013-14 M8", "100", on: "2014-01-20")]),
        at: "2013-14 M8", gives: "false"),
    ],
    synonyms: ["revised", "changed", "corrected", "is_restated"],
    lower: { call throws(Misuse) in
      let first = try call.seen(call.id(0), from: .first)
      return try call.make(.compare(.notEqual, call.id(0), first), .truth)
    })
}
