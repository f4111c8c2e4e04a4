import Diagnostics
import Finance

// Rules about many: who is counted, and how many must have reported.

extension Lint {
  /// Over every organisation a parent is counted beside its parts, and a survey beside those it asks.
  static let populationWithoutKind = Lint(
    .populationWithoutKind,
    ofSet: { set in
      var doubts: [Diagnostic] = []
      let register: Set<String> = ["kind", "parent", "code", "organisation"]
      let shared = LintedSet.names(of: set.tree.lets, reaching: register.contains)
      func look(_ expressions: [Expression], own: [LetSyntax]) {
        let isSaid = { (name: String) in register.contains(name) || shared.contains(name) }
        let own = LintedSet.names(of: own, reaching: isSaid)
        for expression in expressions {
          expression.walk { part in
            guard case .aggregate(let aggregate) = part.kind, aggregate.population.head.text == "organisation",
              aggregate.population.sameAs?.text != "kind"
            else { return }
            let mentioned = aggregate.population.condition?.mentions ?? []
            guard !mentioned.contains(where: { isSaid($0) || own.contains($0) }) else { return }
            doubts.append(
              .warning(
                .populationWithoutKind, "every kind of organisation is counted together, a parent beside its parts",
                at: aggregate.population.head.span, "of which kind?", fix: "organisation where kind is \"…\""))
          }
        }
      }
      for binding in set.tree.lets { look([binding.value], own: []) }
      for rule in set.tree.rules where !rule.subjects.contains(where: { $0.text == "kind" }) {
        look(rule.clauses.flatMap(\.kind.expressions), own: rule.lets)
      }
      return doubts
    })

  /// A share of those who reported hangs on how many did.
  static let populationWithoutCoverage = Lint(
    .populationWithoutCoverage,
    ofRule: { rule in
      guard rule.clause("coverage") == nil, let clause = rule.clause("watch") ?? rule.clause("when") else { return [] }
      let roots = rule.conditions + [rule.meaning.watch, rule.meaning.clears].compactMap { $0 }
      let tolerant = rule.program.reachable(from: roots).contains { id in
        guard case .aggregate(let aggregate, _, _, _) = rule.program[id].operation else { return false }
        return [.share, .mean, .median].contains(aggregate)
      }
      guard tolerant else { return [] }
      let line = "coverage at least 90%"
      return [
        .warning(
          .populationWithoutCoverage, "the rule does not say how many must have reported", at: clause.span,
          "without a word of it 90%", repairs: [Repair(line, [rule.adding(line, after: clause)])])
      ]
    })
}

extension Expression {
  /// What it is put together from.
  var operands: [Expression] {
    switch kind {
    case .literal, .name: []
    case .negated(let operand), .not(let operand), .member(let operand, _), .from(let operand): [operand]
    case .binary(_, let left, let right), .slice(let left, let right): [left, right]
    case .between(let value, let low, let high): [value, low, high]
    case .isIn(let value, let list, _): [value] + list
    case .call(_, let arguments): arguments
    case .aggregate(let aggregate): [aggregate.value, aggregate.population.condition, aggregate.by].compactMap { $0 }
    }
  }

  /// Itself and everything in it. Expressions are no deeper than the parser lets them be.
  func walk(_ visit: (Expression) -> Void) {
    visit(self)
    for operand in operands { operand.walk(visit) }
  }
}
