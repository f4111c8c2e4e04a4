import Diagnostics
import Settings

/// Reads a text and gives what `read` makes of it beside every problem as `CODE line:column message`.
func reading<Value>(_ text: String, _ read: (SettingsNode) -> Value?) -> (value: Value?, problems: [String]) {
  let source = SourceText(name: "outturn.yaml", text)
  let problems = Problems()
  let value = SettingsDocument.parse(source, into: problems).flatMap(read)
  return (value, problems.diagnostics.map { short($0, source) })
}

func problems(_ text: String) -> [String] {
  reading(text) { _ in true }.problems
}

func short(_ diagnostic: Diagnostic, _ source: SourceText) -> String {
  guard let place = diagnostic.primary.map({ source.place(of: $0.span.start) }) else { return diagnostic.message }
  return "\(diagnostic.code) \(place.line):\(place.column) \(diagnostic.message)"
}

extension SettingsNode {
  /// The tree as one line, texts in quotes, to compare with.
  var outline: String {
    switch content {
    case .empty: "~"
    case .text(let text, _): "'\(text)'"
    case .list(let items): "[" + items.map(\.outline).joined(separator: ", ") + "]"
    case .mapping(let entries): "{" + entries.map { "\($0.key): \($0.value.outline)" }.joined(separator: ", ") + "}"
    }
  }

  var depth: Int {
    switch content {
    case .empty, .text: 0
    case .list(let items): 1 + (items.map(\.depth).max() ?? 0)
    case .mapping(let entries): 1 + (entries.map(\.value.depth).max() ?? 0)
    }
  }
}
