package import Diagnostics
import Foundation
import RuleLanguage
package import Storage

/// What copying a pack into a folder of rules comes to, before anything is written.
///
/// A pack gets a folder of its own name in there, so that files of two packs do not meet. Rules of the whole folder are
/// one set, with one currency and one start of the year: where others state them, the pack's settings are left out.
package struct PackAddition: Sendable {
  package struct Change: Sendable {
    /// Where it goes.
    package var path: String
    package var new: SourceText
    /// What stands there now.
    package var old: SourceText?
    package var isNothing: Bool { old?.bytes == new.bytes }
  }

  package let pack: RulePack
  /// The pack's own folder among the rules.
  package let folder: String
  package let changes: [Change]
  /// All that is wrong with the folder's rules once the pack is in; there is nothing to be written then.
  package let diagnostics: [Diagnostic]
  package let texts: [SourceText]

  /// Files that would be lost.
  package var overwritten: [Change] { changes.filter { $0.old != nil && !$0.isNothing } }
  package var isNothing: Bool { changes.allSatisfy(\.isNothing) }

  /// - Parameter rules: the folder that the rules are in; it need not exist yet.
  package init(_ pack: RulePack, into rules: String) throws(StorageError) {
    self.pack = pack
    folder = "\(rules)/\(pack.name)"
    let replaced = Set(pack.files.map { "\(rules)/\(pack.name)/\($0.path)" })
    let (present, problems) = RuleFolder.files(in: rules).isEmpty ? ([], []) : Policy.read(rules)
    let others = present.filter { !replaced.contains($0.name) }

    let own = Policy.check(others)
    let statesSettings = !own.tree.currencies.isEmpty || !own.tree.yearStarts.isEmpty
    let copied = pack.files.filter { !(statesSettings && $0.path == RulePack.settingsFile) }
    var changes: [Change] = []
    for file in copied {
      let path = "\(folder)/\(file.path)"
      let old = Files.exists(path) ? try Files.contents(path, limit: RuleFolder.longestFile + 1) : nil
      changes.append(Change(path: path, new: file.text, old: old.map { SourceText(name: path, bytes: $0) }))
    }
    self.changes = changes

    let union = Policy.check(others + copied.filter(\.isRules).map(\.text))
    let clashes = Self.clashes(between: pack.rules, pack.name, and: own)
    // Amounts in another currency would be findings by the dozen, with one cause.
    diagnostics = problems + (clashes.isEmpty ? union.diagnostics.filter { $0.severity == .error } : clashes)
    texts = union.texts
  }

  /// One folder has one currency and one start of the year: what two rule sets say of them, where they differ.
  private static func clashes(between pack: RuleSet.Loaded, _ name: String, and own: RuleSet.Loaded) -> [Diagnostic] {
    func clash(_ theirs: Span?, _ ours: Span?) -> Diagnostic? {
      guard let theirs, let ours else { return nil }
      let (new, old) = (words(at: theirs, in: pack.texts), words(at: ours, in: own.texts))
      guard new != old else { return nil }
      return Diagnostic(
        SetupCode.packUnlike.rawValue, "\(name.printable) has “\(new)” and cannot join rules that have “\(old)”",
        at: Diagnostic.Label(ours, "here"), fix: "a folder of its own, for a ledger of its own: --into FOLDER")
    }
    return [
      clash(pack.tree.currencies.first?.span, own.tree.currencies.first?.span),
      clash(pack.tree.yearStarts.first?.span, own.tree.yearStarts.first?.span),
    ].compactMap { $0 }
  }

  private static func words(at span: Span, in texts: [SourceText]) -> String {
    String(decoding: texts[Int(span.text)].bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
      .split(separator: " ").joined(separator: " ").printable
  }

  /// Writes all files, or none: they are put together beside the folder, which then takes the place of the one there.
  /// What stands in that beside the pack's files is kept.
  package func write() throws(StorageError) {
    precondition(!diagnostics.hasErrors, "what is wrong is not written")
    let parent = Files.folder(of: folder)
    let (staged, former) = ("\(parent)/.\(pack.name).adding", "\(parent)/.\(pack.name).former")
    try Files.makeFolder(parent, mode: 0o755)
    let manager = FileManager.default
    do {
      // Left by an attempt that was cut short.
      for left in [staged, former] where Files.exists(left) { try manager.removeItem(atPath: left) }
      if Files.exists(folder) {
        try manager.copyItem(atPath: folder, toPath: staged)
      } else {
        try manager.createDirectory(atPath: staged, withIntermediateDirectories: false)
      }
      for change in changes {
        let path = staged + change.path.dropFirst(folder.count)
        try manager.createDirectory(atPath: Files.folder(of: path), withIntermediateDirectories: true)
        try Data(change.new.bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
      }
      if Files.exists(folder) { try manager.moveItem(atPath: folder, toPath: former) }
      try manager.moveItem(atPath: staged, toPath: folder)
      if Files.exists(former) { try manager.removeItem(atPath: former) }
    } catch {
      if !Files.exists(folder), Files.exists(former) { try? manager.moveItem(atPath: former, toPath: folder) }
      try? manager.removeItem(atPath: staged)
      throw StorageError(
        .inputOutput, "\(pack.name.printable) could not be written to \(folder.printable); nothing was changed",
        advice: "Check the owner and mode of the folder that it is to go into.", cause: error.localizedDescription)
    }
    try Files.syncFolder(parent)
  }
}
