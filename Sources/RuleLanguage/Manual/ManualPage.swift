import Diagnostics

/// What is told of one construct of the language: `outturn help watch`, a section of the reference, a hover.
package struct ManualPage: Sendable {
  /// As it is written, and the page's title: `persists for`.
  package var name: String
  /// What else the page is found under: `red` on that of `amber`.
  package var words: [String]
  /// One sentence.
  package var summary: String
  /// How it is written, a line for each way. NAMES in capitals stand for what an author puts there; what stands in […] may
  /// be left out, and … goes on alike.
  package var syntax: [String]
  /// What it does: paragraphs, each on one line.
  package var text: [String]
  package var example: String
  package var form: CodePage.Form
  /// What goes wrong with it, each with a page of its own.
  package var mistakes: [RuleCode]

  init(
    _ name: String, also words: [String] = [], _ summary: String, syntax: [String], _ text: [String], example: String,
    _ form: CodePage.Form = .clauses, mistakes: [RuleCode] = []
  ) {
    self.name = name
    self.words = words
    self.summary = summary
    self.syntax = syntax
    self.text = text
    self.example = example
    self.form = form
    self.mistakes = mistakes
  }
}

// MARK: - As it is shown

extension ManualPage {
  /// For a terminal.
  package var helpText: String {
    var parts = ["\(name): \(summary)", HelpLayout.indented(syntax)]
    parts += text.map { HelpLayout.wrapped($0) }
    parts.append("Example:\n" + HelpLayout.indented(lines))
    if !mistakes.isEmpty {
      parts.append("What goes wrong:\n" + HelpLayout.indented(mistakes.map { "\($0.rawValue)  \($0.meaning)" }))
    }
    return parts.joined(separator: "\n\n")
  }

  /// For an editor and for the reference, without a heading.
  package var markdown: String {
    var parts = [summary, fenced(syntax)] + text + ["For example:", fenced(lines)]
    if !mistakes.isEmpty {
      parts.append("What goes wrong: " + mistakes.map { "\($0.rawValue), \($0.meaning)" }.joined(separator: "; ") + ".")
    }
    return parts.joined(separator: "\n\n")
  }

  private var lines: [String] { example.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }

  private func fenced(_ lines: [String]) -> String {
    "```outturn-rules\n\(lines.joined(separator: "\n"))\n```"
  }
}
