import ArgumentParser
import Daemon
import Delivery
import Diagnostics
import Finance

struct Deliveries: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliveries",
    abstract: "What was sent to whom, and what still waits.",
    discussion: "Example:\n  outturn deliveries --receiver finance-team",
    subcommands: [List.self, Show.self, Retry.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The last messages, newest first.",
      discussion: """
        Examples:
          outturn deliveries
          outturn deliveries list --receiver finance-team --format json
        """)

    @OptionGroup var configuration: ConfigurationOption
    @OptionGroup var output: FormatOption
    @Option(help: "To this receiver only.") var receiver: String?
    @Option(help: "At most so many.") var limit = 50

    func run() throws {
      let ledger = try OpenedLedger(configuration)
      if let receiver { try ledger.configuration.requireReceiver(receiver) }
      let messages = try ledger.read { try MessageSummary.list(receiver: receiver, limit: limit, in: $0) }
      switch output.format {
      case .json: try printJSON(messages.map(MessageAnswer.init))
      case .text:
        guard !messages.isEmpty else { return print("Nothing of that kind has been sent yet.") }
        var table = Table([
          ("ID", .left), ("RECEIVER", .left), ("STATE", .left), ("ATTEMPTS", .right), ("DUE", .left), ("LAST", .left),
        ])
        for message in messages {
          table.add([
            message.id, message.receiver, message.state.rawValue, String(message.attempts),
            message.due?.description ?? "", (message.lastWords ?? "").printable,
          ])
        }
        print(table.text)
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One message: every attempt, and the bytes that are sent.",
      discussion: """
        Example:
          outturn deliveries show msg_0a1b2c
        """)

    @OptionGroup var configuration: ConfigurationOption
    @OptionGroup var output: FormatOption
    @Argument(help: "The message's id, as `outturn deliveries` lists it.") var id: String

    func run() throws {
      let ledger = try OpenedLedger(configuration)
      let found = try ledger.read { snapshot in
        (
          try MessageSummary.find(id, in: snapshot), try MessageSummary.attempts(id, in: snapshot),
          try MessageSummary.body(id, in: snapshot)
        )
      }
      guard let message = found.0 else {
        throw Complaint.found("There is no message \(id.printable). `outturn deliveries` lists those there are.")
      }
      let attempts = found.1
      switch output.format {
      case .json: try printJSON(Answer(message: MessageAnswer(message), attempts: attempts.map(AttemptAnswer.init)))
      case .text:
        print("\(message.id) to \(message.receiver): \(message.state.rawValue)")
        for attempt in attempts { print("  \(attempt.began)  \(attempt.outcome): \(attempt.words.printable)") }
        if let due = message.due { print("  next try \(due)") }
        if let body = found.2 { print("\n" + String(decoding: body, as: UTF8.self).printable) }
      }
    }

    private struct Answer: Encodable {
      var message: MessageAnswer
      var attempts: [AttemptAnswer]
    }
  }

  struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tries again at once what could not be delivered, dead letters included.",
      discussion: """
        Examples:
          outturn deliveries retry
          outturn deliveries retry --receiver finance-team
        """)

    @OptionGroup var configuration: ConfigurationOption
    @Option(help: "To this receiver only.") var receiver: String?

    func run() async throws {
      if let receiver { try Configuration.loaded(configuration).requireReceiver(receiver) }
      try await Asking.ask(.retryDeliveries(receiver: receiver), configuration)
    }
  }
}

private struct MessageAnswer: Encodable {
  var id: String
  var receiver: String
  var state: String
  var announcements: [Int64]
  var frozen: String
  var attempts: Int
  var due: String?
  var lastWords: String?

  init(_ message: MessageSummary) {
    id = message.id
    receiver = message.receiver
    state = message.state.rawValue
    announcements = message.announcements
    frozen = message.frozen.description
    attempts = message.attempts
    due = message.due?.description
    lastWords = message.lastWords
  }
}

private struct AttemptAnswer: Encodable {
  var began: String
  var ended: String
  var outcome: String
  var words: String

  init(_ attempt: AttemptSummary) {
    began = attempt.began.description
    ended = attempt.ended.description
    outcome = attempt.outcome
    words = attempt.words
  }
}
