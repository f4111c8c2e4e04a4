package import Diagnostics
package import RuleLanguage

/// Which parts of the rules no test looks at.
///
/// A part counts only where an expectation is about a period in which it mattered: a band that was breached on the way
/// to what is expected could be another, and no test would fail.
package struct Coverage: Sendable {
  package struct Part: Hashable, Sendable {
    /// "red above 5%", "only when overspent >= £250k, false".
    package var words: String
    package var span: Span
    package var isReached: Bool
  }

  package struct RuleCoverage: Sendable {
    package var rule: String
    /// Of its name.
    package var span: Span
    package var tests: Int
    /// In the order of the text.
    package var parts: [Part]

    package var reached: Int { parts.count(where: \.isReached) }
    /// Of all parts, rounded down: only all of them are 100.
    package var percentage: Int { parts.isEmpty ? 100 : reached * 100 / parts.count }
  }

  /// In the order of the files.
  package let rules: [RuleCoverage]

  /// - Parameters:
  ///   - name: of the rule that is asked about; all for nil.
  ///   - texts: those that the tree's spans point into.
  package init(_ outcomes: [TestOutcome], of tree: SyntaxTree, rule name: String? = nil, in texts: [SourceText]) {
    var reached: [String: Set<Reach>] = [:]
    var tests: [String: Int] = [:]
    for outcome in outcomes {
      reached[outcome.test.rule, default: []].formUnion(outcome.reached)
      tests[outcome.test.rule, default: 0] += 1
    }
    rules = tree.rules.filter { name == nil || $0.name.text == name }.map { rule in
      RuleCoverage(
        rule: rule.name.text, span: rule.name.span, tests: tests[rule.name.text] ?? 0,
        parts: Coverage.parts(of: rule, reached[rule.name.text] ?? [], texts))
    }
  }

  package var parts: Int { rules.reduce(0) { $0 + $1.parts.count } }
  package var reached: Int { rules.reduce(0) { $0 + $1.reached } }
  package var percentage: Int { parts == 0 ? 100 : reached * 100 / parts }

  /// The clauses that decide something; a way to breach has its position among the rule's.
  private static func parts(of rule: RuleSyntax, _ reached: Set<Reach>, _ texts: [SourceText]) -> [Part] {
    var breaches = 0
    return rule.clauses.flatMap { clause in
      let words = texts[Int(clause.span.text)].written(clause.span)
      func part(_ reach: Reach, _ addition: String = "") -> Part {
        Part(words: words + addition, span: clause.span, isReached: reached.contains(reach))
      }
      switch clause.kind {
      case .band(_, .beyond), .breach:
        defer { breaches += 1 }
        return [part(.breach(breaches))]
      case .band(_, .outside):
        defer { breaches += 2 }
        return [part(.breach(breaches), ", below it"), part(.breach(breaches + 1), ", above it")]
      case .onlyWhen: return [part(.onlyWhen(true), ", true"), part(.onlyWhen(false), ", false")]
      case .persists(let count): return count.value > 1 ? [part(.persistence)] : []
      case .clears: return [part(.clearing)]
      case .ifUnknown: return [part(.unknown)]
      case .suppress(_, _, let reason): return [part(.suppression(reason.value))]
      case .forEach, .effective, .binding, .watch, .coverage, .message, .detail, .runbook, .owner, .label: return []
      }
    }
  }
}

extension SourceText {
  /// A stretch as it is written, on one line and safe to print.
  package func written(_ span: Span) -> String {
    bytes[Int(span.start)..<Int(span.end)].split { [UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains($0) }
      .map { String(decoding: $0.drop { $0 == UInt8(ascii: " ") }, as: UTF8.self).printable }.joined(separator: " ")
  }
}
