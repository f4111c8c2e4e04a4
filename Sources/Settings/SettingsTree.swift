import Diagnostics
import Yams

/// Builds our nodes from the YAML library's: texts as written, each with its span.
struct SettingsTree {
  private let source: SourceText
  private let index: Int32
  private let problems: Problems
  private var marks: YAMLMarks

  init(_ source: SourceText, index: Int32, _ problems: Problems) {
    self.source = source
    self.index = index
    self.problems = problems
    marks = YAMLMarks(source)
  }

  /// Nil where something was refused. An empty text is an empty node.
  mutating func node(_ root: Node?) -> SettingsNode? {
    guard let root else { return SettingsNode(.empty, Span(text: index, start: 0, end: 0), problems) }
    return node(root, level: 1)
  }

  private mutating func node(_ node: Node, level: Int) -> SettingsNode? {
    let start = node.mark.map { marks.offset(of: $0) } ?? 0
    if node.scalar == nil, level > SettingsDocument.mostLevels {
      problems.report(
        .tooLarge, "the configuration is more than 32 levels deep", at: Span(text: index, start: start, end: start),
        "level 33 begins here")
      return nil
    }
    switch node {
    case .scalar(let scalar):
      let span = Span(text: index, start: start, end: end(of: scalar, from: start))
      let isEmpty = scalar.style == .plain && ["", "~"].contains(scalar.string)
      return SettingsNode(isEmpty ? .empty : .text(scalar.string, plain: scalar.style == .plain), span, problems)
    case .sequence(let sequence):
      var items: [SettingsNode] = []
      for element in sequence {
        guard let item = self.node(element, level: level + 1) else { return nil }
        items.append(item)
      }
      return SettingsNode(.list(items), span(start, items.last), problems)
    case .mapping(let mapping):
      var entries: [SettingsNode.Entry] = []
      for (keyNode, valueNode) in mapping {
        guard let key = self.node(keyNode, level: level), let name = key.plainKey else {
          problems.report(.wrongKind, "a key is a word, not a list or a mapping", at: span(start, nil))
          return nil
        }
        guard let value = self.node(valueNode, level: level + 1) else { return nil }
        entries.append(SettingsNode.Entry(key: name, span: key.span, value: value))
      }
      return SettingsNode(.mapping(entries), span(start, entries.last?.value), problems)
    case .alias:
      preconditionFailure("aliases are refused before the text is composed")
    }
  }

  /// From a collection's beginning to the end of its last part.
  private func span(_ start: Int32, _ last: SettingsNode?) -> Span {
    Span(text: index, start: start, end: max(start + 1, last?.span.end ?? start + 1))
  }

  /// The YAML library says where a scalar begins; where it ends is read off the text: its own letters, the closing
  /// quote, or the line's end.
  private func end(of scalar: Node.Scalar, from start: Int32) -> Int32 {
    let bytes = source.bytes
    let from = Int(start)
    let lineEnd = source.lineRange(source.lineNumber(of: from)).upperBound
    switch scalar.style {
    case .plain, .any:
      let written = scalar.string.utf8
      return bytes[from..<lineEnd].starts(with: written) ? start + Int32(written.count) : Int32(lineEnd)
    case .singleQuoted, .doubleQuoted:
      let quote = scalar.style == .doubleQuoted ? UInt8(ascii: "\"") : UInt8(ascii: "'")
      var at = from + 1
      let escape = quote == UInt8(ascii: "'") ? quote : UInt8(ascii: "\\")
      while at < bytes.count {
        let isEscaped = bytes[at] == escape && at + 1 < bytes.count && (escape != quote || bytes[at + 1] == quote)
        if bytes[at] == quote, !isEscaped { break }
        at += isEscaped ? 2 : 1
      }
      return Int32(min(at + 1, bytes.count))
    case .literal, .folded:
      return Int32(lineEnd)
    }
  }
}

extension SettingsNode {
  fileprivate var plainKey: String? {
    switch content {
    case .text(let text, _): text
    case .empty: ""
    case .list, .mapping: nil
    }
  }
}
