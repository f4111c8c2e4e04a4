import ArgumentParser
import Daemon
import Diagnostics
import RuleLanguage
import Storage

/// `outturn rules check`
struct CheckRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks folders of rules: all errors at once, each with its place, cause and fix.",
    discussion: """
      A folder is one rule set, its subfolders included; of a file, the folder that it is in is checked.

      Examples:
        outturn rules check Rules/nhs-commissioning
        outturn rules check --fix --dry-run Rules/payments     what it would write, as a diff
        outturn rules check --strict --format github           in a pull request: warnings fail it too
        outturn rules check --config outturn.yaml              the rules in force, beside their ledger and register
        outturn rules check my-rules --ledger copy.db --register organisations.csv

      Exit status: 0 in order (with warnings at most), 1 errors were found (with --strict, warnings too), 2 it could not run.
      """)

  @Option(help: "text for reading, json for scripts, github for pull requests, sarif for code hosts and editors.")
  var format = FindingsFormat.text
  @Flag(help: "Warnings fail the check as errors do.") var strict = false
  @Flag(help: "Mend what has one certain fix, say what was changed, and show what is left.") var fix = false
  @Flag(help: "With --fix: print what would be written, as a diff, and write nothing.") var dryRun = false
  @OptionGroup var grounds: GroundsOptions
  @Argument(
    help: "The folders that the rules are in: the configuration's where one is named, else this one.",
    completion: .directory)
  var paths: [String] = []

  func validate() throws {
    if dryRun && !fix { throw ValidationError("--dry-run is for --fix: it prints what --fix would write.") }
  }

  func run() throws {
    var found: [Diagnostic] = []
    var texts: [SourceText] = []
    var rules = 0
    for folder in try folders() {
      var set = try CheckedFolder(folder, beside: besideLedger ? try grounds.grounds(rules: folder) : nil)
      if fix { try set.mend(dryRun: dryRun) }
      found += set.diagnostics.map { $0.moved(by: Int32(texts.count)) }
      texts += set.texts
      rules += set.program?.rules.count ?? 0
    }
    // For a person; who wants each at its place asks for another format.
    let shown = format == .text ? LedgerDigest.of(found, in: texts) : found
    try Findings.show(shown, in: texts, as: format, strict: strict)
    guard format == .text else { return }
    let warnings = found.isEmpty ? "" : "; \(Wording.count(found.count, "warning"))"
    print("In order: \(Wording.count(rules, "rule"))\(warnings).")
  }

  /// A ledger is named, or a configuration that names one.
  private var besideLedger: Bool { grounds.ledger != nil || grounds.configuration.path != nil }

  /// Each folder once, in the order given.
  private func folders() throws -> [String] {
    if paths.isEmpty { return [grounds.configuration.path == nil ? "." : try grounds.grounds(rules: nil).rules] }
    var seen: Set<String> = []
    return paths.map { $0.hasSuffix(".rules") ? Files.folder(of: $0) : $0 }.filter { seen.insert($0).inserted }
  }
}
