import Daemon
import Diagnostics
import RuleLanguage
import Storage

/// One folder of rules with what was found in it.
struct CheckedFolder {
  /// As they stand on the disk.
  private var onDisk: [SourceText]
  private var problems: [Diagnostic]
  private(set) var texts: [SourceText]
  private(set) var program: Program?
  private var findings: [Diagnostic] = []

  var diagnostics: [Diagnostic] { problems + findings }

  init(_ folder: String) {
    (onDisk, problems) = Policy.read(folder)
    texts = onDisk
    check()
  }

  private mutating func check() {
    guard !texts.isEmpty else { return }
    (program, findings) = Policy.check(texts)
    if !problems.isEmpty { program = nil }
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
      texts = mending.texts
      check()
    }
    let changed = texts.indices.filter { texts[$0].bytes != onDisk[$0].bytes }
    if dryRun {
      for index in changed { print(UnifiedDiff.between(onDisk[index], texts[index]), terminator: "") }
    } else {
      for index in changed { try write(texts[index], over: onDisk[index]) }
      onDisk = texts
    }
    let what = "\(Wording.count(count, "finding")) in \(Wording.count(changed.count, "file"))"
    Terminal.complain(count == 0 ? "There is nothing that can be mended without a choice." : "\(dryRun ? "Would mend" : "Mended") \(what).")
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
