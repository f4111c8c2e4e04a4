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
    let (texts, unreadable) = read(folder)
    guard !texts.isEmpty else { return (nil, unreadable, []) }
    let loaded = check(texts, attributes: attributes)
    return (unreadable.isEmpty ? loaded.program : nil, unreadable + loaded.diagnostics, loaded.texts)
  }

  /// The rule files of a folder as they stand on the disk, and what is wrong with the folder.
  package static func read(_ folder: String) -> (texts: [SourceText], problems: [Diagnostic]) {
    guard Files.exists(folder) else {
      let missing = SetupCode.rulesUnreadable.diagnostic(
        "there is no folder \(folder.printable)", fix: "name the folder that has the rules")
      return ([], [missing])
    }
    let files = RuleFolder.files(in: folder)
    guard !files.isEmpty else {
      let nothing = SetupCode.noRules.diagnostic(
        "there are no rules in \(folder.printable)",
        fix: "put a file there whose name ends in .rules, or name the folder that has them")
      return ([], [nothing])
    }
    guard files.count <= RuleFolder.mostFiles else {
      let tooMany = SetupCode.rulesUnreadable.diagnostic(
        "\(folder.printable) has more than \(RuleFolder.mostFiles) rule files, and none of them is read",
        fix: "put several rules into one file, or name a folder below it")
      return ([], [tooMany])
    }
    var texts: [SourceText] = []
    var unreadable: [Diagnostic] = []
    for file in files {
      do {
        // One byte more than a rule file may hold, so that a longer one is seen to be.
        texts.append(SourceText(name: file, bytes: try Files.contents(file, limit: RuleFolder.longestFile + 1)))
      } catch {
        unreadable.append(SetupCode.rulesUnreadable.diagnostic(error.message, fix: error.advice))
      }
    }
    return (texts, unreadable)
  }

  /// Checks the texts of one folder together.
  package static func check(_ texts: [SourceText], attributes: [String]? = nil) -> RuleSet.Loaded {
    let known = attributes.map { Set($0).union(["parent"]) } ?? RuleSet.usualAttributes
    return RuleSet.load(files: texts, library: .all, attributes: known, tableFiles: RuleFolder.tableFile)
  }
}

/// Which files of a folder hold rules.
package enum RuleFolder {
  package static let longestFile = 1 << 20
  /// Far more than one policy has: a folder with more holds something else.
  package static let mostFiles = 1000

  /// Paths of the `.rules` files below the folder, in name order; hidden files and folders are passed over. A slash at
  /// its end, as shells complete it, makes no other paths.
  ///
  /// Where there are more than `mostFiles`, there is one path more than that, so that it is seen; which ones is open.
  package static func files(in folder: String) -> [String] {
    let folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    guard
      let walk = FileManager.default.enumerator(
        at: URL(fileURLWithPath: folder), includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
    else { return [] }
    var found: [String] = []
    for case let url as URL in walk where url.pathExtension == "rules" {
      found.append(folder + "/" + String(url.path.dropFirst(URL(fileURLWithPath: folder).path.count + 1)))
      if found.count > mostFiles { break }
    }
    return found.sorted()
  }

  /// The file of a table, beside the rule file that names it.
  package static func tableFile(_ name: String, beside ruleFile: String) -> Result<SourceText, TableFileMissing> {
    let path = Files.folder(of: ruleFile) + "/" + name
    do {
      // A byte more than is allowed shows that there is more.
      return .success(SourceText(name: path, bytes: try Files.contents(path, limit: longestFile + 1)))
    } catch {
      return .failure(TableFileMissing(error.message))
    }
  }
}
