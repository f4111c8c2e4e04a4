package import RuleLanguage

extension RuleFunction {
  package static let breach = RuleFunction(
    name: "breach",
    parameters: [Parameter("rule", .rule)],
    summary: "Whether another rule is breached for this subject in this period, before any persistence.",
    formula: "true where its result is info or worse",
    source: "definition of the language",
    examples: [],
    lower: { call throws(Misuse) in try call.make(.breach(rule: call.rule(0)), .truth) })
}
