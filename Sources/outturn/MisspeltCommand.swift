import ArgumentParser
import Diagnostics

/// A word where a command is expected, and that is none: the commands of its level are compared, where the argument parser
/// would only call it unexpected.
enum MisspeltCommand {
  /// Nil where the words up to the first option name commands, or arguments of one.
  static func complaint(_ words: some Sequence<String>) -> String? {
    var command: any ParsableCommand.Type = Outturn.self
    var path = ["outturn"]
    for word in words {
      let subcommands = command.configuration.subcommands
      guard !subcommands.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
      guard let next = subcommands.first(where: { name(of: $0) == word }) else {
        let names = subcommands.map(name(of:))
        let near = Suggestion.question(word, among: names)
        // A word behind a command that stands for another of its own may be an argument of that.
        if near == nil, command.configuration.defaultSubcommand != nil { return nil }
        let question = near ?? "there is \(Wording.list(names))."
        return "There is no command `\((path + [word.printable]).joined(separator: " "))`: \(question)"
      }
      command = next
      path.append(word)
    }
    return nil
  }

  static func name(of command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? "\(command)".lowercased()
  }
}
