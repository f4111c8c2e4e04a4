import ArgumentParser
import Evaluation
import RuleLibrary

struct ShowReference: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference",
    abstract: "Prints the reference of the rule language, as Markdown.",
    discussion: """
      Types, operators, how an alert follows its periods, functions with worked examples, formats and codes, out of the
      program itself. One function by itself:
      outturn help run_rate

      Example:
        outturn rules reference > reference.md
      """)

  func run() throws {
    print(Reference(.all, logic: TruthTables.all, fold: FoldTimeline.table).markdown, terminator: "")
  }
}
