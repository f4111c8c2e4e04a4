import Diagnostics
import Foundation
package import RuleLanguage
import RuleLibrary

/// Rules as they stood at a revision, read through `git` without touching the work tree.
///
/// A revision is what a person typed, and a repository may not be theirs: nothing is run through a shell, no word of
/// theirs is taken as an option, nothing that the repository's own settings name is started, and all that is read has a
/// limit.
package struct GitRules {
  /// `HEAD~1`, `main:Rules/payments`: a revision, and a folder from the top of the repository.
  package struct Place {
    package var revision: String
    /// Nil is the folder that git is asked in.
    package var folder: String?

    /// Nil for what can be no revision.
    package init?(_ written: String) {
      let isPlain =
        written.utf8.count <= 512 && !written.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
      let parts = written.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard isPlain, let revision = parts.first, !revision.isEmpty, !written.hasPrefix("-") else { return nil }
      self.revision = String(revision)
      folder = parts.count == 2 ? String(parts[1]) : nil
    }
  }

  /// Why nothing could be read, for the person who asked.
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// Reads and checks the rules of a folder at a revision.
  ///
  /// - Parameters:
  ///   - home: a folder of the repository; where the place names no folder, the one whose rules are read.
  ///   - attributes: as for `Policy.load`.
  package static func load(
    _ place: Place, in home: String, attributes: [String]?
  ) throws(Failure) -> RuleSet.Loaded {
    let git = try GitProcess(in: home)
    let tree = try tree(place, git)
    let files = try files(of: tree, place, git)
    let start = "\(place.revision):\(place.folder.map { $0.isEmpty ? "" : $0 + "/" } ?? "")"
    let rules = files.keys.filter { $0.hasSuffix(".rules") && !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
      .sorted()
    guard !rules.isEmpty else { throw Failure(description: "there are no rules in \(start.printable)") }
    let contents = try git.contents(rules.compactMap { files[$0] }, limit: RuleFolder.longestFile)
    let texts = zip(rules, contents).map { SourceText(name: start + $0, bytes: $1) }
    let known = attributes.map { Set($0).union(["parent"]) } ?? RuleSet.usualAttributes
    return RuleSet.load(files: texts, library: .all, attributes: known) { name, ruleFile in
      let folder = ruleFile.dropFirst(start.count).split(separator: "/").dropLast()
      let path = (folder + [Substring(name)]).joined(separator: "/")
      guard let hash = files[path], let bytes = try? git.contents([hash], limit: RuleFolder.longestFile).first else {
        return .failure(TableFileMissing("there is no file \(name) beside \(ruleFile)"))
      }
      return .success(SourceText(name: start + path, bytes: bytes))
    }
  }

  /// The hash of the folder's tree.
  private static func tree(_ place: Place, _ git: GitProcess) throws(Failure) -> String {
    let object = "\(place.revision):\(place.folder ?? "./")"
    let said = try git.run(["rev-parse", "--verify", "--quiet", "--end-of-options", object], limit: 256)
    let hash = String(decoding: said, as: UTF8.self).trimmingCharacters(in: .newlines)
    guard [40, 64].contains(hash.utf8.count), hash.utf8.allSatisfy(\.isHexadecimal) else {
      throw Failure(description: "git knows no \(object.printable)")
    }
    return hash
  }

  /// Regular files by their path below the tree.
  private static func files(of tree: String, _ place: Place, _ git: GitProcess) throws(Failure) -> [String: String] {
    let said = try git.run(["ls-tree", "-r", "-z", "--full-tree", tree], limit: 4 << 20)
    var files: [String: String] = [:]
    for entry in said.split(separator: 0) {
      // mode SP type SP hash TAB path
      let halves = entry.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
      let words = halves[0].split(separator: UInt8(ascii: " "))
      guard halves.count == 2, words.count == 3, words[0].starts(with: Array("100".utf8)) else { continue }
      files[String(decoding: halves[1], as: UTF8.self)] = String(decoding: words[2], as: UTF8.self)
    }
    return files
  }
}

extension UInt8 {
  fileprivate var isHexadecimal: Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
  }
}

/// `git`, asked in one folder.
private struct GitProcess {
  private let program: URL
  private let folder: String

  private static let longestWait: TimeInterval = 20
  private static let mostFiles = 1000

  init(in folder: String) throws(GitRules.Failure) {
    let places = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    let found = places.filter { $0.hasPrefix("/") }.map { $0 + "/git" }
      .first { FileManager.default.isExecutableFile(atPath: String($0)) }
    guard let found else { throw GitRules.Failure(description: "git is not installed; name a folder instead") }
    program = URL(filePath: String(found))
    self.folder = folder
  }

  /// Runs git to its end and gives what it wrote. What takes too long, or writes too much, is ended.
  func run(_ arguments: [String], input: [UInt8] = [], limit: Int) throws(GitRules.Failure) -> [UInt8] {
    let process = Process()
    process.executableURL = program
    // What a repository's settings would have git start (a monitor, hooks, a helper that fetches) is not started.
    process.arguments =
      [
        "-C", folder, "--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c",
        "core.hooksPath=/dev/null",
      ]
      + arguments
    let inherited = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME", "XDG_CONFIG_HOME"].contains($0.key) }
    process.environment = inherited.merging(
      ["GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"]) { $1 }
    let (questions, answers) = (Pipe(), Pipe())
    process.standardInput = questions
    process.standardOutput = answers
    process.standardError = FileHandle.nullDevice
    // As many hashes as are asked for at once fit into a pipe. They lie there before anybody could close its other end.
    try? questions.fileHandleForWriting.write(contentsOf: Data(input))
    try? questions.fileHandleForWriting.close()
    do { try process.run() } catch { throw GitRules.Failure(description: "git can't be started: \(error)") }
    let alarm = DispatchWorkItem { process.terminate() }
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.longestWait, execute: alarm)
    var said = Data()
    while said.count <= limit, let more = try? answers.fileHandleForReading.read(upToCount: 1 << 16), !more.isEmpty {
      said.append(more)
    }
    if said.count > limit { process.terminate() }
    process.waitUntilExit()
    alarm.cancel()
    guard said.count <= limit else { throw GitRules.Failure(description: "what git has to say there is too long") }
    guard process.terminationReason == .exit else { throw GitRules.Failure(description: "git did not answer in time") }
    return process.terminationStatus == 0 ? Array(said) : []
  }

  /// What objects hold, in the order of their hashes.
  func contents(_ hashes: [String], limit: Int) throws(GitRules.Failure) -> [[UInt8]] {
    guard hashes.count <= Self.mostFiles else {
      throw GitRules.Failure(description: "there are more than \(Self.mostFiles) rule files")
    }
    let said = try run(
      ["cat-file", "--batch"], input: hashes.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] },
      limit: min(hashes.count, 64) * (limit + 128))
    var contents: [[UInt8]] = []
    var rest = said[...]
    for _ in hashes {
      // hash SP type SP size LF bytes LF
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")),
        let size = Int(String(decoding: rest[..<end].split(separator: UInt8(ascii: " ")).last ?? [], as: UTF8.self)),
        size >= 0, rest.endIndex - end > size + 1
      else { throw GitRules.Failure(description: "git can't read a file of that revision") }
      contents.append(Array(rest[(end + 1)...].prefix(size)))
      rest = rest[(end + size + 2)...]
    }
    return contents
  }
}
