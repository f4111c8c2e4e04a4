import Daemon
import Diagnostics
import Foundation
import Storage

/// Rule files as commands are given them: files, and folders for all `.rules` files in them.
enum RuleFiles {
  /// The files that are meant, each once, in the order given. Complains of what is not there and of folders without rules.
  static func paths(_ given: [String]) throws -> [String] {
    var paths: [String] = []
    var seen: Set<String> = []
    for path in given {
      var isFolder: ObjCBool = false
      guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw Complaint.couldNotRun("There is no file or folder \(path.printable).")
      }
      let found = isFolder.boolValue ? RuleFolder.files(in: path) : [path]
      guard !found.isEmpty else {
        throw Complaint.couldNotRun(
          "There are no rules in \(path.printable): no file there has a name that ends in .rules.")
      }
      guard found.count <= RuleFolder.mostFiles else {
        throw Complaint.couldNotRun("\(path.printable) has more than \(RuleFolder.mostFiles) rule files.")
      }
      paths += found.filter { seen.insert($0).inserted }
    }
    return paths
  }

  /// Without its folder.
  static func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  static func read(_ path: String) throws -> SourceText { try read(path, limit: RuleFolder.longestFile) }

  /// - Parameter limit: one byte more is read, so that a longer file is seen to be.
  static func read(_ path: String, limit: Int) throws -> SourceText {
    do {
      return SourceText(name: path, bytes: try Files.contents(path, limit: limit + 1))
    } catch {
      throw Complaint.couldNotRun("\(error.message).")
    }
  }

  /// What stands on standard input.
  static func readInput(limit: Int = RuleFolder.longestFile) throws -> SourceText {
    var bytes: [UInt8] = []
    do {
      while let data = try FileHandle.standardInput.read(upToCount: 65_536), !data.isEmpty {
        bytes += data
        if bytes.count > limit { break }
      }
    } catch {
      throw Complaint.couldNotRun("Standard input can't be read: \(error.localizedDescription)")
    }
    return SourceText(name: "standard input", bytes: bytes)
  }
}
