import Alerting
import ArgumentParser
import Daemon
import Diagnostics

struct Alerts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts",
    abstract: "What is over the line, and how it came to be said.",
    discussion: """
      Examples:
        outturn alerts
        outturn alerts --all
        outturn alerts history
        outturn alerts show 7
      """,
    subcommands: [List.self, History.self, Show.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What is over the line by the figures, the rules and the register as they are now.",
      discussion: """
        SINCE is the period from which it has stood at this severity, OPEN SINCE the one in which it opened. What a rule
        suppresses is listed below what fires. With --all, the alerts that ended follow, each with what was said last.

        Examples:
          outturn alerts
          outturn alerts list --all --format json
        """)

    @OptionGroup var options: RehearsalOptions
    @OptionGroup var output: FormatOption
    @Flag(help: "Those that ended too.") var all = false
    @Option(help: "At most so many.") var limit = 200

    func run() throws {
      let (rehearsal, store, grounds) = try options.opened()
      let catalogue = grounds.configuration?.catalogue
      var listed = try store.look { snapshot in
        try AlertNow.list(
          in: rehearsal.evaluator(in: snapshot), withEnded: all, limit: max(limit, 0), reading: snapshot)
      }
      for index in listed.alerts.indices {
        listed.alerts[index].catalogue = catalogue?.place(ofRule: listed.alerts[index].rule)
      }
      let alerts = listed.alerts
      switch output.format {
      case .json: try printJSON(alerts)
      case .text:
        guard !alerts.isEmpty || listed.more > 0 else {
          return print(all ? "There has been no alert." : "Nothing is over the line.")
        }
        print(AlertsText(alerts).text)
        if listed.more > 0 { print("… and \(listed.more) more: --limit \(alerts.count + listed.more)") }
        print(
          "\nAll that was said of one, back to its rows: outturn alerts show ID\(options.places.configuration.again)")
        print("Why it stands as it does: outturn rules explain RULE --subject WHO\(options.again)")
        if let place = catalogue?.place(ofRule: "RULE") {
          print("What its rule does: \(place.printable)")
        }
      }
    }
  }

  struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What was announced, in the order of the record.",
      discussion: """
        Example:
          outturn alerts history --limit 20
        """)

    @OptionGroup var configuration: ConfigurationOption
    @OptionGroup var output: FormatOption
    @Option(help: "The last so many.") var limit = 200

    func run() throws {
      let said = try OpenedLedger(configuration).read { try Announced.latest(max(limit, 0), in: $0) }
      switch output.format {
      case .json: try printJSON(said.map(\.announcement))
      case .text:
        guard !said.isEmpty else { return print("Nothing was announced yet.") }
        print(said.map { AnnouncementText.brief($0.announcement) }.joined(separator: "\n"))
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "All that was said of one alert: values, arithmetic, and the file and rows of every figure.",
      discussion: """
        Example:
          outturn alerts show 7
        """)

    @OptionGroup var configuration: ConfigurationOption
    @OptionGroup var output: FormatOption
    @Argument(help: "The alert's id, as `outturn alerts` lists it.") var id: Int64

    func run() throws {
      let ledger = try OpenedLedger(configuration)
      let found = try ledger.read { snapshot in
        (try EpisodeSummary.find(id, in: snapshot), try Announced.about(episode: id, in: snapshot))
      }
      guard var episode = found.0 else {
        throw Complaint.found("There is no alert \(id). `outturn alerts --all` lists those there are.")
      }
      episode.catalogue = ledger.configuration.catalogue?.place(ofRule: episode.rule)
      switch output.format {
      case .json: try printJSON(Answer(alert: episode, announcements: found.1.map(\.announcement)))
      case .text:
        print("\(episode.rule), \(episode.subject.printable): \(episode.closed ?? episode.severity)")
        for announced in found.1 { print("\n" + AnnouncementText.full(announced)) }
        if let line = whereFrom(found.1) { print("\n" + line) }
        if episode.closed == nil { print("As it stands now: outturn alerts\(configuration.again)") }
      }
    }

    /// How to come from a figure of what was said last to each of its rows, and to the file itself.
    private func whereFrom(_ said: [Announced]) -> String? {
      guard let origin = said.last(where: { !$0.announcement.provenance.isEmpty })?.announcement.provenance[0] else {
        return nil
      }
      let words = [origin.organisation, origin.period, origin.measure].map(ConfigurationOption.word)
      return "The rows of a figure: outturn ledger lines --organisation \(words[0]) --period \(words[1]) "
        + "--measure \(words[2])\(configuration.again)\n"
        + "A drop, and where it is kept: outturn drops show \(origin.drop)\(configuration.again)"
    }

    private struct Answer: Encodable {
      var alert: EpisodeSummary
      var announcements: [Announcement]
    }
  }
}
