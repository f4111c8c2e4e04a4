package import Diagnostics

/// The known keys of one mapping, asked for one by one; see `SettingsNode.fields`.
package final class SettingsFields {
  private let entries: [SettingsNode.Entry]
  private let owner: SettingsNode
  private var asked: [String] = []

  init(_ entries: [SettingsNode.Entry], of owner: SettingsNode) {
    self.entries = entries
    self.owner = owner
  }

  /// The value of a key that may be absent; a key with nothing after it counts as absent.
  package func optional(_ key: String) -> SettingsNode? {
    asked.append(key)
    guard let entry = entry(key), !entry.value.isEmpty else { return nil }
    return entry.value
  }

  /// The value of a key that has to be there.
  package func required(_ key: String, fix: String? = nil) -> SettingsNode? {
    if let value = optional(key) { return value }
    if let entry = entry(key) {
      owner.problems.report(.missingKey, "\(Wording.quoted(key)) has no value", at: entry.span, fix: fix)
    } else {
      owner.problems.report(
        .missingKey, "\(Wording.quoted(key)) is missing", at: place, "needs it", fix: fix ?? "\(key): …")
    }
    return nil
  }

  /// The one of several keys that is there, with its value. Two of them exclude each other.
  package func oneOf(_ keys: String...) -> (key: String, value: SettingsNode)? {
    oneOf(keys)
  }

  /// As `oneOf`; none of them is an error too.
  package func requiredOneOf(_ keys: String...) -> (key: String, value: SettingsNode)? {
    if let found = oneOf(keys) { return found }
    let names = Wording.list(keys.map(Wording.quoted), "or")
    owner.problems.report(.missingKey, "one of \(names) is needed", at: place)
    return nil
  }

  /// Keys that are known and read only under some condition.
  package func allow(_ keys: String...) {
    asked += keys
  }

  /// The key's own place, for a message about it.
  package func span(of key: String) -> Span? { entry(key)?.span }

  private func oneOf(_ keys: [String]) -> (key: String, value: SettingsNode)? {
    let found = keys.compactMap { key in optional(key).map { (key: key, value: $0) } }
    if found.count > 1, let first = entry(found[0].key), let second = entry(found[1].key) {
      owner.problems.report(
        Diagnostic(
          SettingsCode.conflict.rawValue,
          "\(Wording.quoted(first.key)) and \(Wording.quoted(second.key)) exclude each other",
          at: .init(second.span, "not beside the other"), also: [.init(first.span)], fix: "keep one of them"))
    }
    return found.first
  }

  private func entry(_ key: String) -> SettingsNode.Entry? {
    entries.first { $0.key == key }
  }

  /// Where a missing key is missed: the mapping's first key.
  private var place: Span { entries.first?.span ?? owner.span }

  func reportUnknown() {
    // A key that is there already can't be the one that was meant.
    let free = asked.filter { entry($0) == nil }
    let known = asked.isEmpty ? "delete it" : "known here: " + Wording.list(asked.sorted())
    for entry in entries where !asked.contains(entry.key) {
      guard !owner.problems.isFull else { return }
      owner.problems.report(
        .unknownKey, "there is no setting called \(Wording.quoted(entry.key)) here", at: entry.span, "not known",
        fix: Suggestion.question(entry.key, among: free) ?? known)
    }
  }
}
