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

  /// Behind a command that is named to a reader, so that it can be copied: where this one was told of a configuration.
  var again: String { path.map { " --config \(Self.word($0))" } ?? "" }

  /// As a shell takes it for one word.
  static func word(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || "/._-".utf8.contains(byte)
    }
    return isPlain && !text.isEmpty ? text : "'\(text.replacing("'", with: #"'\''"#))'"
  }
}

/// Text for people, JSON for scripts.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

struct FormatOption: ParsableArguments {
  @Option(name: .customLong("format"), help: "text for reading, json for scripts.")
  var format = OutputFormat.text
}
