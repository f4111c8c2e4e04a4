import Daemon
import Diagnostics
import Finance
import RuleLanguage
import Storage

/// One folder of rules with what was found in it.
struct CheckedFolder {
  /// As they stand on the disk.
  private var onDisk: [SourceText]
  private var problems: [Diagnostic]
  /// The rule files; what the findings point into may be more.
  private var files: [SourceText]
  private var loaded: RuleSet.Loaded?
  /// The ledger and the register that the rules are held against, where they are.
  private let grounds: Rehearsal.Grounds?
  private let store: ReadOnlyStore?

  var diagnostics: [Diagnostic] { problems + findings }
  var texts: [SourceText] { loaded?.texts ?? [] }
  var program: Program? { problems.isEmpty ? loaded?.program : nil }
  private var findings: [Diagnostic] = []

  init(_ folder: String, beside grounds: Rehearsal.Grounds? = nil) throws {
    (onDisk, problems) = Policy.read(folder)
    files = onDisk
    self.grounds = grounds
    store = try grounds.map { try ReadOnlyStore.opened($0.ledger) }
    try check()
  }

  private mutating func check() throws {
    let checked = files.isEmpty ? nil : Policy.check(files, attributes: grounds?.attributes)
    loaded = checked
    findings = checked.map { $0.diagnostics + $0.lints(today: Clock.system.wall().day) } ?? []
    if let checked, let grounds, let store {
      findings += try store.look { try LedgerDoubts(checked, on: grounds, in: $0)?.diagnostics ?? [] }
    }
  }

  // MARK: --fix

  /// A mended text may show the next mistake, and a repair that would have written over another one comes again. More
  /// rounds than that would be two repairs that undo each other.
  private static let mostRounds = 10

  /// Writes every certain repair, looks again, and says on standard error what it changed.
  mutating func mend(dryRun: Bool) throws {
    var count = 0
    for _ in 0..<Self.mostRounds {
      let mending = Mending(findings, in: texts)
      guard !mending.mended.isEmpty, !mending.changed(from: texts).isEmpty else { break }
      for diagnostic in mending.mended { Terminal.complain(line(diagnostic)) }
      count += mending.mended.count
      files = Array(mending.texts.prefix(files.count))
      try check()
    }
    let changed = files.indices.filter { files[$0].bytes != onDisk[$0].bytes }
    if dryRun {
      for index in changed { print(UnifiedDiff.between(onDisk[index], files[index]), terminator: "") }
    } else {
      for index in changed { try write(files[index], over: onDisk[index]) }
      onDisk = files
    }
    let what = "\(Wording.count(count, "finding")) in \(Wording.count(changed.count, "file"))"
    Terminal.complain(
      count == 0
        ? "There is nothing that can be mended without a choice." : "\(dryRun ? "Would mend" : "Mended") \(what).")
  }

  /// `Rules/demand.rules:8:15: 2pp  (R204: a percentage cannot band …)`
  private func line(_ diagnostic: Diagnostic) -> String {
    var place = ""
    if let span = diagnostic.primary?.span {
      let text = texts[Int(span.text)]
      let start = text.place(of: span.start)
      place = "\(text.name.printable):\(start.line):\(start.column): "
    }
    let title = diagnostic.repairs.first?.title ?? ""
    return "\(place)\(title.printable)  (\(diagnostic.code): \(diagnostic.message.printable))"
  }

  private func write(_ text: SourceText, over old: SourceText) throws {
    do {
      // Somebody may have saved the file since it was read.
      guard try Files.contents(text.name, limit: RuleFolder.longestFile + 1) == old.bytes else {
        throw Complaint.couldNotRun("\(text.name.printable) has been changed meanwhile; it was left as it is.")
      }
      try Files.replace(text.name, with: text.bytes)
    } catch let error as StorageError {
      throw Complaint.couldNotRun("\(error.message).\n\(error.advice)")
    }
  }
}
