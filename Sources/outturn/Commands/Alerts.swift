import Alerting
import ArgumentParser
import Daemon
import Diagnostics

struct Alerts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts",
    abstract: "What is over the line, and how it came to be said.",
    discussion: "Examples:\n  outturn alerts\n  outturn alerts show 7",
    subcommands: [List.self, Show.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The alerts that are open; with --all, those that ended too.",
      discussion: """
        Examples:
          outturn alerts
          outturn alerts list --all --format json
        """)

    @OptionGroup var configuration: ConfigurationOption
    @OptionGroup var output: FormatOption
    @Flag(help: "Those that ended too.") var all = false
    @Option(help: "At most so many.") var limit = 200

    func run() throws {
      let ledger = try OpenedLedger(configuration)
      let catalogue = ledger.configuration.catalogue
      var episodes = try ledger.read { try EpisodeSummary.list(openOnly: !all, limit: limit, in: $0) }
      for index in episodes.indices { episodes[index].catalogue = catalogue?.place(ofRule: episodes[index].rule) }
      switch output.format {
      case .json: try printJSON(episodes)
      case .text:
        guard !episodes.isEmpty else { return print(all ? "There has been no alert." : "Nothing is over the line.") }
        var table = Table([
          ("ID", .right), ("STATE", .left), ("RULE", .left), ("WHO", .left), ("LAST SAID", .right), ("OF", .left),
          ("OPENED", .left),
        ])
        for episode in episodes {
          table.add([
            String(episode.id), episode.closed ?? episode.severity, episode.rule, episode.subject.printable,
            episode.announced.shown ?? "", episode.announced.period, episode.opened.period,
          ])
        }
        print(table.text)
        print("\nOne of them, back to its rows: outturn alerts show ID")
        if let place = catalogue?.place(ofRule: "RULE") { print("What its rule does: \(place.printable)") }
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
      }
    }

    private struct Answer: Encodable {
      var alert: EpisodeSummary
      var announcements: [Announcement]
    }
  }
}
