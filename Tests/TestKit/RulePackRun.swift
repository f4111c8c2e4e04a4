package import Foundation

/// The built program at work on one of the shipped rule packs: its own configuration, with a folder of the test's own in
/// place of the system's, and a log to read the announcements from.
package struct RulePackRun {
  package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  package static let isBuilt = BuiltProgram.outturn.isBuilt

  private let folder = TemporaryFolder()
  /// Where its ledger, its inboxes and its log are.
  package var place: String { folder.path }
  package var configuration: String { folder.path + "/outturn.yaml" }

  /// - Parameters:
  ///   - register: the CSV file of organisations, from the root of the checkout.
  ///   - copiesRules: the rules are a copy in `rules`, to be changed.
  package init(_ pack: String, register: String, copiesRules: Bool = false) throws {
    let rules = Self.root.appending(path: "Rules/\(pack)")
    if copiesRules { try FileManager.default.copyItem(atPath: rules.path, toPath: folder.path + "/rules") }
    let shipped = try String(contentsOf: Self.root.appending(path: "Rules/\(pack)/outturn.yaml"), encoding: .utf8)
    var lines = shipped.components(separatedBy: "\n")
    lines.removeSubrange(lines.firstIndex(of: "routes:")!...)
    var text = lines.joined(separator: "\n")
      .replacing("/var/lib/outturn/", with: "")
      .replacing("/etc/outturn/rules", with: copiesRules ? "rules" : rules.path)
      .replacing("/etc/outturn/organisations.csv", with: "\(Self.root.path)/\(register)")
    for line in lines where line.hasPrefix("    inbox: ") {
      let inbox = line.replacing("    inbox: /var/lib/outturn/", with: "")
      try FileManager.default.createDirectory(atPath: "\(folder.path)/\(inbox)", withIntermediateDirectories: true)
      text = text.replacing(
        "    inbox: \(inbox)\n", with: "    inbox: \(inbox)\n    every: 100ms\n    ready: { unchanged_for: 0s }\n")
    }
    text += "routes:\n  - to: [log]\nreceivers:\n  log: { log: { path: \(folder.path)/alerts.jsonl, format: json } }\n"
    try text.write(toFile: configuration, atomically: true, encoding: .utf8)
  }

  /// Puts a file into the inbox of a source; `below` is a folder in it.
  package func drop(_ file: URL, into source: String, below: String? = nil, as name: String? = nil) throws {
    let inbox = [folder.path, "inbox", source, below].compactMap { $0 }.joined(separator: "/")
    try FileManager.default.createDirectory(atPath: inbox, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: file.path, toPath: inbox + "/" + (name ?? file.lastPathComponent))
  }

  package func drop(_ text: String, into source: String, below: String? = nil, as name: String) throws {
    let file = URL(filePath: folder.path).appending(path: "arriving")
    try text.write(to: file, atomically: true, encoding: .utf8)
    try drop(file, into: source, below: below, as: name)
  }

  /// Puts the files of a case group, or of all of them, into the inboxes of the sources that its folders are named for.
  package func drop(below group: URL) throws {
    let files = FileManager.default.enumerator(atPath: group.path)
    while let path = files?.nextObject() as? String {
      let parts = path.split(separator: "/")
      guard parts.count > 1, path.hasSuffix(".csv") else { continue }
      let name = parts.joined(separator: "-")
      try drop(group.appending(path: path), into: String(parts[parts.count - 2]), as: name)
    }
  }

  /// Runs a command of the program to its end.
  @discardableResult
  package func outturn(_ arguments: String...) throws -> BuiltProgram.Ended {
    try BuiltProgram.outturn.run(arguments + ["--config", configuration])
  }

  package struct Said: Decodable {
    package struct Rule: Decodable { package var name: String }
    package struct Subject: Decodable {
      package struct Key: Decodable { package var value: String }
      package var keys: [Key]
    }
    package var state: String
    package var severity: String
    package var rule: Rule
    package var subject: Subject
    package var period: String
    package var sentence: String
    package var detail: String?

    package var words: String { [sentence, detail].compactMap { $0 }.joined(separator: "\n") }
  }

  private struct Line: Decodable { var alerts: [Said] }

  /// What the log says, in order.
  package var announcements: [Said] {
    get throws {
      try String(contentsOfFile: folder.path + "/alerts.jsonl", encoding: .utf8).split(separator: "\n").flatMap {
        try JSONDecoder().decode(Line.self, from: Data($0.utf8)).alerts
      }
    }
  }
}
