// Which names an expression, a message or a clause mentions: what a rule's meaning hangs on beside its own text.

extension Expression {
  var mentions: Set<String> {
    switch kind {
    case .literal: []
    case .name(let name): [name]
    case .negated(let operand), .not(let operand), .member(let operand, _), .from(let operand): operand.mentions
    case .binary(_, let left, let right), .slice(let left, let right): left.mentions.union(right.mentions)
    case .between(let value, let low, let high): value.mentions.union(low.mentions).union(high.mentions)
    case .isIn(let value, let list, _): list.reduce(value.mentions) { $0.union($1.mentions) }
    case .call(_, let arguments): arguments.reduce([]) { $0.union($1.mentions) }
    case .aggregate(let aggregate):
      [aggregate.value, aggregate.population.condition, aggregate.by].compactMap { $0 }
        .reduce([aggregate.population.head.text]) { $0.union($1.mentions) }
    }
  }
}

extension Clause.Kind {
  var mentions: Set<String> { expressions.reduce([]) { $0.union($1.mentions) } }

  /// Every expression that stands in it.
  var expressions: [Expression] {
    switch self {
    case .forEach(_, let condition): condition.map { [$0] } ?? []
    case .binding(let binding): [binding.value]
    case .onlyWhen(let value), .watch(let value), .breach(_, let value), .clears(.when(let value), _),
      .suppress(let value, _, _):
      [value]
    case .band(_, .beyond(_, let bound)), .clears(.band(.beyond(_, let bound)), _): [bound]
    case .band(_, .outside(let low, let high)), .clears(.band(.outside(let low, let high)), _): [low, high]
    case .message(let template), .detail(let template): template.holes
    case .effective, .coverage, .persists, .ifUnknown, .runbook, .owner, .label: []
    }
  }
}

extension TemplateSyntax {
  var holes: [Expression] {
    parts.compactMap { if case .hole(let value, _, _) = $0 { value } else { nil } }
  }
}
