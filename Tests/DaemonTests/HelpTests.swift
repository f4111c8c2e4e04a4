import Foundation
import RuleLanguage
import TestKit
import Testing

/// `outturn help …` and every `--help`.
@Suite(.enabled(if: BuiltProgram.outturn.isBuilt, "the program is not built"), .timeLimit(.minutes(5)))
struct HelpTests {
  // MARK: Commands

  private struct Dump: Decodable { var command: Command }

  /// What the argument parser knows of a command.
  private struct Command: Decodable {
    var commandName: String
    var discussion: String?
    var subcommands: [Command]?
    var arguments: [Argument]?

    struct Argument: Decodable {
      var names: [Name]?
      struct Name: Decodable { var name: String }
    }

    var takesConfiguration: Bool { (arguments ?? []).contains { ($0.names ?? []).contains { $0.name == "config" } } }

    /// Lines with the program's name, without what is said beside them; of a pipe the parts that are ours.
    var examples: [String] {
      let lines = (discussion ?? "").split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }
      let ours = lines.filter { $0.hasPrefix("outturn ") || $0.contains("| outturn ") }
      let commands = ours.flatMap { line in
        line.prefix { $0 != ">" }.split(separator: "  ").prefix(1).flatMap { $0.split(separator: " | ") }
      }
      return commands.filter { $0.hasPrefix("outturn ") }.map(String.init)
    }

    /// With those below it, each with its path.
    func all(_ path: [String] = []) -> [(path: String, command: Command)] {
      let path = path + [commandName]
      return [(path.joined(separator: " "), self)]
        + (subcommands ?? []).filter { $0.commandName != "help" }.flatMap { $0.all(path) }
    }
  }

  private static let commands: [(path: String, command: Command)] = {
    guard let dump = try? BuiltProgram.outturn.run(["--experimental-dump-help"]).output,
      let root = try? JSONDecoder().decode(Dump.self, from: Data(dump.utf8))
    else { return [] }
    return root.command.all()
  }()

  @Test func everyCommandHasExamples() {
    #expect(Self.commands.count > 25)
    let without = Self.commands.filter { $0.command.examples.isEmpty }.map(\.path)
    #expect(without == [])
  }

  /// Each example is one that the program takes: where there is nothing to work on, it says so, and never how to use it.
  @Test(arguments: commands.indices) func itsExamplesAreTaken(_ index: Int) throws {
    let (path, _) = Self.commands[index]
    let folder = TemporaryFolder()
    for example in Self.commands[index].command.examples where !example.contains("…") {
      // Of whichever command it is an example of; never beside a configuration that this machine may have.
      let named = Self.commands.filter { (example + " ").hasPrefix($0.path + " ") }.max {
        $0.path.count < $1.path.count
      }
      let isFree = named?.command.takesConfiguration == true && !example.contains("--config")
      let line = "exec timeout 3 \(example)" + (isFree ? " --config nowhere.yaml" : "")
      let ended = try BuiltProgram(path: "/bin/sh").run(["-c", line], in: folder.path)
      #expect(!ended.errors.contains("Usage: "), "\(path): \(example)\n\(ended.errors)")
    }
  }

  /// What is shown fits the width of a page, so that no example breaks.
  @Test(arguments: commands.indices) func itsLinesAreShort(_ index: Int) {
    let (path, command) = Self.commands[index]
    for line in (command.discussion ?? "").split(separator: "\n") { #expect(line.count <= 120, "\(path): \(line)") }
  }

  /// What the README says in passing, as `outturn rules fmt`, is there too.
  @Test func theReadmeNamesCommandsThatAre() throws {
    let readme = try String(contentsOf: RulePackRun.root.appending(path: "README.md"), encoding: .utf8)
    let named = Set(readme.matches(of: /`(outturn [^`]+)`/).map { String($0.1) })
    #expect(named.count > 15)
    let capitals = ["CODE": "R204", "FUNCTION": "run_rate", "PACK": "payments", "FILE": "m8.csv", "WORD": "watch"]
    let folder = TemporaryFolder()
    for line in named {
      let words = line.split(separator: " ").dropFirst().map { capitals[String($0)] ?? String($0) }
      let shown = try BuiltProgram.outturn.run(words + (words.first == "help" ? [] : ["--help"]), in: folder.path)
      #expect(shown.status == 0, "\(line)\n\(shown.errors)")
    }
  }

  // MARK: Words

  private func help(_ words: String...) throws -> BuiltProgram.Ended { try BuiltProgram.outturn.run(["help"] + words) }

  @Test func theStartNamesEveryCommandAndWhereToReadOn() throws {
    let start = try help()
    #expect(start.status == 0)
    for (path, _) in Self.commands where path.split(separator: " ").count == 2 {
      #expect(start.output.contains("\n  \(path.split(separator: " ")[1]) "), "\(path)")
    }
    for next in ["help watch", "help run_rate", "help R204", "rules reference"] {
      #expect(start.output.contains("outturn \(next)"))
    }
  }

  @Test(arguments: [
    ("R204", "R204: "), ("r204", "R204: "), ("c110", "C110: "), ("J103", "J103: "), ("watch", "watch: "),
    ("red", "amber: "), ("suppress", "suppress when: "), ("severity", "severity: "), ("run_rate", "run_rate(x"),
    ("functions", "Other periods\n"), ("words", "The rule file\n"), ("codes", "  C100 "), ("check", "OVERVIEW: "),
    ("late", "“late” has no page of its own."),
  ])
  func aWordIsExplained(_ word: String, _ begins: String) throws {
    let shown = try help(word)
    #expect(shown.status == 0 && shown.output.hasPrefix(begins), "\(shown.output)\(shown.errors)")
  }

  @Test func wordsTogetherAreExplained() throws {
    #expect(try help("for", "each").output.hasPrefix("for each: "))
    #expect(try help("rules", "check").output.contains("USAGE: outturn rules check"))
    // A function that is a word too is shown as both.
    #expect(try help("severity").output.contains("\nseverity(rule)\n"))
  }

  @Test(arguments: [
    ("abvoe", "did you mean “above”?"), ("overspnd", "did you mean “over”?"), ("chekc", "“check”"),
    ("run_rat", "“run_rate”"), ("R2044", "“R204”"), ("qqqqqq", "There are pages for: "),
  ])
  func aMisspeltWordIsAnswered(_ word: String, _ says: String) throws {
    let shown = try help(word)
    #expect(shown.status == 2 && shown.errors.contains(says), "\(shown.errors)")
  }
}
