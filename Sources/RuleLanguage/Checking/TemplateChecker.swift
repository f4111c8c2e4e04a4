import Diagnostics

// Messages: every hole shows something, in a format that suits it.

extension ExpressionChecker {
  func template(_ syntax: TemplateSyntax, in scope: Scope) -> Template? {
    var parts: [Template.Part?] = []
    for part in syntax.parts {
      switch part {
      case .text(let text): parts.append(.text(text))
      case .hole(let value, let formats, _): parts.append(hole(value, formats, in: scope))
      }
    }
    guard !parts.contains(where: { $0 == nil }) else { return nil }
    return Template(parts: parts.compactMap { $0 })
  }

  private func hole(_ value: Expression, _ formats: [Name], in scope: Scope) -> Template.Part? {
    let id = check(value, in: scope)
    var isGood = id != nil
    for (index, format) in formats.enumerated() {
      if !Words.formats.contains(format.text) {
        findings.add(
          .unknownFormat, "there is no format `\(format.text)`", at: format.span,
          fix: Suggestion.question(format.text, among: Words.formats) ?? Wording.list(Words.formats, "or", most: 20),
          repairs: Suggestion.repairs(format.text, at: format.span, among: Words.formats))
        isGood = false
      } else if let other = formats[..<index].first(where: { Words.excludes($0.text, format.text) }) {
        findings.add(
          .formatUnfit, "`\(other.text)` and `\(format.text)` say two things about one value", at: format.span,
          also: [Diagnostic.Label(other.span, "")], fix: "one of them")
        isGood = false
      } else if let id, let problem = unfit(format.text, for: id) {
        findings.add(
          problem.code, problem.message, at: format.span,
          also: [Diagnostic.Label(value.span, builder[id].spoken)], fix: problem.fix)
        isGood = false
      }
    }
    guard let id, isGood else { return nil }
    if builder[id].type == .truth {
      findings.add(
        .formatUnfit, "a hole shows a quantity or a text, not a condition", at: value.span, "a condition",
        fix: "words outside the hole, in a rule of its own")
      return nil
    }
    return .hole(id, formats: formats.map(\.text))
  }

  private func unfit(_ format: String, for id: NodeID) -> (code: RuleCode, message: String, fix: String?)? {
    let node = builder[id]
    guard node.type.isNumeric else { return (.formatUnfit, "`\(format)` is for quantities", nil) }
    switch format {
    case "k", "m", "bn":
      guard node.type.isAmount || node.type == .unitPrice || node.type == .number else {
        return (.formatUnfit, "`\(format)` is for amounts", nil)
      }
    case "words":
      if builder.hasConflict(id) {
        return (
          .directionUnclear, "one part of it is adverse when high and another when low: neither word fits the whole",
          "over_under, or signed"
        )
      }
      if node.adverse == nil {
        return (
          .directionUnclear, "nothing says which way it is adverse",
          "`adverse high` or `adverse low` on its measures, or over_under"
        )
      }
    default:
      break
    }
    return nil
  }
}

extension Words {
  /// Formats of which a value takes one: how the sign is said, the size, the decimals.
  static func excludes(_ one: String, _ other: String) -> Bool {
    let groups: [Set<String>] = [
      ["signed", "words", "over_under"], ["k", "m", "bn"], Set(formats.filter { $0.hasSuffix("dp") }),
    ]
    return groups.contains { $0.contains(one) && $0.contains(other) }
  }
}
