import Diagnostics
import Finance

// Percentages and other divisions whose divisor was not thought of.

extension Lint {
  /// A percentage of a base at or below zero is not known: without a word about such bases, who has one is not watched.
  static let baseUnguarded = Lint(
    .baseUnguarded,
    ofRule: { rule in
      guard let watch = rule.meaning.watch, let clause = rule.clause("watch") else { return [] }
      let bases = rule.program.percentages(in: watch).map(\.base).filter {
        !rule.changesSign($0) && !rule.isGuarded($0)
      }
      guard let base = bases.first else { return [] }
      let text = rule.printer.reference(base)
      let shown = text.count <= 40 ? text : "its base"
      let zero = rule.zero(of: base)
      return [
        .warning(
          .baseUnguarded, "where \(shown) is zero or less the percentage is not known, and nothing says what then",
          at: clause.span, "a percentage of \(text)",
          repairs: [
            Repair(
              "only when \(shown) > \(zero)", [rule.addingBefore(clause, "only when \(text) > \(zero)")],
              isCertain: false),
            Repair(
              "red when \(shown) <= \(zero)", [rule.adding("red when \(text) <= \(zero)", after: clause)],
              isCertain: false),
          ])
      ]
    })

  /// Divided by a difference, the result turns round where the difference does: a gain becomes a loss.
  static let divisorChangesSign = Lint(
    .divisorChangesSign,
    ofRule: { rule in
      let roots = rule.conditions + [rule.meaning.watch, rule.meaning.clears].compactMap { $0 }
      for id in rule.program.reachable(from: roots) {
        guard case .divide(_, let divisor) = rule.program[id].operation, rule.changesSign(divisor),
          !rule.isGuarded(divisor), let clause = rule.clause("watch") ?? rule.clause("when")
        else { continue }
        let text = rule.printer.reference(divisor)
        return [
          .warning(
            .divisorChangesSign, "\(text) can be above and below zero, and something is divided by it", at: clause.span,
            "divides by \(text)", fix: "divide by what has one sign, or `only when \(text) > \(rule.zero(of: divisor))`"
          )
        ]
      }
      return []
    })

  /// A small body passes any percentage by a few pounds.
  static let percentageAlone = Lint(
    .percentageAlone,
    ofRule: { rule in
      guard rule.meaning.frame.keys.contains(.organisation), let watch = rule.meaning.watch,
        let clause = rule.clause("watch"), case .divide(let part, _) = rule.program[watch].operation,
        rule.program.percentages(in: watch).contains(where: { $0.part == part })
      else { return [] }
      let isMaterial = rule.program.comparedWithLiterals(in: rule.conditions).contains { value, literal in
        rule.program[value].type.isAmount && literal.sign != 0
      }
      guard !isMaterial else { return [] }
      let amount = rule.printer.reference(part)
      let some = rule.zero(of: part).replacing("0", with: "…")
      return [
        .warning(
          .percentageAlone, "a percentage alone decides: a small body passes it with a small amount", at: clause.span,
          "however little \(amount) is", fix: "only when \(amount) >= \(some)")
      ]
    })
}

extension LintedRule {
  /// A difference of two quantities, or a number of percentage points.
  fileprivate func changesSign(_ id: NodeID) -> Bool {
    switch program[id].operation {
    case .subtract(let left, let right): program.literal(left) == nil && program.literal(right) == nil
    case .converted(let operand), .negate(let operand): changesSign(operand)
    default: program[id].type == .points && program.literal(id) == nil
    }
  }

  /// Some condition compares it, or what it is made of, with a number.
  fileprivate func isGuarded(_ base: NodeID) -> Bool {
    let measures = program.measuresRead(from: base)
    return program.comparedWithLiterals(in: conditions).contains { value, _ in
      if value == base { return true }
      let compared = program.measuresRead(from: value)
      return !compared.isEmpty && compared.isSubset(of: measures)
    }
  }

  fileprivate func zero(of id: NodeID) -> String {
    program[id].type == .money ? (Currency(code: program.currency)?.prefix ?? "") + "0" : "0"
  }

  /// A line more, before a clause.
  fileprivate func addingBefore(_ clause: Clause, _ line: String) -> Edit {
    let place = Span(text: clause.span.text, start: clause.span.start, end: clause.span.start)
    return Edit(place, line + "\n" + margin)
  }
}
