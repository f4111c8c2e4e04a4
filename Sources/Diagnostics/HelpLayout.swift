/// How help pages are laid out in a terminal.
package enum HelpLayout {
  /// Characters of a line.
  package static let width = 100

  /// Words in lines of at most the width, behind a margin in which the head stands on the first.
  package static func wrapped(_ text: String, head: String = "", indent: Int = 0) -> String {
    var lines: [String] = []
    var line = head + String(repeating: " ", count: max(0, indent - head.count))
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        (line, isEmpty) = (String(repeating: " ", count: indent), true)
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return (lines + [line]).joined(separator: "\n")
  }

  /// Lines deeper than the words around them; what cannot be seen is written out.
  package static func indented(_ lines: [String]) -> String {
    lines.map { $0.isEmpty ? "" : "    " + $0.printable }.joined(separator: "\n")
  }

  /// The page of a code: what it says, why that matters, and an example of it with what is right.
  package static func page(_ code: String, _ meaning: String, why: String, wrong: String, right: String) -> String {
    func shown(_ title: String, _ example: String) -> String {
      title + ":\n" + indented(example.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
    let parts = ["\(code): \(meaning)", wrapped(why), shown("Wrong", wrong), shown("Right", right)]
    return parts.joined(separator: "\n\n")
  }
}
