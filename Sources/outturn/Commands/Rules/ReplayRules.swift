import Alerting
import ArgumentParser
import Daemon
import Diagnostics
import RuleLanguage

/// `outturn rules replay`
struct ReplayRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "What rules would have announced over the ledger's history. Nothing is written and nobody is told.",
    discussion: """
      Drop by drop in the order in which they were accepted, so that restatements and late returns come when they came.
      With --by-period, period by period, as the ledger has each now: for a ledger that was filled in one go.

      Examples:
        outturn rules replay
        outturn rules replay overspend deficits_spreading --from "2013-14 M6"
        outturn rules replay --rules ~/rules --from 2014-01-01 --to 2014-03-31 --format csv
      """)

  @OptionGroup var options: RehearsalOptions
  @Argument(help: "Rules by name; all of them without.") var names: [String] = []
  @OptionGroup var span: SpanOptions
  @Option(help: "text and json: counts and announcements. csv: the announcements.") var format = ReplayFormat.text
  @Option(help: "In text: at most so many announcements.") var limit = 200

  func run() throws {
    let (rehearsal, store, _) = try options.opened()
    let wanted = try rehearsal.rules(called: names)
    let report = try span.replay(rehearsal, of: wanted, "Replayed", in: store)
    let rules = rehearsal.program.rules.filter { wanted?.contains($0.name) ?? true }
    let text = ReplayText(report, rules: rules, calendar: rehearsal.program.calendar)
    switch format {
    case .text: print(text.summary(limit: limit))
    case .json: try printJSON(text.json)
    case .csv: print(text.csv, terminator: "")
    }
  }
}

enum ReplayFormat: String, ExpressibleByArgument, CaseIterable { case text, json, csv }
