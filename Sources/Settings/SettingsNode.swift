package import Diagnostics

/// One value of a configuration with its place: a text, a list or a mapping.
///
/// The typed reads (`text()`, `duration()`, `fields { … }`) give nil for what can't be read so, and the problem joins
/// those collected: a caller goes on with what else there is, and the author hears of everything at once. Texts are
/// what was written: `NO`, `1.10` and `012` are not taken for anything until a read asks for it.
package struct SettingsNode {
  package enum Content {
    /// `key:` with nothing after it, or `~`.
    case empty
    /// `plain` when written without quotes.
    case text(String, plain: Bool)
    case list([SettingsNode])
    case mapping([Entry])
  }

  package struct Entry {
    package let key: String
    /// Of the key.
    package let span: Span
    package let value: SettingsNode
  }

  package let content: Content
  package let span: Span
  package let problems: Problems

  init(_ content: Content, _ span: Span, _ problems: Problems) {
    self.content = content
    self.span = span
    self.problems = problems
  }
}

// MARK: - Telling the author

extension SettingsNode {
  /// Reports a value that the caller can't use; gives nil, so that a read can end in it.
  @discardableResult
  package func refuse<Value>(
    _ message: String, _ code: SettingsCode = .badValue, label: String = "", fix: String? = nil
  ) -> Value? {
    problems.report(code, message, at: span, label, fix: fix)
    return nil
  }

  /// As `refuse`, where there is no value to give.
  package func report(_ message: String, _ code: SettingsCode = .badValue, label: String = "", fix: String? = nil) {
    problems.report(code, message, at: span, label, fix: fix)
  }

  /// `a list`, as it is called in messages.
  var kind: String {
    switch content {
    case .empty: "nothing"
    case .text: "a value"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }

  func wrongKind<Value>(expected: String, fix: String? = nil) -> Value? {
    refuse("expected \(expected), not \(kind)", .wrongKind, fix: fix)
  }

  package var isEmpty: Bool {
    if case .empty = content { true } else { false }
  }
}

// MARK: - Lists and mappings

extension SettingsNode {
  package func items() -> [SettingsNode]? {
    guard case .list(let items) = content else { return wrongKind(expected: "a list", fix: "[one, two]") }
    return items
  }

  /// A list, or one value in place of a list of one.
  package func oneOrMore() -> [SettingsNode]? {
    switch content {
    case .list(let items): items
    case .text, .mapping: [self]
    case .empty: wrongKind(expected: "a value or a list")
    }
  }

  /// The items of a list (or the one value) that can be read; those that can't are reported.
  package func list<Value>(_ read: (SettingsNode) -> Value?) -> [Value]? {
    oneOrMore()?.compactMap(read)
  }

  /// A mapping whose keys are names that the author chose (sources, receivers, columns).
  package func entries() -> [Entry]? {
    guard case .mapping(let entries) = content else {
      return wrongKind(expected: "a mapping", fix: "key: value")
    }
    return entries
  }

  /// A mapping whose keys are known: `read` asks for each, and a key that it did not ask for is an error.
  ///
  /// Ask for every key before giving up on one, or the others will be called unknown.
  package func fields<Value>(_ read: (SettingsFields) -> Value?) -> Value? {
    guard let entries = entries() else { return nil }
    let fields = SettingsFields(entries, of: self)
    let value = read(fields)
    fields.reportUnknown()
    return value
  }
}
