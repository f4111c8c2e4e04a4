package import RuleLanguage

extension RuleFunction {
  package static let severity = RuleFunction(
    name: "severity",
    parameters: [Parameter("rule", .rule)],
    summary: "How severely another rule is breached for this subject in this period.",
    formula: "info, amber or red; below all of them where it is not breached",
    source: "definition of the language",
    examples: [],
    lower: { call throws(Misuse) in try call.make(.severityOf(rule: call.rule(0)), .severity) })
}
