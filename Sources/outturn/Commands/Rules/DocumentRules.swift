import Alerting
import ArgumentParser
import Catalogue
import Daemon
import Diagnostics
import Evaluation
import Finance
import RuleLanguage
import Storage

/// `outturn rules doc`
struct DocumentRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doc",
    abstract: "The rule catalogue: what each rule does in plain English, its owner, runbook, tests and alerts.",
    discussion: """
      With a ledger, each rule shows its alerts of the last year and a chart of the watched value. The page needs nothing
      else, and each rule in it has an address of its own: catalogue.html#overspend

      Examples:
        outturn rules doc Rules/payments -o /var/www/rules       writes catalogue.html there
        outturn rules doc /etc/outturn/rules --ledger /var/lib/outturn/ledger.db --register organisations.csv -o .
        outturn rules doc Rules/payments --format markdown > catalogue.md
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case html, markdown }

  @Argument(help: "The folder that the rules are in.", completion: .directory) var folder: String
  @Option(help: "html for a browser, markdown for a wiki.") var format = Format.html
  @Option(help: "The ledger to look into.", completion: .file(extensions: ["db"])) var ledger: String?
  @Option(help: "The register of organisations: a CSV file.", completion: .file(extensions: ["csv"]))
  var register: String?
  @Option(help: "What the catalogue is called.") var title = "Rules"
  @Option(name: [.short, .customLong("output")], help: "The folder to write it into; otherwise it is printed.")
  var output: String?

  func run() throws {
    let (files, problems) = Policy.read(folder)
    let places = Rehearsal.Places(configuration: nil, ledger: ledger ?? "", rules: folder, register: register)
    let (grounds, flaws, _) = Rehearsal.grounds(places)
    guard let grounds, problems.isEmpty else { throw Complaint.couldNotRun(problems + flaws, in: files) }
    let loaded = Policy.check(files, attributes: grounds.attributes)
    guard let program = loaded.program else { throw Complaint.couldNotRun(loaded.diagnostics, in: loaded.texts) }
    let catalogue =
      try ledger.map { try recorded(program, loaded, Rehearsal(program: program, on: grounds), in: $0) }
      ?? Catalogue(title: title, program, loaded.tree, texts: loaded.texts)
    let text = format == .html ? catalogue.html : catalogue.markdown
    guard let output else { return print(text, terminator: "") }
    let path = output + (format == .html ? "/catalogue.html" : "/catalogue.md")
    do {
      try Files.makeFolder(output, mode: 0o755)
      try Files.replace(path, with: Array(text.utf8))
    } catch {
      throw Complaint.couldNotRun("\(error)")
    }
    print(path.printable)
  }

  /// With what the ledger says of each rule.
  private func recorded(
    _ program: Program, _ loaded: RuleSet.Loaded, _ rehearsal: Rehearsal, in ledger: String
  ) throws -> Catalogue {
    try ReadOnlyStore.opened(ledger).look { snapshot in
      let evaluator = try rehearsal.evaluator(in: snapshot)
      let episodes = try EpisodeSummary.list(openOnly: false, limit: 100_000, in: snapshot)
      let records = RuleRecords(evaluator, episodes)
      return Catalogue(
        title: title, program, loaded.tree, texts: loaded.texts, record: records.record)
    }
  }
}

/// What a ledger says of each rule, of the year that ends with its latest alert or period.
private struct RuleRecords {
  private let evaluator: Evaluator
  private let alerts: [String: [(period: Period, alert: Catalogue.Record.Alert)]]
  private let worst: [String: Standing]
  private let from: Period?

  init(_ evaluator: Evaluator, _ episodes: [EpisodeSummary]) {
    self.evaluator = evaluator
    let calendar = evaluator.program.calendar
    let dated = episodes.compactMap { episode -> (rule: String, period: Period, alert: Catalogue.Record.Alert)? in
      guard let period = try? calendar.parse(episode.opened.period).period else { return nil }
      return (
        episode.rule, period,
        Catalogue.Record.Alert(
          period: episode.opened.period, subject: episode.subject, severity: episode.severity, end: episode.closed)
      )
    }
    alerts = Dictionary(grouping: dated, by: \.rule).mapValues { $0.map { ($0.period, $0.alert) } }
    let active = evaluator.activeStandings()
    worst = Dictionary(grouping: active, by: \.key.rule).compactMapValues { standings in
      standings.max { Self.weight($0) < Self.weight($1) }
    }
    let last = (dated.map(\.period) + active.map(\.lastPeriod)).max()
    from = last.map { Period(year: Int($0.year) - 1, month: Int($0.month)) }
  }

  private static func weight(_ standing: Standing) -> (Int, Int) {
    let firing = standing.states.count { $0.firing != nil }
    return (standing.now.firing.map { Int($0.rawValue) } ?? 0, firing)
  }

  func record(_ rule: RuleLanguage.Rule) -> Catalogue.Record? {
    let recent = (alerts[rule.name] ?? []).filter { alert in from.map { $0 < alert.period } ?? true }
    return Catalogue.Record(
      alerts: recent.sorted { $0.period > $1.period }.map(\.alert),
      history: History(of: rule, in: evaluator, worst: worst[rule.name]?.key.subject))
  }
}
