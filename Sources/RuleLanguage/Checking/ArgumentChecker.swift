import Diagnostics
import Finance

// Whether what is given to a function is what its parameters take.

extension FunctionCall {
  /// Every expression by what its parameter takes; the first that does not fit is said.
  func check(_ function: RuleFunction) throws(Misuse) {
    for (index, parameter) in function.parameters.enumerated().prefix(arguments.count) {
      guard case .value(let id) = arguments[index], let taken = parameter.taken else { continue }
      try check(builder[id], at: index, against: taken, giving: function.gives.time)
    }
  }

  private func check(
    _ node: Node, at index: Int, against taken: Taken, giving time: Given.Time
  ) throws(Misuse) {
    guard taken.types.contains(node.type) else {
      throw Misuse(
        .argumentUnfit, "`\(name)` takes \(Taken(taken.types).spoken), not \(node.type.spoken)", operand: index,
        node.spoken)
    }
    guard node.type.isAmount, !taken.bases.isEmpty, node.basis.map(taken.bases.contains) != true else { return }
    let bases = taken.bases.map { "`\($0.rawValue)`" }.joined(separator: " or ")
    let given = node.basis.map { "one that is `\($0.rawValue)`" } ?? "one that says nothing of its time"
    throw Misuse(
      .basisUnfit, "`\(name)` takes an amount that is \(bases), not \(given)", operand: index, node.spoken,
      rewritings: rewriting(node.basis, at: index, for: taken.bases, giving: time))
  }

  /// The call with its argument brought to the basis that is wanted.
  private func rewriting(
    _ basis: Basis?, at index: Int, for wanted: [Basis], giving time: Given.Time
  ) -> (@Sendable ([String]) -> [Misuse.Rewriting])? {
    guard let basis else { return nil }
    // What the function makes of others, this is as it stands.
    if time == .of(basis), arguments.count == 1 {
      return { [Misuse.Rewriting($0[index], [.whole: $0[index]])] }
    }
    let conversions = wanted.compactMap { basis.conversion(to: $0) }
    guard let convert = conversions.first else { return nil }
    return { [name] written in
      var arguments = written
      arguments[index] = convert(written[index])
      let call = "\(name)(\(arguments.joined(separator: ", ")))"
      return [Misuse.Rewriting(call, [.operand(index): arguments[index]])]
    }
  }
}

extension FunctionLibrary {
  /// Functions and aggregates that a word may have been meant for: what else people call them, then what is nearest.
  func names(meantBy word: String) -> [String] {
    let meant = synonyms[word] ?? []
    let near = Suggestion.nearest(to: word, among: Array(functions.keys) + Words.aggregates)
    return Array((meant + near.filter { !meant.contains($0) }).prefix(3))
  }
}

extension Basis {
  /// How an amount of this basis is written as one of another, where a function does that.
  func conversion(to other: Basis) -> (@Sendable (String) -> String)? {
    switch (self, other) {
    case (.inPeriod, .yearToDate): { "ytd(\($0))" }
    case (.yearToDate, .inPeriod): { "in_month(\($0))" }
    case (.yearToDate, .fullYear): { "run_rate(\($0))" }
    case (.inPeriod, .fullYear): { "run_rate(ytd(\($0)))" }
    case (.fullYear, .yearToDate): { "even_profile(\($0))" }
    default: nil
    }
  }
}
