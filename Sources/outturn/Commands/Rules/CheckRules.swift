import ArgumentParser
import Daemon
import Diagnostics
import RuleLanguage

/// `outturn rules check`
struct CheckRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks a folder of rules: all errors at once, each with its place, cause and fix.",
    discussion: """
      Examples:
        outturn rules check Rules/nhs-commissioning
        outturn rules check /etc/outturn/rules --format json
      """)

  @OptionGroup var output: FormatOption
  @Argument(help: "The folder that the rules are in.", completion: .directory) var folder = "."

  func run() throws {
    let (program, diagnostics, texts) = Policy.load(folder)
    try Findings.show(diagnostics, in: texts, as: output.format)
    guard output.format == .text, let program else { return }
    print("In order: \(Wording.count(program.rules.count, "rule")).")
  }
}
