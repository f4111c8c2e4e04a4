package import RuleLanguage

extension RuleFunction {
  package static let breach = RuleFunction(
    name: "breach",
    topic: .rules,
    parameters: [Parameter("rule", .rule)],
    gives: .of(.truth),
    summary: "Whether another rule is breached for this subject in this period, before any persistence.",
    formula: "true where its result is info or worse",
    source: "definition of the language",
    examples: [
      Example(
        "breach(other)", given: .init("x", "money in period", ["2013-14 M8": "6"]),
        other: ["watch x", "amber above £5"], at: "2013-14 M8", gives: "true"),
      Example(
        "breach(other)", given: .init("x", "money in period", ["2013-14 M8": "5"]),
        other: ["watch x", "amber above £5"], at: "2013-14 M8", gives: "false"),
    ],
    synonyms: ["breached", "fires", "firing"],
    lower: { call throws(Misuse) in try call.make(.breach(rule: call.rule(0)), .truth) })
}
