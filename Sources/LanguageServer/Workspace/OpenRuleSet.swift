import Daemon
import Diagnostics
import RuleLanguage
import RuleLibrary
import Storage

/// One folder of rule files that the editor works on: what is on disk, with what is in the editor's buffers in its
/// place, read as one rule set.
final class OpenRuleSet {
  let folder: String
  private var disk: [String: SourceText] = [:]
  /// Texts by path, in the order of the analysis; behind the rule files those of their tables.
  private(set) var texts: [SourceText] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(folder: String) {
    self.folder = folder
    readFolder()
  }

  /// Which files there are, and what stands in them.
  func readFolder() {
    disk = [:]
    for path in RuleFolder.files(in: folder) {
      guard let bytes = try? Files.contents(path, limit: RuleFolder.longestFile + 1) else { continue }
      disk[path] = SourceText(name: path, bytes: bytes)
    }
  }

  func contains(_ path: String) -> Bool { path.hasPrefix(folder + "/") }

  /// Reads and checks the set with these buffers in place of their files.
  func analyse(_ buffers: [String: SourceText]) {
    let files = disk.merging(buffers.filter { contains($0.key) }) { $1 }.sorted { $0.key < $1.key }.map(\.value)
    let loaded = RuleSet.load(files: files, library: .all, tableFiles: RuleFolder.tableFile)
    texts = loaded.texts
    diagnostics = loaded.diagnostics
  }
}
