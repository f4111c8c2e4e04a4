import Alerting
import ArgumentParser
import Daemon
import Diagnostics
import Finance
import Foundation
import RuleLanguage
import RuleLibrary
import Storage

/// `outturn rules diff`
struct CompareRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Two rule sets over the same ledger: what changes in the rules, and which alerts would differ.",
    discussion: """
      A rule set is a folder, or a git revision: HEAD~1 (of the folder that the configuration names), or
      main:Rules/payments (a folder from the top of the repository). The work tree is not touched.

      Examples:
        outturn rules diff HEAD~1                          what the last commit to the rules in force changes
        outturn rules diff main:Rules/payments Rules/payments --format json
        outturn rules diff /etc/outturn/rules ~/rules --from "2013-14 M1"

      Exit status: 0; with --exit-code 1 where an alert differs; 2 it could not run.
      """)

  @OptionGroup var places: GroundsOptions
  @OptionGroup var span: SpanOptions
  @OptionGroup var output: FormatOption
  @Argument(help: "A folder or a git revision.") var old: String
  @Argument(help: "A folder or a git revision; without, the rules that the configuration names.") var new: String?
  @Flag(help: "End with status 1 where an alert differs.") var exitCode = false
  @Option(help: "In text: at most so many alerts of each sort.") var limit = 50

  func run() throws {
    let named = [new, old].compactMap { $0 }.first(where: isFolder)
    let grounds = try places.grounds(rules: named)
    let store = try ReadOnlyStore.opened(grounds.ledger)
    let (before, after) = (try load(old, grounds), try load(new ?? grounds.rules, grounds))
    guard let oldProgram = before.program, let newProgram = after.program else { return }
    let reports = try (
      span.replay(Rehearsal(program: oldProgram, on: grounds), "Replayed by the old rules", in: store),
      span.replay(Rehearsal(program: newProgram, on: grounds), "Replayed by the new rules", in: store)
    )
    let comparison = RuleSetComparison(old: before, new: after, library: .all)
    let text = ComparisonText(
      comparison, old: reports.0, new: reports.1, rules: (oldProgram.rules, newProgram.rules),
      calendar: newProgram.calendar)
    switch output.format {
    case .text: print(text.text(limit: limit))
    case .json: try printJSON(text.json)
    }
    if exitCode && !text.alerts.isSame { throw ExitCode(Status.findings) }
  }

  private func isFolder(_ written: String) -> Bool {
    var isFolder: ObjCBool = false
    return unsafe FileManager.default.fileExists(atPath: written, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// A folder that is there is meant before a revision of that name.
  private func load(_ written: String, _ grounds: Rehearsal.Grounds) throws -> RuleSet.Loaded {
    let loaded: RuleSet.Loaded
    if isFolder(written) {
      let (texts, problems) = Policy.read(written)
      guard problems.isEmpty else { throw Complaint.couldNotRun(problems, in: []) }
      loaded = Policy.check(texts, attributes: grounds.attributes)
    } else {
      guard let place = GitRules.Place(written) else {
        throw Complaint.couldNotRun("\(Wording.quoted(written)) is no folder, and no git revision either")
      }
      do {
        loaded = try GitRules.load(
          place, in: place.folder == nil ? grounds.rules : ".", attributes: grounds.attributes)
      } catch {
        throw Complaint.couldNotRun("\(Wording.quoted(written)) is no folder, and as a git revision: \(error)")
      }
    }
    guard loaded.program != nil else { throw Complaint.couldNotRun(loaded.diagnostics, in: loaded.texts) }
    return loaded
  }
}
