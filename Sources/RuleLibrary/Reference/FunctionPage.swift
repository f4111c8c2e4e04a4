import Diagnostics
package import RuleLanguage

/// What a person reads about one function in a terminal.
package struct FunctionPage {
  private let function: RuleFunction

  package init(_ function: RuleFunction) { self.function = function }

  package var text: String {
    var lines = [function.signature, ""]
    lines += wrapped(function.summary, indent: 2)
    lines.append("")
    let terms = function.takes + [("gives", function.givesSpoken)]
    let column = (terms.map(\.name.count).max() ?? 0) + 4
    for (name, what) in terms { lines += wrapped(what, head: "  " + name, indent: column) }
    lines.append("")
    lines += wrapped(function.formula, head: "  Formula", indent: 11)
    lines += wrapped(function.source, head: "  Source", indent: 11)
    for example in function.examples { lines += [""] + self.lines(of: example) }
    return lines.joined(separator: "\n")
  }

  /// Every function, a line each, under its topic.
  package static func list(of library: FunctionLibrary) -> String {
    let column = (library.inOrder.map(\.name.count).max() ?? 0) + 4
    var lines: [String] = []
    for topic in RuleFunction.Topic.allCases {
      lines += (lines.isEmpty ? [] : [""]) + [topic.rawValue]
      for function in library.inOrder where function.topic == topic {
        let name = "  " + function.name
        lines.append(name.padding(to: column) + function.summary)
      }
    }
    return (lines + ["", "One of them in full, with examples: outturn help run_rate"]).joined(separator: "\n")
  }

  private func lines(of example: RuleFunction.Example) -> [String] {
    var lines = ["  Example  \(example.expression)"]
    for figures in example.given {
      lines.append("           " + figures.head)
      lines += figures.lines.flatMap { wrapped($0, indent: 13 + figures.name.count) }
    }
    if !example.other.isEmpty { lines.append("           other  " + example.other.joined(separator: "; ")) }
    return lines + ["           gives \(example.gives) at \(example.at)"]
  }

  private func wrapped(_ text: String, head: String = "", indent: Int) -> [String] {
    [HelpLayout.wrapped(text, head: head, indent: indent)]
  }
}

extension String {
  fileprivate func padding(to column: Int) -> String {
    self + String(repeating: " ", count: max(0, column - count))
  }
}
