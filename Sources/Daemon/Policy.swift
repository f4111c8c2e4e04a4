package import Diagnostics
import Foundation
package import RuleLanguage
import RuleLibrary
import Storage

/// The rules in force: every `.rules` file of one folder, checked together.
package enum Policy {
  /// Reads and checks a folder of rules, subfolders included.
  ///
  /// - Parameter attributes: the columns of the register beside code, name and dates; the usual ones, for nil.
  /// - Returns: no program where the diagnostics have errors; the texts are those that the diagnostics point into.
  package static func load(
    _ folder: String, attributes: [String]? = nil
  ) -> (program: Program?, diagnostics: [Diagnostic], texts: [SourceText]) {
    guard Files.exists(folder) else {
      let missing = SetupCode.rulesUnreadable.diagnostic(
        "there is no folder \(folder.printable)", fix: "name the folder that has the rules")
      return (nil, [missing], [])
    }
    let files = RuleFolder.files(in: folder)
    guard !files.isEmpty else {
      let nothing = SetupCode.noRules.diagnostic(
        "there are no rules in \(folder.printable)",
        fix: "put a file there whose name ends in .rules, or name the folder that has them")
      return (nil, [nothing], [])
    }
    var texts: [SourceText] = []
    var unreadable: [Diagnostic] = []
    for file in files {
      do {
        texts.append(SourceText(name: file, bytes: try Files.contents(file, limit: RuleFolder.longestFile)))
      } catch {
        unreadable.append(SetupCode.rulesUnreadable.diagnostic(error.message, fix: error.advice))
      }
    }
    let known = attributes.map { Set($0).union(["parent"]) } ?? RuleSet.usualAttributes
    let loaded = RuleSet.load(files: texts, library: .all, attributes: known)
    return (unreadable.isEmpty ? loaded.program : nil, unreadable + loaded.diagnostics, loaded.texts)
  }
}

/// Which files of a folder hold rules.
package enum RuleFolder {
  package static let longestFile = 1 << 20
  private static let most = 1000

  /// Paths of the `.rules` files below the folder, in name order; hidden files and folders are passed over.
  package static func files(in folder: String) -> [String] {
    guard
      let walk = FileManager.default.enumerator(
        at: URL(fileURLWithPath: folder), includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
    else { return [] }
    var found: [String] = []
    for case let url as URL in walk where url.pathExtension == "rules" {
      found.append(folder + "/" + String(url.path.dropFirst(URL(fileURLWithPath: folder).path.count + 1)))
      if found.count == most { break }
    }
    return found.sorted()
  }
}
