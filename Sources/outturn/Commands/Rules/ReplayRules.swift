import Alerting
import ArgumentParser
import Daemon
import Diagnostics
import Finance
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
  @Option(help: "From this day, or about this period, on: 2014-01-01, or \"2013-14 M6\".") var from: String?
  @Option(help: "To the end of this day, or up to this period.") var to: String?
  @Flag(help: "Period by period, as the ledger has each now.") var byPeriod = false
  @Option(help: "text and json: counts and announcements. csv: the announcements.") var format = ReplayFormat.text
  @Option(help: "In text: at most so many announcements.") var limit = 200

  func run() throws {
    let (rehearsal, store, _) = try options.opened()
    let wanted = try rehearsal.rules(called: names)
    let calendar = rehearsal.program.calendar
    let span = ReplaySpan(from: try edge(from, "--from", calendar), to: try edge(to, "--to", calendar, isEnd: true))
    let report = try store.look { snapshot in
      defer { Terminal.endProgress() }
      return try rehearsal.replay(of: wanted, span, byPeriod ? .byPeriod : .asReported, in: snapshot) { done in
        if done % 10 == 0 { Terminal.progress("Replayed \(Wording.count(done, byPeriod ? "period" : "drop")) …") }
      }
    }
    let rules = rehearsal.program.rules.filter { wanted?.contains($0.name) ?? true }
    let text = ReplayText(report, rules: rules, calendar: calendar)
    switch format {
    case .text: print(text.summary(limit: limit))
    case .json: try printJSON(text.json)
    case .csv: print(text.csv, terminator: "")
    }
  }

  /// A day or a period; a year is all of its periods.
  private func edge(
    _ text: String?, _ option: String, _ calendar: FinancialCalendar, isEnd: Bool = false
  ) throws -> ReplaySpan.Edge? {
    guard let text else { return nil }
    if let day = Day(iso: text) { return .day(day) }
    do {
      let (period, step) = try calendar.parse(text)
      guard step == .year, period.month == 12 else { return .period(period) }
      return .period(Period(year: Int(period.year), month: isEnd ? 13 : 0))
    } catch {
      throw Complaint.couldNotRun("\(option) takes a day, as 2014-01-31, or a period: \(error)")
    }
  }
}

enum ReplayFormat: String, ExpressibleByArgument, CaseIterable { case text, json, csv }
