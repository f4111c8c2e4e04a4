import Daemon
import Diagnostics
import Finance
import RuleLanguage
import RuleLibrary
import Storage

/// One folder of rule files that the editor works on: what is on disk, with what is in the editor's buffers in its
/// place, read as one rule set.
///
/// A change is answered in two steps. At once, what has changed is read and checked on the background of the rest, and
/// what is known of the rest stands. Once the editor rests, the whole is checked as `outturn rules check` does it. A small
/// rule set is checked whole at once.
final class OpenRuleSet {
  /// In bytes: what is checked whole in a few milliseconds.
  private static let small = 32 << 10
  /// More new pieces than this are a new file rather than typing.
  private static let mostPieces = 50

  let folder: String
  private var disk: [String: SourceText] = [:]
  private(set) var draft: RuleDraft
  /// The files of tables, as they were when the whole was checked.
  private var tableFiles: [SourceText] = []
  /// Spans point into the draft's pieces; those into table files have -1 for the first of them, -2 for the second.
  private var findings: [Diagnostic] = []
  private(set) var isSettled = false
  private var meanings: [Int32: [Span: Meaning]] = [:]
  var symbols = SymbolIndex()

  /// - Parameter attributes: what the register says of an organisation.
  init(folder: String, attributes: Set<String>) {
    self.folder = folder
    draft = RuleDraft(library: .all, attributes: attributes)
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

  /// Whether a rule of this name stands on disk: it may be in force.
  func isSaved(rule name: String) -> Bool {
    let heading = Array("rule \(name) ".utf8)
    return disk.values.contains { file in
      file.bytes.split(separator: UInt8(ascii: "\n")).contains { $0.starts(with: heading) }
    }
  }

  func contains(_ path: String) -> Bool { path.hasPrefix(folder + "/") }

  /// Takes these buffers in place of their files.
  func read(_ buffers: [String: SourceText]) {
    let texts = disk.merging(buffers.filter { contains($0.key) }) { $1 }.sorted { $0.key < $1.key }.map(\.value)
    let fresh = draft.read(texts)
    meanings = [:]
    isSettled = false
    if fresh.count > Self.mostPieces || texts.reduce(0, { $0 + $1.bytes.count }) <= Self.small { return settle() }
    let draft = draft
    findings.removeAll { finding in finding.primary.map { Self.placed($0.span, in: draft) == nil } ?? false }
    guard !fresh.isEmpty else { return }
    let checked = draft.check(fresh)
    findings += checked.diagnostics
    for (span, meaning) in checked.meanings { meanings[span.text, default: [:]][span] = meaning }
  }

  /// Checks the whole.
  func settle() {
    isSettled = true
    let loaded = RuleSet.load(
      files: draft.files, library: draft.library, attributes: draft.attributes, tableFiles: RuleFolder.tableFile)
    tableFiles = Array(loaded.texts[draft.files.count...])
    draft.knowRows(of: loaded.tree.tables)
    let doubts = loaded.lints(today: Clock.system.wall().day)
    let draft = draft
    findings = (loaded.diagnostics + doubts).compactMap { $0.mapSpans { Self.unplaced($0, in: draft) } }
  }

  /// What is wrong, by places in `texts`.
  var diagnostics: [Diagnostic] {
    let draft = draft
    return findings.compactMap { $0.mapSpans { Self.placed($0, in: draft) } }.sortedByPlace()
  }

  /// The rule files, and behind them those of tables.
  var texts: [SourceText] { draft.files + tableFiles }

  private static func placed(_ span: Span, in draft: RuleDraft) -> Span? {
    guard span.text < 0 else { return draft.placed(span) }
    return Span(text: Int32(draft.files.count) - 1 - span.text, start: span.start, end: span.end)
  }

  private static func unplaced(_ span: Span, in draft: RuleDraft) -> Span? {
    let beyond = span.text - Int32(draft.files.count)
    return beyond < 0 ? draft.unplaced(span) : Span(text: -1 - beyond, start: span.start, end: span.end)
  }

  /// What the expressions of a piece come to, by where they stand.
  func meanings(of piece: RuleDraft.Piece) -> [Span: Meaning] {
    if let known = meanings[piece.number] { return known }
    let found = draft.check([piece.number]).meanings.filter { $0.key.text == piece.number }
    meanings[piece.number] = found
    return found
  }
}

extension Diagnostic {
  /// The same by other places; nil where its own is gone. What else it points at is left out where it is gone.
  func mapSpans(_ place: (Span) -> Span?) -> Diagnostic? {
    func relabelled(_ label: Label) -> Label? {
      guard let span = place(label.span) else { return nil }
      var label = label
      label.span = span
      return label
    }
    var moved = self
    if let primary {
      guard let label = relabelled(primary) else { return nil }
      moved.primary = label
    }
    moved.secondary = secondary.compactMap(relabelled)
    moved.repairs = repairs.compactMap { repair in
      let edits = repair.edits.compactMap { edit in place(edit.span).map { Edit($0, edit.replacement) } }
      return edits.count == repair.edits.count ? Repair(repair.title, edits, isCertain: repair.isCertain) : nil
    }
    return moved
  }
}
