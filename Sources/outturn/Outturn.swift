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

      Read on:
        outturn help rules check                       a command, with examples
        outturn help watch                             a word of the rule language; help words lists them
        outturn help run_rate                          a function; help functions lists them
        outturn help R204                              a code; help codes lists them
        outturn rules reference                        all of it as one page

      Exit status: 0 all is well, 1 something was found, 2 it could not run.
      """,
    version: "1.0.0",
    groupedSubcommands: [
      CommandGroup(name: "Watching", subcommands: [Serve.self, Check.self, Listen.self]),
      CommandGroup(name: "Rules and sources", subcommands: [Rules.self, Sources.self]),
      CommandGroup(
        name: "Looking at it", subcommands: [Alerts.self, Drops.self, Ledgers.self, Deliveries.self]),
    ])

  static func main() async {
    let words = Array(CommandLine.arguments.dropFirst())
    if words.first == "help" { answer(words.dropFirst().joined(separator: " "), words.dropFirst().first ?? "") }
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
      // Where nobody looks at a terminal, as wide as the examples are.
      let message = fullMessage(for: error, columns: isatty(STDOUT_FILENO) == 1 ? nil : 120)
      if status == 0 {
        if !message.isEmpty { print(message) }
      } else if !(error is ExitCode) {
        Terminal.complain(message)
      }
      Foundation.exit(error is ExitCode ? status : (status == 0 ? 0 : Status.couldNotRun))
    }
  }
}

extension Outturn {
  /// Help about words that name no command: shown, and the program ends. Otherwise the argument parser answers.
  private static func answer(_ words: String, _ first: String) {
    let commands = configuration.groupedSubcommands.flatMap(\.subcommands).map {
      $0.configuration.commandName ?? "\($0)".lowercased()
    }
    guard !words.isEmpty, !commands.contains(first) else { return }
    if let page = HelpPage.text(of: words) ?? HelpPage.mentions(of: words) {
      print(page)
      Foundation.exit(0)
    }
    let question = HelpPage.question(words, commands: commands).map { "; \($0)" } ?? "."
    Terminal.complain(
      "Nothing is called \(Wording.quoted(words))\(question)\nThere are pages for: outturn help words, functions, codes"
    )
    Foundation.exit(Status.couldNotRun)
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
