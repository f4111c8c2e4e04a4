package import RuleLanguage

extension RuleFunction {
  package static let firstReported = RuleFunction(
    name: "first_reported",
    topic: .returns,
    parameters: [Parameter("x", .anything)],
    gives: .like(0),
    summary: "An expression as its figures were first returned, before any restatement.",
    formula: "x with every figure from the first return of its measure, organisation and period",
    source: "definition of the language",
    examples: [
      Example(
        "first_reported(x)",
        given: .init(
          "x", "money full year", [.init("2013-14 M8", "100"), .init("2013-14 M8", "90", on: "2014-01-20")]),
        at: "2013-14 M8", gives: "100"),
      Example(
        "x - first_reported(x)",
        given: .init(
          "x", "money full year", [.init("2013-14 M8", "100"), .init("2013-14 M8", "90", on: "2014-01-20")]),
        at: "2013-14 M8", gives: "-10"),
      Example(
        "first_reported(sum(x over peers))",
        given: .init(
          "x", "money full year",
          [.init("2013-14 M8", "100", of: "B"), .init("2013-14 M8", "90", of: "B", on: "2014-01-20")]),
        at: "2013-14 M8", gives: "100"),
    ],
    synonyms: ["original", "as_reported", "initial", "first_version"],
    lower: { call throws(Misuse) in try call.seen(call.id(0), from: .first) })
}
