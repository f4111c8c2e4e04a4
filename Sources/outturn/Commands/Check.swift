import ArgumentParser
import Daemon
import Diagnostics
import Finance
import Foundation
import RuleLanguage

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks the configuration, the register and the rules together; nothing is changed.",
    discussion: """
      Examples:
        outturn check --config outturn.yaml
        outturn check --format json
      """)

  @OptionGroup var configuration: ConfigurationOption
  @OptionGroup var output: FormatOption

  func run() throws {
    let checked = Setup.load(configuration.resolved)
    try Findings.show(checked.diagnostics, in: checked.texts, as: output.format)
    guard output.format == .text, let setup = checked.setup else { return }
    print(
      "In order: \(Wording.count(setup.configuration.sources.count, "source")), "
        + "\(Wording.count(setup.program.rules.count, "rule")), "
        + "\(Wording.count(setup.configuration.receivers.count, "receiver"))"
        + (setup.register.map { ", \(Wording.count($0.codes.count, "organisation")) on the register" } ?? "") + ".")
  }
}

/// Shows what is wrong with what a person wrote; the exit status says whether anything is.
enum Findings {
  static func show(_ diagnostics: [Diagnostic], in texts: [SourceText], as format: OutputFormat) throws {
    switch format {
    case .json: print(JSONRenderer.render(diagnostics, in: texts), terminator: "")
    case .text:
      guard !diagnostics.isEmpty else { return }
      Terminal.complain(
        TerminalRenderer(colour: Terminal.errorHasColour).render(diagnostics, in: texts).trimmedEnd)
    }
    if diagnostics.hasErrors { throw ExitCode(Status.findings) }
  }
}
