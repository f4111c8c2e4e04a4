package import RuleLanguage

extension RuleFunction {
  package static let severity = RuleFunction(
    name: "severity",
    topic: .rules,
    parameters: [Parameter("rule", .rule)],
    gives: .of(.severity),
    summary: "How severely another rule is breached for this subject in this period.",
    formula: "info, amber or red; below all of them where it is not breached",
    source: "definition of the language",
    examples: [
      Example(
        "severity(other) >= amber", given: .init("x", "money in period", ["2013-14 M8": "6"]),
        other: ["watch x", "amber above £5", "red above £10"], at: "2013-14 M8", gives: "true"),
      Example(
        "severity(other) = red", given: .init("x", "money in period", ["2013-14 M8": "6"]),
        other: ["watch x", "amber above £5", "red above £10"], at: "2013-14 M8", gives: "false"),
    ],
    synonyms: ["level", "status", "state"],
    lower: { call throws(Misuse) in try call.make(.severityOf(rule: call.rule(0)), .severity) })
}
