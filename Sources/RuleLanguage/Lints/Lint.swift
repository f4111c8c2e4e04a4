package import Diagnostics
package import Finance

/// A doubt about rules in which nothing is wrong: they mean something, and probably not what was intended.
struct Lint: Sendable {
  let code: RuleCode
  let look: @Sendable (LintedSet) -> [Diagnostic]

  /// One that looks at the rule set as a whole.
  init(_ code: RuleCode, ofSet look: @escaping @Sendable (LintedSet) -> [Diagnostic]) {
    self.code = code
    self.look = look
  }

  /// One that looks at each rule by itself.
  init(_ code: RuleCode, ofRule look: @escaping @Sendable (LintedRule) -> [Diagnostic]) {
    self.code = code
    self.look = { set in set.rules.flatMap(look) }
  }
}

extension RuleSet.Loaded {
  /// The warnings about rules that have no errors (none while there are errors), without those that the files allow.
  ///
  /// - Parameter today: the day from which a suppression counts as over.
  package func lints(today: Day) -> [Diagnostic] {
    guard let program else { return [] }
    let set = LintedSet(tree: tree, texts: texts, program: program, today: today)
    var allowances = Allowances(tree, texts)
    let doubts = Lint.all.flatMap { $0.look(set) }.filter { !allowances.cover($0) }
    let codes = Set(Lint.all.map(\.code))
    return (doubts + allowances.unclear + allowances.unused(of: codes)).sortedByPlace()
  }
}

extension Diagnostic {
  static func warning(
    _ code: RuleCode, _ message: String, at span: Span, _ label: String = "", also secondary: [Label] = [],
    fix: String? = nil, repairs: [Repair] = []
  ) -> Diagnostic {
    Diagnostic(
      code.rawValue, .warning, message, at: Label(span, label), also: secondary, fix: fix, repairs: repairs)
  }
}
