import Diagnostics

extension RuleCode {
  /// The code's page for a terminal: `outturn help R204`.
  package var helpText: String {
    var parts = ["\(rawValue): \(meaning)"]
    if let page {
      parts.append(wrapped(page.why))
      if let wrong = page.wrong { parts.append("Wrong:\n" + shown(wrong)) }
      if let right = page.right, !right.isEmpty { parts.append("Right:\n" + shown(right)) }
    }
    if isLint {
      parts.append(
        "Where it is meant so, a comment above the rule or in it allows it:\n    # allow \(rawValue): the reason")
    }
    return parts.joined(separator: "\n\n")
  }

  /// An example, deeper than the words around it; what cannot be seen is written out.
  private func shown(_ example: String) -> String {
    example.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0.printable }
      .joined(separator: "\n")
  }

  private func wrapped(_ text: String, width: Int = 100) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.count + word.count < width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n")
  }
}
