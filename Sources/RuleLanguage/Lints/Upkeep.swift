import Diagnostics

// Who is asked about a rule, what is done when it fires, and what shows that it does what it says.

extension Lint {
  static let ownerMissing = Lint(
    .ownerMissing,
    ofRule: { rule in
      guard rule.clause("owner") == nil else { return [] }
      return [
        .warning(
          .ownerMissing, "the rule `\(rule.syntax.name.text)` has no owner", at: rule.syntax.name.span,
          "who is asked about it?", repairs: [Repair("owner \"…\"", [rule.adding("owner \"…\"")], isCertain: false)])
      ]
    })

  static let runbookMissing = Lint(
    .runbookMissing,
    ofRule: { rule in
      guard rule.clause("runbook") == nil else { return [] }
      return [
        .warning(
          .runbookMissing, "the rule `\(rule.syntax.name.text)` has no runbook", at: rule.syntax.name.span,
          "what is done when it fires?",
          repairs: [Repair("runbook \"https://…\"", [rule.adding("runbook \"https://…\"")], isCertain: false)])
      ]
    })

  static let testMissing = Lint(
    .testMissing,
    ofSet: { set in
      let tested = Set(set.tree.tests.map(\.rule.text))
      return set.tree.rules.filter { !tested.contains($0.name.text) }.map { rule in
        .warning(
          .testMissing, "the rule `\(rule.name.text)` has no test", at: rule.name.span,
          "nothing shows that it does what it says",
          fix: "test \(rule.name.text) \"…\" with figures and what they lead to")
      }
    })

  /// What is declared, and neither read by a rule nor by what a rule reads.
  static let neverUsed = Lint(
    .neverUsed,
    ofSet: { set in
      func warning(_ what: String, _ name: Name, _ who: String = "no rule reads it") -> Diagnostic {
        .warning(.neverUsed, "the \(what) `\(name.text)` is never used", at: name.span, who, fix: "delete it")
      }
      var read: Set<String> = []
      var unused: [Diagnostic] = []
      for rule in set.tree.rules {
        let own = rule.lets
        // What a rule reads but for its lets; a let is read where one of these reads it.
        var mentioned = rule.clauses.reduce(into: Set<String>()) { names, clause in
          if case .binding = clause.kind { return }
          names.formUnion(clause.kind.mentions)
        }
        mentioned = LintedSet.names(from: mentioned, through: LintedSet.byName(own))
        unused += own.filter { !mentioned.contains($0.name.text) }.map {
          warning("let", $0.name, "the rule does not read it")
        }
        read.formUnion(mentioned)
      }
      // Once for all rules: thousands may read the same lets.
      read = LintedSet.names(from: read, through: set.lets)
      let dimensions = read.union(set.tree.measures.flatMap { $0.dimensions.map(\.text) })
        .union(set.tree.rules.flatMap(\.subjects).map(\.text))
      unused += set.tree.lets.map(\.name).filter { !read.contains($0.text) }.map { warning("let", $0) }
      unused += set.tree.measures.map(\.name).filter { !read.contains($0.text) }.map { warning("measure", $0) }
      unused += set.tree.tables.map(\.name).filter { !read.contains($0.text) }.map { warning("table", $0) }
      unused += set.tree.dimensions.map(\.name).filter { !dimensions.contains($0.text) }
        .map { warning("dimension", $0, "no measure has it") }
      return unused
    })
}

extension RuleSyntax {
  /// What its `for each` names.
  var subjects: [Name] {
    for case .forEach(let names, _) in clauses.map(\.kind) { return names }
    return []
  }
}
