import Diagnostics

extension RuleCode {
  /// The code's page for a terminal: `outturn help R204`.
  package var helpText: String {
    let text = HelpLayout.page(rawValue, meaning, why: page.why, wrong: page.wrong, right: page.right)
    guard isLint else { return text }
    return text
      + "\n\nWhere it is meant so, a comment above the rule or in it allows it:\n    # allow \(rawValue): the reason"
  }
}
