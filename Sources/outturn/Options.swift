import ArgumentParser
import Foundation

/// Where the configuration is: the same for every command.
struct ConfigurationOption: ParsableArguments {
  @Option(
    name: [.customShort("c"), .customLong("config")],
    help: "The configuration. Otherwise $OUTTURN_CONFIG, ./outturn.yaml or /etc/outturn/outturn.yaml.",
    completion: .file(extensions: ["yaml"]))
  var path: String?

  /// The file that is meant, whether or not it is there.
  var resolved: String {
    if let path { return path }
    if let path = ProcessInfo.processInfo.environment["OUTTURN_CONFIG"], !path.isEmpty { return path }
    let here = "outturn.yaml"
    return FileManager.default.fileExists(atPath: here) ? here : "/etc/outturn/outturn.yaml"
  }
}

/// Text for people, JSON for scripts.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

struct FormatOption: ParsableArguments {
  @Option(name: .customLong("format"), help: "text for reading, json for scripts.")
  var format = OutputFormat.text
}
