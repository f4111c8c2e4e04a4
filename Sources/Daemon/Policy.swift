package import Diagnostics
import Foundation
import Hashing
package import RuleLanguage
import RuleLibrary
import Settings

/// The rules in force: every `.rules` file of one folder, checked together.
package struct Policy: Sendable {
  package var program: Program
  /// What identifies the rule set: the hash of its rules' names and versions, so that a comment changes nothing.
  package var hash: String

  /// Reads and checks a folder of rules, subfolders included.
  ///
  /// - Returns: no policy where the diagnostics have errors; the texts are those that the diagnostics point into.
  package static func load(_ folder: String) -> (policy: Policy?, diagnostics: [Diagnostic], texts: [SourceText]) {
    let files = RuleFolder.files(in: folder)
    var texts: [SourceText] = []
    var problems: [Diagnostic] = []
    for file in files {
      do {
        texts.append(SourceText(name: file, bytes: try BoundedFile.read(file, limit: RuleFolder.longestFile)))
      } catch {
        problems.append(Diagnostic("R001", "\(file.printable) can't be read: \(error)", at: nil))
      }
    }
    guard !files.isEmpty else {
      let nothing = Diagnostic(
        "R002", "there is no rule in \(folder.printable)", at: nil,
        fix: "put a file there whose name ends in .rules, or set `rules:` to the folder that has them")
      return (nil, [nothing], [])
    }
    let (program, diagnostics) = RuleSet.check(texts, library: RuleLibrary.all)
    let all = problems + diagnostics
    guard let program, !all.hasErrors else { return (nil, all, texts) }
    return (Policy(program), all, texts)
  }

  init(_ program: Program) {
    self.program = program
    var hash = SHA256()
    for rule in program.rules.sorted(by: { $0.name < $1.name }) { hash.update("\(rule.name)\n\(rule.version)\n") }
    self.hash = hexadecimal(hash.finish())
  }
}

/// Which files of a folder hold rules.
enum RuleFolder {
  static let longestFile = 1 << 20
  private static let most = 1000

  /// Paths of the `.rules` files below the folder, in name order; hidden files and folders are passed over.
  static func files(in folder: String) -> [String] {
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
