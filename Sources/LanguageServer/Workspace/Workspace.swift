import Diagnostics
import Foundation
import RuleLanguage
import Storage

/// Everything that the editor has open, and the rule sets that it belongs to.
struct Workspace {
  /// More than an editor keeps open; past it, a buffer is not looked at.
  private static let mostDocuments = 2000

  var encoding = PositionEncoding.utf16
  var takesSnippets = false
  /// Nil without a configuration or a ledger.
  var facts: Facts?
  /// The folders that the editor shows: a rule set does not reach above them.
  private(set) var roots: [String] = []
  private(set) var documents: [String: Document] = [:]
  private(set) var ruleSets: [String: OpenRuleSet] = [:]
  /// Folders whose rule set has changed since it was read.
  private var stale: Set<String> = []
  /// Folders whose rule set was read since the editor was told of it.
  private var changed: Set<String> = []

  mutating func setRoots(_ uris: [String]) { roots = uris.compactMap(FileAddress.path) }

  mutating func changeRoots(adding: [String], removing: [String]) {
    let gone = Set(removing.compactMap(FileAddress.path))
    roots = roots.filter { !gone.contains($0) } + adding.compactMap(FileAddress.path)
    reset()
  }

  // MARK: Buffers

  mutating func open(_ document: Document) {
    guard documents.count < Workspace.mostDocuments || documents[document.uri] != nil else { return }
    documents[document.uri] = document
    noteChange(of: document.text.name)
  }

  mutating func change(_ uri: String, _ apply: (inout Document) -> Void) {
    guard documents[uri] != nil else { return }
    apply(&documents[uri]!)
    noteChange(of: documents[uri]!.text.name)
  }

  mutating func close(_ uri: String) {
    guard let document = documents.removeValue(forKey: uri) else { return }
    noteChange(of: document.text.name)
  }

  // MARK: Files

  /// Something on disk is not what it was.
  mutating func filesChanged(_ uris: [String]) {
    facts?.forgetLastValues()
    for path in uris.compactMap(FileAddress.path) {
      for ruleSet in ruleSets.values where ruleSet.contains(path) {
        ruleSet.readFolder()
        stale.insert(ruleSet.folder)
      }
    }
  }

  /// Forgets what is known of folders: which rule set a file belongs to may have changed.
  private mutating func reset() {
    ruleSets = [:]
    stale = []
    for document in documents.values { noteChange(of: document.text.name) }
  }

  // MARK: Rule sets

  private mutating func noteChange(of path: String) {
    let folder = folder(of: path)
    if ruleSets[folder] == nil {
      ruleSets[folder] = OpenRuleSet(
        folder: folder, attributes: facts?.attributes ?? RuleSet.usualAttributes)
    }
    stale.insert(folder)
  }

  /// The rule set that an open document belongs to, as it is now.
  mutating func ruleSet(of uri: String) -> OpenRuleSet? {
    guard let document = documents[uri] else { return nil }
    let folder = folder(of: document.text.name)
    if stale.contains(folder) { readAgain(folder) }
    return ruleSets[folder]
  }

  /// Reads what has changed, and gives it.
  mutating func readChanges() -> [OpenRuleSet] {
    for folder in stale { readAgain(folder) }
    defer { changed = [] }
    return changed.sorted().compactMap { ruleSets[$0] }
  }

  /// Checks whole what was read since, and gives it.
  mutating func settle() -> [OpenRuleSet] {
    let open = ruleSets.values.filter { !$0.isSettled }.sorted { $0.folder < $1.folder }
    for ruleSet in open { ruleSet.settle() }
    return open
  }

  var isSettled: Bool { ruleSets.values.allSatisfy(\.isSettled) }

  private mutating func readAgain(_ folder: String) {
    stale.remove(folder)
    changed.insert(folder)
    let buffers = documents.values.map { ($0.text.name, $0.text) }
    ruleSets[folder]?.read(Dictionary(buffers) { first, _ in first })
  }

  /// The folder of a file's rule set: the nearest one upwards in which a rule file says the currency, which a set does
  /// once; failing that, the file's own.
  private func folder(of path: String) -> String {
    let own = FileAddress.folder(of: path)
    guard let root = roots.first(where: { own == $0 || own.hasPrefix($0 + "/") }) else { return own }
    var folder = own
    while folder.count >= root.count {
      if ruleSets[folder] != nil || Workspace.saysCurrency(folder) { return folder }
      guard folder != root, folder != "/" else { break }
      folder = FileAddress.folder(of: folder)
    }
    return own
  }

  private static func saysCurrency(_ folder: String) -> Bool {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return false }
    return names.contains { name in
      guard name.hasSuffix(".rules"), let bytes = try? Files.contents(folder + "/" + name, limit: 1 << 20) else {
        return false
      }
      return bytes.split(separator: UInt8(ascii: "\n")).contains { $0.starts(with: Array("currency ".utf8)) }
    }
  }

  /// How the editor writes the address of a file.
  func uri(of path: String) -> String {
    documents.values.first { $0.text.name == path }?.uri ?? FileAddress.uri(of: path)
  }
}
