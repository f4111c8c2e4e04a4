package import Diagnostics

/// A text that rules compare with what the register or the figures say: `kind is "PCT"`, `[category is "acute"]`.
package struct ComparedText: Sendable {
  /// An attribute of organisations (`organisation` is their name, `code` their code), or a dimension.
  package var name: String
  package var text: String
  /// With its quotation marks.
  package var span: Span
}

extension RuleSet.Loaded {
  /// Every such text, tables' keys among them, in the order of the rule files.
  package var comparedTexts: [ComparedText] {
    var found: [ComparedText] = []
    func take(_ left: Expression, _ right: Expression) {
      guard case .name(let name) = left.kind, case .literal(.text(let text)) = right.kind else { return }
      found.append(ComparedText(name: name, text: text, span: right.span))
    }
    func look(_ expression: Expression) {
      expression.walk { part in
        switch part.kind {
        case .binary(.compare(.equal), let left, let right), .binary(.compare(.notEqual), let left, let right):
          take(left, right)
        case .isIn(let value, let list, _):
          for choice in list { take(value, choice) }
        default:
          break
        }
      }
    }
    for binding in tree.lets { look(binding.value) }
    for rule in tree.rules { rule.clauses.flatMap(\.kind.expressions).forEach(look) }
    for table in tree.tables where !table.isByYear {
      for row in table.rows {
        if case .text(let text) = row.key {
          found.append(ComparedText(name: table.key.text, text: text, span: row.keySpan))
        }
      }
    }
    return found.sorted { ($0.span.text, $0.span.start) < ($1.span.text, $1.span.start) }
  }

  /// The doubts that no comment allows, and the comments that allow one of these codes in vain.
  package func withoutAllowed(_ doubts: [Diagnostic], of codes: Set<RuleCode>) -> [Diagnostic] {
    var allowances = Allowances(tree, texts)
    let left = doubts.filter { !allowances.cover($0) }
    return (left + allowances.unused(of: codes)).sortedByPlace()
  }
}
