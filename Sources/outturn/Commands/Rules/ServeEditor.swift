import ArgumentParser
import Foundation
import LanguageServer

/// `outturn rules lsp`
struct ServeEditor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: "Serves an editor: the Language Server Protocol over standard input and output.",
    discussion: """
      An editor starts this by itself; Deploy/editors/ has what VS Code and Vim need for it.

      Examples:
        outturn rules lsp
        outturn rules lsp --config outturn.yaml        completes names and shows figures from its ledger
      """)

  @Option(
    name: [.customShort("c"), .customLong("config")],
    help: "A configuration: its register and ledger supply the values that are completed and shown.",
    completion: .file(extensions: ["yaml"]))
  var config: String?
  @Option(help: "A ledger, in place of the configuration's.", completion: .file(extensions: ["db"]))
  var ledger: String?

  func run() throws {
    var pipes = Pipes()
    let status = pipes.serve(
      Session(version: Outturn.configuration.version, config: config, ledger: ledger))
    guard status == 0 else { throw ExitCode(status) }
  }
}
