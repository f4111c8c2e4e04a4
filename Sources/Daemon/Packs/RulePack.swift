package import Diagnostics
import Foundation
package import RuleLanguage
package import Storage

/// A folder of rules to start from: rule files, the tables beside them, and a configuration that reads what they need.
package struct RulePack: Sendable {
  package struct File: Sendable {
    /// From the pack's folder: `overspend.rules`, `tables/limits.csv`.
    package var path: String
    package var text: SourceText
  }

  /// The folder's name, which the copy is called by too.
  package let name: String
  package let folder: String
  /// What is copied. The configuration and the register in a pack are examples, and stay where they are.
  package let files: [File]

  /// The one file of a pack that may be left out of a copy: the currency and the year's start, once for all rules.
  package static let settingsFile = "settings.rules"
  private static let examples: Set<String> = ["outturn.yaml", "organisations.csv"]
  private static let mostFiles = 1000

  /// What the pack says of itself: the comment at the head of its settings.
  package var summary: [String] {
    guard let settings = files.first(where: { $0.path == Self.settingsFile }) else { return [] }
    return String(decoding: settings.text.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { $0.hasPrefix("#") }.map { $0.drop { $0 == "#" || $0 == " " }.printable }
  }

  /// The rules alone, as they stand in the pack.
  package var rules: RuleSet.Loaded { Policy.check(files.filter(\.isRules).map(\.text)) }

  /// The configuration that comes with it; nil where there is none, or it can't be read.
  package var configuration: Configuration? { Configuration.load(configurationPath).configuration }
  package var configurationPath: String { folder + "/outturn.yaml" }

  /// Reads a pack; nil where the folder has no rules.
  package init?(_ folder: String) throws(StorageError) {
    let url = URL(fileURLWithPath: folder).standardizedFileURL
    guard !RuleFolder.files(in: folder).isEmpty else { return nil }
    self.folder = folder
    name = url.lastPathComponent
    var paths: [String] = []
    let walk = FileManager.default.enumerator(
      at: url, includingPropertiesForKeys: [.isRegularFileKey], options: [.skipsHiddenFiles])
    while let file = walk?.nextObject() as? URL, paths.count < Self.mostFiles {
      guard (try? file.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true else { continue }
      paths.append(String(file.standardizedFileURL.path.dropFirst(url.path.count + 1)))
    }
    var files: [File] = []
    for path in paths.sorted() where !Self.examples.contains(path) {
      let bytes = try Files.contents("\(folder)/\(path)", limit: RuleFolder.longestFile + 1)
      guard bytes.count <= RuleFolder.longestFile else {
        throw StorageError(
          .refused, "\(folder.printable)/\(path.printable) is larger than 1 MiB",
          advice: "A pack is rule files and the tables beside them; name a folder that holds nothing else.")
      }
      files.append(File(path: path, text: SourceText(name: "\(folder)/\(path)", bytes: bytes)))
    }
    self.files = files
  }
}

extension RulePack.File {
  package var isRules: Bool { path.hasSuffix(".rules") }
}

extension RulePack {
  /// The folders that packs are looked for in, nearest first: those of a checkout, then those that were installed.
  package static var shelves: [String] {
    var shelves = ["Rules"]
    if let program = Bundle.main.executableURL?.resolvingSymlinksInPath().path {
      if let build = program.range(of: "/.build/") { shelves.append(program[..<build.lowerBound] + "/Rules") }
      shelves.append(Files.folder(of: Files.folder(of: program)) + "/share/outturn/packs")
    }
    return shelves + ["/usr/share/outturn/packs"]
  }

  /// The packs that are found, by name; of two with one name, the nearer.
  package static func all() throws(StorageError) -> [RulePack] {
    var found: [String: RulePack] = [:]
    for shelf in shelves {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: shelf)) ?? [] where found[name] == nil {
        if !name.hasPrefix("."), let pack = try RulePack("\(shelf)/\(name)") { found[name] = pack }
      }
    }
    return found.values.sorted { $0.name < $1.name }
  }

  /// The pack that is meant: a path, or the name of one on the shelves.
  package static func find(_ wanted: String) throws(StorageError) -> RulePack? {
    if wanted.contains("/") || wanted.hasPrefix(".") { return try RulePack(wanted) }
    for shelf in shelves where Files.exists("\(shelf)/\(wanted)") {
      if let pack = try RulePack("\(shelf)/\(wanted)") { return pack }
    }
    return nil
  }
}
