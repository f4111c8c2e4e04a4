import ArgumentParser
import Diagnostics
import RuleLanguage
import RuleLibrary
import Storage

/// `outturn rules fmt`
struct FormatRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Lays rule files out alike: indentation, spaces, line breaks. Every word and every comment stays.",
    discussion: """
      A file that can't be read is left as it is, and what is wrong with it is shown.

      Examples:
        outturn rules fmt                            all rules in this folder
        outturn rules fmt Rules/payments --check     are they laid out? (exit status 1: no)
        outturn rules fmt overspend.rules --diff     what would change
        outturn rules fmt - < draft.rules            from standard input to standard output
      """)

  @Argument(help: "Files and folders; - for standard input.", completion: .file(extensions: ["rules"]))
  var paths = ["."]
  @Flag(help: "Change nothing; name the files that are not laid out.") var check = false
  @Flag(help: "Change nothing; show what would.") var diff = false

  func validate() throws {
    guard !paths.contains("-") || paths.count == 1 else {
      throw ValidationError("Standard input is laid out by itself: outturn rules fmt -")
    }
  }

  func run() throws {
    if paths == ["-"] { return try formatInput() }
    let files = try RuleFiles.paths(paths).map(RuleFiles.read)
    var changed: [String] = []
    var unreadable = 0
    for file in files {
      guard let text = formatted(file) else {
        unreadable += 1
        continue
      }
      guard Array(text.utf8) != file.bytes else { continue }
      changed.append(file.name)
      if diff { show(text, of: file) }
      if !diff, !check { try write(text, to: file.name) }
    }
    try report(changed, of: files.count, unreadable: unreadable)
  }

  private func formatInput() throws {
    let file = try RuleFiles.readInput()
    guard let text = formatted(file) else { throw ExitCode(Status.findings) }
    let isLaidOut = Array(text.utf8) == file.bytes
    if diff {
      show(text, of: file)
    } else if !check {
      print(text, terminator: "")
    }
    if check || diff, !isLaidOut { throw ExitCode(Status.findings) }
  }

  /// Nil, with the reasons shown, where the file can't be read.
  private func formatted(_ file: SourceText) -> String? {
    let (text, diagnostics) = RuleFormatter.format(file, library: .all)
    guard let text else {
      let renderer = TerminalRenderer(colour: Terminal.errorHasColour)
      Terminal.complain(renderer.render(diagnostics, in: [file]).trimmedEnd)
      return nil
    }
    return text
  }

  private func show(_ text: String, of file: SourceText) {
    print(UnifiedDiff.between(file, SourceText(name: file.name, text)), terminator: "")
  }

  private func write(_ text: String, to path: String) throws {
    do {
      try Files.replace(path, with: Array(text.utf8))
    } catch {
      throw Complaint.couldNotRun("\(error)")
    }
  }

  private func report(_ changed: [String], of count: Int, unreadable: Int) throws {
    let files = Wording.count(count, "file")
    if !diff { for path in changed { print(path.printable) } }
    if unreadable > 0 {
      throw Complaint.found(
        "\(unreadable) of \(files) can't be read and \(unreadable == 1 ? "is" : "are") left as \(unreadable == 1 ? "it is" : "they are")."
      )
    }
    if check || diff {
      guard changed.isEmpty else {
        throw Complaint.found("\(changed.count) of \(files) would be laid out anew: outturn rules fmt")
      }
    } else {
      print(
        changed.isEmpty ? "Nothing to do: \(files) laid out already." : "\(changed.count) of \(files) laid out anew.")
    }
  }
}
