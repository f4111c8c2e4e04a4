import ArgumentParser

/// What is done with rules, apart from everything else. One file a subcommand, beside this one.
struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "The rules, apart from everything else.",
    discussion: "Example:\n  outturn rules check Rules/nhs-commissioning",
    subcommands: [
      AddRules.self,
      CheckRules.self,
      CompareRules.self,
      ExplainRule.self,
      FormatRules.self,
      DocumentRules.self,
      ExportRules.self,
      ImportRules.self,
      PrintRuleSchema.self,
      ReplayRules.self,
      ShowReference.self,
      ServeEditor.self,
      TestRules.self,
    ])
}
