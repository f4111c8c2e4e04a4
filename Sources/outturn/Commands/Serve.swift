import ArgumentParser
import Daemon
import Delivery
import Diagnostics
import Foundation
import Logging
import Storage

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watches the inboxes and announces what is over the line, until stopped.",
    discussion: """
      SIGHUP reads the configuration and the rules again; where they are bad the old ones stay in force. SIGTERM finishes
      the drop at hand and stops.

      Examples:
        outturn serve --config /etc/outturn/outturn.yaml
        outturn serve --once      read what is there, deliver everything, and end

      With --once the exit status is 1 when something could not be delivered within a minute; it is listed.
      """)

  @OptionGroup var configuration: ConfigurationOption
  @Flag(help: "End when everything is read and delivered.") var once = false

  func run() async throws {
    LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
    var log = Logger(label: "outturn")
    log.logLevel = .info
    let undelivered: [Undelivered]
    do {
      undelivered = try await Server.run(Setup.loaded(configuration), path: configuration.resolved, once: once, log: log)
    } catch let error as StorageError {
      throw Complaint.couldNotRun("\(error.message).\n\(error.advice)")
    } catch let error as ControlSocketError {
      throw Complaint.couldNotRun("\(error)")
    }
    guard undelivered.isEmpty else {
      throw Complaint.found("Not delivered:\n" + undelivered.map(\.line).joined(separator: "\n"))
    }
  }
}

extension Undelivered {
  /// One receiver and what waits for it, in a line.
  var line: String {
    var parts: [String] = []
    if pending > 0 { parts.append("\(Wording.count(pending, "message")) waiting") }
    if dead > 0 { parts.append("\(Wording.count(dead, "message")) given up") }
    if let lastWords { parts.append("last: \(lastWords.printable)") }
    if let next { parts.append("next try \(next)") }
    return "  \(receiver): \(parts.joined(separator: ", "))"
  }
}
