import ArgumentParser
import RuleLanguage

/// `outturn rules schema`
struct PrintRuleSchema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "The JSON Schema of rules as JSON.",
    discussion: "Example:\n  outturn rules schema > outturn.rules.v1.json")

  func run() { print(RuleExchange.schema, terminator: "") }
}
