import Diagnostics

/// Arithmetic as a tree: each expression with what it came to, over the expressions that it is made of.
enum TreeText {
  struct Line {
    var depth: Int
    var expression: String
    var shown: String
    var exact: String?
    /// "money, full year"; empty where it is not said.
    var unit = ""
    var sources: [Int]
  }

  static func lines(_ lines: [Line]) -> [String] {
    lines.indices.map { index in
      let line = lines[index]
      var branches = ""
      for depth in stride(from: 1, through: line.depth, by: 1) {
        let goesOn = hasSibling(after: index, at: depth, in: lines)
        branches += depth == line.depth ? (goesOn ? "├─ " : "└─ ") : (goesOn ? "│  " : "   ")
      }
      let unit = line.unit.isEmpty || line.sources.isEmpty ? "" : "  (\(line.unit))"
      let origin = line.sources.isEmpty ? "" : "  [\(line.sources.map { String($0 + 1) }.joined(separator: ", "))]"
      return "\(branches)\(line.expression.printable): \(value(line.shown, exact: line.exact))\(unit)\(origin)"
    }
  }

  /// Whether another line stands at the depth before the tree goes back above it.
  private static func hasSibling(after index: Int, at depth: Int, in lines: [Line]) -> Bool {
    for line in lines[(index + 1)...] {
      if line.depth < depth { return false }
      if line.depth == depth { return true }
    }
    return false
  }

  /// A rounded figure with its exact digits beside it, so that sums can be followed.
  static func value(_ shown: String, exact: String?) -> String {
    guard let exact, !exact.contains("/"), shown.hasSuffix("m") || shown.hasSuffix("bn") else { return shown }
    return "\(shown) (\(exact))"
  }
}
