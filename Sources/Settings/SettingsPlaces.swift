package import Diagnostics

/// Where the settings of a configuration stand, for what is found wrong with them only once they have been read: a folder
/// that is not there, a measure that no rule file declares.
package struct SettingsPlaces: Sendable {
  private var keys: [[String]: Span] = [:]

  package init(_ root: SettingsNode) { note(root, at: []) }

  private mutating func note(_ node: SettingsNode, at path: [String]) {
    switch node.content {
    case .mapping(let entries):
      for entry in entries {
        keys[path + [entry.key]] = entry.span
        note(entry.value, at: path + [entry.key])
      }
    case .list(let items):
      for item in items { note(item, at: path) }
    case .text, .empty: break
    }
  }

  /// The key at a path such as `sources`, `returns`, `inbox`; where there is none so far down, the nearest above it.
  package func place(of path: [String]) -> Span? {
    var path = path
    while !path.isEmpty {
      if let span = keys[path] { return span }
      path.removeLast()
    }
    return nil
  }
}
