import Diagnostics
import Finance

/// Checks what a test expects: of whom, when, and whether the rule can ever say it.
struct ExpectationChecker {
  let test: TestSyntax
  let syntax: RuleSyntax
  let frame: Frame
  /// Nil where something is wrong with the rules.
  let rule: Rule?
  let grids: GridChecker
  let calendar: FinancialCalendar
  let findings: Findings
  /// The days of the test's drops.
  let drops: [Day]

  /// - known: how many deliveries stand above it.
  func check(_ written: TestSyntax.Expectation, known: Int) -> RuleTest.Expectation? {
    let keys = keys(written)
    let period = period(written.at)
    requireReachable(written)
    guard let keys, let period else { return nil }
    let before = test.given == nil ? 0 : 1
    let knownThen = written.asOf.map { day in before + drops.count { $0 <= day.value } }
    return RuleTest.Expectation(
      keys: keys, subject: written.subject.text, period: period, asOf: written.asOf?.value,
      known: knownThen ?? known, state: written.state.value, text: written.value, stateSpan: written.state.span,
      span: written.span)
  }

  // MARK: Whom it is about

  private func keys(_ written: TestSyntax.Expectation) -> [String]? {
    switch written.subject {
    case .overall(let span):
      guard !frame.keys.isEmpty else { return [] }
      findings.add(
        .subjectNotGiven, "the rule is about \(frame.spoken), not about everything together", at: span,
        fix: frame.keys.map { "\"\(names(of: $0).first ?? "…")\"" }.joined(separator: " and "))
      return nil
    case .keys(let texts):
      guard texts.count == frame.keys.count else {
        let first = texts[0].span
        let place = Span(text: first.text, start: first.start, end: texts[texts.count - 1].span.end)
        findings.add(
          .subjectNotGiven, "the rule is about \(frame.spoken)", at: place, Wording.count(texts.count, "name"),
          fix: frame.keys.isEmpty ? "overall" : frame.keys.map { _ in "\"…\"" }.joined(separator: " and "))
        return nil
      }
      let keys = zip(frame.keys, texts).map(key)
      return keys.contains(nil) ? nil : keys.compactMap { $0 }
    }
  }

  private func key(_ key: Frame.Key, _ written: Written<String>) -> String? {
    switch key {
    case .organisation:
      if let number = grids.register.number(of: written.value) { return grids.register.code(of: number) }
    case .attribute, .dimension:
      if names(of: key).contains(written.value) { return written.value }
    }
    // What could not be read may have spoken of it.
    guard !test.isIncomplete, test.given != nil else { return nil }
    let known = names(of: key)
    findings.add(
      .subjectNotGiven, "the test says nothing of the \(key.word) \(Wording.quoted(written.value))", at: written.span,
      fix: Suggestion.question(written.value, among: known)
        ?? (known.isEmpty ? "a row for it" : Wording.list(known.map { "\"\($0)\"" }, "or")),
      repairs: Suggestion.nearest(to: written.value, among: known).map { .replacing(written.span, with: "\"\($0)\"") })
    return nil
  }

  private func names(of key: Frame.Key) -> [String] {
    switch key {
    case .organisation: grids.register.bodies.map(\.name)
    case .attribute(let name): grids.register.values(of: name)
    case .dimension(let name): grids.members.filter { $0.dimension == name }.map(\.value).sorted()
    }
  }

  // MARK: When

  private func period(_ written: YearOrPeriod) -> Period? {
    guard isWritten(written.year, calendar, findings) else { return nil }
    guard let step = rule?.step else { return nil }
    guard let month = written.month else {
      if step == .year { return Period(year: written.year.year, month: 12) }
      findings.add(
        .expectationImpossible, "the rule has a state for each \(step.rawValue)", at: written.span, "a whole year",
        fix: calendar.label(Period(year: written.year.year, month: 12)))
      return nil
    }
    let period = Period(year: written.year.year, month: month)
    if month == 0 {
      findings.add(
        .expectationImpossible, "the opening position has no state", at: written.span,
        fix: calendar.label(Period(year: written.year.year, month: 1)))
      return nil
    }
    guard period.end(of: step) == period else {
      let end = period.end(of: step)
      findings.add(
        .expectationImpossible, "the rule has a state for each \(step.rawValue)", at: written.span,
        fix: step == .year ? calendar.label(end, .year) : calendar.label(end))
      return nil
    }
    return period
  }

  // MARK: What

  /// A state that the rule never has makes a test that can only fail.
  private func requireReachable(_ written: TestSyntax.Expectation) {
    guard !syntax.isIncomplete else { return }
    func refuse(_ message: String, fix: String) {
      findings.add(.expectationImpossible, message, at: written.state.span, fix: fix)
    }
    switch written.state.value {
    case .firing(let severity), .pending(let severity):
      let declared = syntax.severities
      guard declared.contains(severity) else {
        return refuse(
          "`\(syntax.name.text)` never turns \(severity.word)",
          fix: Wording.list(declared.sorted().map(\.word) + ["quiet"], "or"))
      }
      if case .pending = written.state.value, syntax.persistsFor == 1 {
        refuse(
          "`\(syntax.name.text)` has no `persists for`: over the line it is \(severity.word) at once",
          fix: severity.word)
      }
    case .stale where !syntax.holdsState:
      refuse("`\(syntax.name.text)` holds no state while it is not known: `if unknown` says otherwise", fix: "unknown")
    case .suppressed where !syntax.hasSuppression:
      refuse("`\(syntax.name.text)` has no `suppress when`", fix: "quiet, or a severity")
    case .withdrawn where drops.isEmpty:
      refuse("nothing is withdrawn without a later drop that restates a figure", fix: "drop 2014-02-10 …")
    case .closed where rule?.isFoldedByYear == false && !grids.register.bodies.contains { $0.to != nil }:
      refuse("an alert of `\(syntax.name.text)` is not closed with the year", fix: "quiet, or a severity")
    case .quiet, .unknown, .stale, .suppressed, .withdrawn, .closed: break
    }
  }
}

extension RuleSyntax {
  /// At which it can fire.
  fileprivate var severities: Set<Severity> {
    var result: Set<Severity> = []
    for clause in clauses {
      switch clause.kind {
      case .band(let severity, _), .breach(let severity, _), .ifUnknown(.raise(let severity)): result.insert(severity)
      default: break
      }
    }
    return result
  }

  fileprivate var persistsFor: Int {
    for case .persists(let count) in clauses.map(\.kind) { return count.value }
    return 1
  }

  /// While a period is unknown; what does not hold is never stale.
  fileprivate var holdsState: Bool {
    for case .ifUnknown(let consequence) in clauses.map(\.kind) {
      if case .hold = consequence { return true }
      return false
    }
    return true
  }

  fileprivate var hasSuppression: Bool {
    clauses.contains { if case .suppress = $0.kind { true } else { false } }
  }
}

extension Frame.Key {
  fileprivate var word: String {
    switch self {
    case .organisation: "organisation"
    case .attribute(let name), .dimension(let name): name
    }
  }
}

extension TestSyntax.Subject {
  fileprivate var text: String {
    switch self {
    case .overall: "overall"
    case .keys(let keys): keys.map(\.value).joined(separator: " and ")
    }
  }
}
