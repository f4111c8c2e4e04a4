import ArgumentParser
import Daemon
import Storage

/// `outturn rules test`
struct TestRules: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Runs the tests that stand beside the rules.",
    discussion: """
      A folder is one rule set, its subfolders included; of a file, its own tests are run.

      What a cell that a return leaves out means, and when returns are due, the sources say: of the configuration that is
      named, else of an outturn.yaml in the folder itself. Without one, such a cell is not known; `absent zero` in a test
      says otherwise.

      A failure shows what was expected and what was found, field by field, with the arithmetic and the states before.

      Examples:
        outturn rules test Rules/nhs-commissioning
        outturn rules test --filter overspend --coverage
        outturn rules test --config outturn.yaml rules
        outturn rules test --format github             in a pull request
        outturn rules test Rules/payments/payments.rules --format json

      Exit status: 0 all pass, 1 some fail, 2 they could not run.
      """)

  @Argument(help: "The folders that the rules are in, or files of them.", completion: .file()) var paths = ["."]
  @Option(help: "Only the tests of this rule.") var filter: String?
  @Option(
    name: [.customShort("c"), .customLong("config")],
    help: "The configuration that has the sources. Otherwise outturn.yaml in the folder, where there is one.",
    completion: .file(extensions: ["yaml"]))
  var configuration: String?
  @Flag(help: "Say which bands, conditions and clauses no test looks at.") var coverage = false
  @Option(help: "text for reading, json for scripts, github for pull requests.") var format = TestFormat.text

  func run() async throws {
    var runs: [TestedFolder] = []
    for selection in selections {
      runs.append(
        try await TestedFolder(selection.folder, files: selection.files, rule: filter, configuration: configuration))
    }
    switch format {
    case .text: for run in runs { run.show(coverage: coverage) }
    case .json: try printJSON(runs.map { $0.report(coverage: coverage) })
    case .github: for run in runs { run.annotate() }
    }
    if runs.contains(where: { !$0.passed }) { throw ExitCode(Status.findings) }
  }

  /// Each folder once, in the order given; with those of its files that are wanted, where it is not all of them.
  private var selections: [(folder: String, files: Set<String>?)] {
    var found: [(folder: String, files: Set<String>?)] = []
    for path in paths {
      let isFile = path.hasSuffix(".rules")
      let folder = isFile ? Files.folder(of: path) : path
      if let known = found.firstIndex(where: { $0.folder == folder }) {
        if isFile { found[known].files?.insert(path) } else { found[known].files = nil }
      } else {
        found.append((folder, isFile ? [path] : nil))
      }
    }
    return found
  }
}

enum TestFormat: String, ExpressibleByArgument, CaseIterable { case text, json, github }
