package import RuleLanguage

extension RuleFunction {
  package static let asOf = RuleFunction(
    name: "as_of",
    topic: .returns,
    parameters: [Parameter("x", .anything), Parameter("date", .day)],
    gives: .like(0),
    summary: "An expression as it was known at the end of a day.",
    formula: "x with every figure from the ledger as it stood then; later returns and restatements are passed over",
    source: "definition of the language",
    examples: [
      Example(
        "as_of(x, 2013-12-31)",
        given: .init(
          "x", "money full year", [.init("2013-14 M8", "100"), .init("2013-14 M8", "90", on: "2014-01-20")]),
        at: "2013-14 M8", gives: "100"),
      Example(
        "as_of(x, 2014-01-20)",
        given: .init(
          "x", "money full year", [.init("2013-14 M8", "100"), .init("2013-14 M8", "90", on: "2014-01-20")]),
        at: "2013-14 M8", gives: "90"),
      Example(
        "as_of(x, 2013-11-29)", given: .init("x", "money full year", [.init("2013-14 M8", "100")]), at: "2013-14 M8",
        gives: "unknown"),
    ],
    synonyms: ["known_at", "known_on", "at_date", "snapshot"],
    lower: { call throws(Misuse) in try call.seen(call.id(0), from: .asOf(call.day(1))) })
}
