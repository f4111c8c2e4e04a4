import ArgumentParser
import Daemon
import Diagnostics

/// How findings are written: for a person, for a script, for the lines of a pull request, for code hosts and editors.
enum FindingsFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, github, sarif

  init(_ format: OutputFormat) { self = format == .json ? .json : .text }
}

/// Shows what is wrong with what a person wrote; the exit status says whether anything is.
enum Findings {
  /// - Parameter strict: a warning is then as bad as an error.
  static func show(
    _ diagnostics: [Diagnostic], in texts: [SourceText], as format: FindingsFormat, strict: Bool = false
  ) throws {
    switch format {
    case .json: print(JSONRenderer.render(diagnostics, in: texts), terminator: "")
    case .github: print(GitHubRenderer.render(diagnostics, in: texts), terminator: "")
    case .sarif:
      let log = SARIFRenderer.render(
        diagnostics, in: texts, version: Outturn.configuration.version, describe: HelpPage.description)
      print(log, terminator: "")
    case .text:
      if !diagnostics.isEmpty {
        Terminal.complain(
          TerminalRenderer(colour: Terminal.errorHasColour).render(diagnostics, in: texts).trimmedEnd)
      }
    }
    if diagnostics.contains(where: { SetupCode.couldNotLook.contains($0.code) }) { throw ExitCode(Status.couldNotRun) }
    if diagnostics.hasErrors || (strict && !diagnostics.isEmpty) { throw ExitCode(Status.findings) }
  }
}
