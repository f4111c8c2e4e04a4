import Alerting
import ArgumentParser
import Catalogue
import Daemon
import Diagnostics
import Evaluation
import Finance
import Foundation
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
        outturn rules doc -o /var/www/rules                      rules, ledger and register of the configuration
        outturn rules doc Rules/payments -o .                    a folder of rules alone, without charts
        outturn rules doc ~/rules --ledger /var/lib/outturn/ledger.db --register organisations.csv -o .
        outturn rules doc --subject "Wessex Area Team" -o .      its charts, where a rule speaks of it
        outturn rules doc Rules/payments --format markdown > catalogue.md
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case html, markdown }

  @OptionGroup var places: GroundsOptions
  @Argument(
    help: "The folder that the rules are in; without, the one that the configuration names.", completion: .directory)
  var folder: String?
  @Option(help: "html for a browser, markdown for a wiki.") var format = Format.html
  @Option(help: "Whose line charts show, by name or code; otherwise that of the worst off.") var subject: String?
  @Option(help: "What the catalogue is called.") var title = "Rules"
  @Option(
    name: [.customShort("o"), .customLong("output")], help: "The folder to write it into; otherwise it is printed.")
  var output: String?

  func run() throws {
    let grounds = try grounds()
    let (files, problems) = Policy.read(grounds.rules)
    guard problems.isEmpty else { throw Complaint.couldNotRun(problems, in: files) }
    let loaded = Policy.check(files, attributes: grounds.attributes)
    guard let program = loaded.program else { throw Complaint.couldNotRun(loaded.diagnostics, in: loaded.texts) }
    let catalogue =
      try hasLedger(grounds)
      ? recorded(program, loaded, grounds)
      : Catalogue(title: title, program, loaded.tree, texts: loaded.texts, in: grounds.rules, reports: reports)
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

  /// A folder alone needs neither a configuration nor a ledger: its path is then empty.
  private func grounds() throws -> Rehearsal.Grounds {
    guard let folder, places.ledger == nil, places.configuration.path == nil else {
      return try places.grounds(rules: folder)
    }
    let (grounds, diagnostics, texts) = Rehearsal.grounds(
      Rehearsal.Places(configuration: nil, ledger: "", rules: folder, register: places.register))
    guard let grounds else { throw Complaint.couldNotRun(diagnostics, in: texts) }
    return grounds
  }

  /// One that the configuration names comes into being with the first `serve`; until then there are no charts.
  private func hasLedger(_ grounds: Rehearsal.Grounds) throws -> Bool {
    guard !grounds.ledger.isEmpty else { return false }
    guard places.ledger == nil, !FileManager.default.fileExists(atPath: grounds.ledger) else { return true }
    guard subject == nil else {
      throw Complaint.couldNotRun(
        "There is no ledger yet at \(grounds.ledger.printable) that --subject could be found in.")
    }
    Terminal.complain("Without charts and alerts: there is no ledger yet at \(grounds.ledger.printable).")
    return false
  }

  private var reports: [Catalogue.Report] {
    Report.allCases.map {
      Catalogue.Report(name: $0.rawValue, title: $0.title, severity: $0.severity, meaning: $0.meaning)
    }
  }

  /// With what the ledger says of each rule.
  private func recorded(
    _ program: Program, _ loaded: RuleSet.Loaded, _ grounds: Rehearsal.Grounds
  ) throws -> Catalogue {
    try ReadOnlyStore.opened(grounds.ledger).look { snapshot in
      let evaluator = try Rehearsal(program: program, on: grounds).evaluator(in: snapshot)
      let episodes = try EpisodeSummary.list(limit: 100_000, in: snapshot)
      let records = RuleRecords(evaluator, episodes, asked: subject)
      if let subject, !records.isKnown(subject) {
        throw Complaint.couldNotRun("No rule says anything of \(Wording.quoted(subject)) in this ledger.")
      }
      return Catalogue(
        title: title, program, loaded.tree, texts: loaded.texts, in: grounds.rules, through: records.through,
        reports: reports,
        record: records.record)
    }
  }
}

/// What a ledger says of each rule, of the year that ends with its last period.
private struct RuleRecords {
  private let evaluator: Evaluator
  private let alerts: [String: [(period: Period, alert: Catalogue.Record.Alert)]]
  private let firing: [String: [Subject: Severity]]
  private let last: Period?
  private let asked: String?

  /// - Parameter asked: whose line charts show, where they can.
  init(_ evaluator: Evaluator, _ episodes: [EpisodeSummary], asked: String?) {
    self.evaluator = evaluator
    self.asked = asked
    last = evaluator.lastPeriod
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
    var firing: [String: [Subject: Severity]] = [:]
    for standing in evaluator.activeStandings() where !standing.yearIsOver {
      if let severity = standing.now.firing { firing[standing.key.rule, default: [:]][standing.key.subject] = severity }
    }
    self.firing = firing
  }

  /// The last period, as it is called.
  var through: String? { last.map { evaluator.program.calendar.label($0) } }

  /// Whether some rule says something of a subject, by its name or code.
  func isKnown(_ name: String) -> Bool {
    guard let last else { return false }
    return evaluator.program.rules.contains { rule in
      evaluator.subjects(of: rule.name).contains { subject in
        subject.keys.contains(name) || evaluator.name(of: subject, rule: rule.name, at: last) == name
      }
    }
  }

  func record(_ rule: RuleLanguage.Rule) -> Catalogue.Record? {
    let known = (alerts[rule.name] ?? []).sorted { $0.period > $1.period }
    let year = last.map { Period(year: Int($0.year) - 1, month: Int($0.month)) }
    let severities = known.filter { $0.alert.end == nil }.compactMap { alert in
      Severity.allCases.first { $0.word == alert.alert.severity }
    }
    return Catalogue.Record(
      alerts: known.filter { alert in year.map { $0 < alert.period } ?? true }.map(\.alert),
      open: Dictionary(severities.map { ($0, 1) }, uniquingKeysWith: +),
      history: last.flatMap {
        History(of: rule, in: evaluator, through: $0, firing: firing[rule.name] ?? [:], asked: asked)
      })
  }
}
