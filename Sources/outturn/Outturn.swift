import ArgumentParser
import Diagnostics
import Foundation

/// The program. One file a command, in `Commands/`.
@main
struct Outturn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outturn",
    abstract: "Watches finance returns as they arrive and says which limits they pass.",
    discussion: """
      Returns dropped into folders are read into a ledger, rules in text files are evaluated against it, and what is over
      the line goes to webhooks and log files.

      Examples:
        outturn check --config outturn.yaml            is everything in order?
        outturn sources try finance-returns M8.csv     what would be read from this file?
        outturn serve --config outturn.yaml            watch, until stopped
        outturn alerts --config outturn.yaml           what is over the line now?

      Exit status: 0 all is well, 1 something was found, 2 it could not run.
      """,
    version: "1.0.0",
    subcommands: [
      Serve.self, Check.self, Rules.self, Sources.self, Drops.self, Ledgers.self, Alerts.self, Deliveries.self,
      Listen.self,
    ])

  static func main() async {
    let words = CommandLine.arguments.dropFirst()
    if words.count == 2, words.first == "help" {
      if let page = HelpPage.text(of: words.last!) { return print(page) }
      guard
        configuration.subcommands.contains(where: {
          ($0.configuration.commandName ?? "\($0)".lowercased()) == words.last
        })
      else {
        Terminal.complain("There is no command, code or function called \(words.last!.printable); see: outturn --help")
        Foundation.exit(Status.couldNotRun)
      }
    }
    if let complaint = MisspeltCommand.complaint(words) {
      Terminal.complain(complaint)
      Foundation.exit(Status.couldNotRun)
    }
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let complaint as Complaint {
      Terminal.complain(complaint.text)
      Foundation.exit(complaint.status)
    } catch {
      // The argument parser's own errors and `--help`; what it calls a usage error is our "could not run".
      let status = exitCode(for: error).rawValue
      let message = fullMessage(for: error)
      if status == 0 {
        if !message.isEmpty { print(message) }
      } else if !(error is ExitCode) {
        Terminal.complain(message)
      }
      Foundation.exit(error is ExitCode ? status : (status == 0 ? 0 : Status.couldNotRun))
    }
  }
}

/// The program's exit statuses.
enum Status {
  static let findings: Int32 = 1
  static let couldNotRun: Int32 = 2
}

/// Why a command ends early, in words for the person who ran it.
struct Complaint: Error {
  var text: String
  var status: Int32

  /// The command could not do its work.
  static func couldNotRun(_ text: String) -> Complaint { Complaint(text: text, status: Status.couldNotRun) }
  /// It did, and what it looked at is not in order.
  static func found(_ text: String) -> Complaint { Complaint(text: text, status: Status.findings) }
}
