import Diagnostics
import RuleLanguage

// Rules that show one value: all that is declared but rules and tests, and one rule whose message is the value.

extension OpenRuleSet {
  /// What an expression comes to for the subjects of a rule, or for every organisation, now. Nil where it shows nothing.
  ///
  /// - Parameters:
  ///   - expression: as it is written.
  ///   - rule: whose subjects and lets are meant.
  func lastValues(of expression: String, in rule: RuleSyntax?, _ facts: Facts) -> String? {
    for subjects in rule.map({ [forEach($0)] }) ?? ["for each organisation", "overall"] {
      let lets = rule?.lets.map { "  " + written($0.span) } ?? []
      // A period is there once what a rule is decided by was returned, so it is decided by the value itself.
      let lines =
        ["rule \(Facts.glimpse) \"Last values\"", "  " + subjects] + lets
        + ["  info when (\(expression)) = (\(expression))", "  message \"{\(expression)}\"", ""]
      let text = declarations(showing: expression) + "\n" + lines.joined(separator: "\n")
      if let found = facts.lastValues(text, as: folder + "/\(Facts.glimpse).rules") { return found }
    }
    return nil
  }

  private func forEach(_ rule: RuleSyntax) -> String {
    for clause in rule.clauses {
      if case .forEach = clause.kind { return written(clause.span) }
    }
    return "overall"
  }

  func written(_ span: Span) -> String {
    guard let placed = draft.placed(span) else { return "" }
    return String(decoding: draft.files[Int(placed.text)].bytes[Int(placed.start)..<Int(placed.end)], as: UTF8.self)
  }

  /// A reference measure makes no period of its own; the one that is shown is to.
  private func declarations(showing name: String) -> String {
    draft.pieces.joined().filter { $0.tree.rules.isEmpty && $0.tree.tests.isEmpty }.map { piece in
      let text = String(decoding: piece.source.bytes, as: UTF8.self)
      guard piece.tree.measures.contains(where: { $0.name.text == name && $0.isReference }) else { return text }
      return text.replacing(" reference", with: "", maxReplacements: 1)
    }.joined(separator: "\n")
  }
}
