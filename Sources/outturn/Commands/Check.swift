import ArgumentParser
import Daemon
import Diagnostics
import Drops
import Finance
import Foundation
import RuleLanguage
import Sinks
import Storage

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks the configuration, the register and the rules together; nothing is changed.",
    discussion: """
      Beside errors it shows every doubt that `rules check` has about the rules and their ledger, and tries whether inboxes
      and secrets can be used. Run it as the daemon's user: what others may do there is not what it may do.

      Examples:
        outturn check --config outturn.yaml
        outturn check --format json
        outturn check --unit > /etc/systemd/system/outturn.service.d/folders.conf
      """)

  @OptionGroup var configuration: ConfigurationOption
  @OptionGroup var output: FormatOption
  @Flag(
    help: "Print the systemd drop-in that lets the service write to inboxes and logs in other folders than its own.")
  var unit = false

  func run() throws {
    let checked: Examination
    do {
      checked = try Examination(configuration.resolved, today: Clock.system.wall().day)
    } catch let error as StorageError {
      throw Complaint.couldNotRun("\(error.message).\n\(error.advice)")
    }
    try Findings.show(checked.diagnostics, in: checked.texts, as: FindingsFormat(output.format))
    guard output.format == .text, let setup = checked.setup else { return }
    if unit { return print(setup.configuration.serviceDropIn, terminator: "") }
    print(
      "In order: \(Wording.count(setup.configuration.sources.count, "source")), "
        + "\(Wording.count(setup.program.rules.count, "rule")), "
        + "\(Wording.count(setup.configuration.receivers.count, "receiver"))"
        + (setup.register.map { ", \(Wording.count($0.codes.count, "organisation")) on the register" } ?? "") + ".")
    if !checked.untried.isEmpty {
      print("Not tried, as systemd hands them to the service alone: \(Wording.list(checked.untried.map(\.printable))).")
    }
  }
}

extension Configuration {
  /// The folders that the unit may write to by itself.
  private static let own = ["/var/lib/outturn", "/var/log/outturn"]

  /// What the hardened unit needs beside its own folders: a drop-in for `outturn.service.d`.
  fileprivate var serviceDropIn: String {
    let logs = receivers.compactMap { receiver in
      if case .log(let log) = receiver.kind { Files.folder(of: log.path) } else { nil }
    }
    let others = Set(sources.map(\.inbox) + logs + [folder]).filter { path in
      !Self.own.contains { path == $0 || path.hasPrefix($0 + "/") }
    }
    guard !others.isEmpty else {
      return "# Every inbox and log file lies in the unit's own folders: no drop-in is needed.\n"
    }
    return "[Service]\n" + others.sorted().map { "ReadWritePaths=\"\($0)\"\n" }.joined()
  }
}
