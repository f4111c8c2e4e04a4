import Bookkeeping
package import Diagnostics
import Evaluation
import Finance
package import RuleLanguage
package import Storage

/// What only a ledger shows of rules that are in order: texts that nothing has, rules that always or never fire,
/// measures and organisations without figures.
package struct LedgerDoubts {
  private let loaded: RuleSet.Loaded
  private let program: Program
  private let register: Register
  private let ledger: LedgerChange
  private let evaluator: Evaluator

  /// - Returns: nil where the rules have errors.
  package init?(_ loaded: RuleSet.Loaded, on grounds: Rehearsal.Grounds, in reading: some Reading) throws {
    guard let program = loaded.program else { return nil }
    self.loaded = loaded
    self.program = program
    register = grounds.register ?? .whoeverReports
    ledger = try LedgerFeed(for: program, in: grounds.timeZone).everything(in: reading)
    evaluator = Evaluator(program, register: register, traits: grounds.traits)
    evaluator.take(ledger)
    evaluator.run()
  }

  /// In the order of the rule files; those that a comment allows are left out.
  package var diagnostics: [Diagnostic] {
    // A ledger that has not had its first drop says nothing of rules.
    guard !ledger.versions.isEmpty else { return [] }
    let codes: Set<RuleCode> = [.valueNotInData, .alwaysFires, .neverFires, .measureWithoutData, .neverReports]
    return loaded.withoutAllowed(strangeTexts + constantRules + emptyMeasures + silentOrganisations, of: codes)
  }

  // MARK: Texts

  private var strangeTexts: [Diagnostic] {
    var values: [String: Set<String>] = [:]
    for series in ledger.series.values {
      for member in series.members { values[member.dimension, default: []].insert(member.value) }
    }
    for attribute in register.attributes { values[attribute] = Set(register.values(of: attribute)).union([""]) }
    if !register.codes.isEmpty {
      values["organisation"] = Set(register.rows.map(\.name))
      values["code"] = Set(register.codes)
      values["parent"] = Set(register.rows.compactMap(\.parent)).union([""])
    }
    return loaded.comparedTexts.compactMap { compared in
      guard let known = values[compared.name], !known.contains(compared.text) else { return nil }
      let some = Wording.list(known.subtracting([""]).sorted().map(Wording.quoted), "or", most: 6)
      let near = Suggestion.nearest(to: compared.text, among: known.sorted())
      return warning(
        .valueNotInData, "no \(compared.name) is called \(Wording.quoted(compared.text))", at: compared.span,
        program.dimensions.contains(compared.name) ? "in no figure of the ledger" : "on no row of the register",
        fix: near.isEmpty ? some : Suggestion.question(compared.text, among: known.sorted()),
        repairs: near.map { .replacing(compared.span, with: "\"\($0)\"", isCertain: false) })
    }
  }

  // MARK: Rules

  private struct Count {
    var known = 0
    var over = 0
    var subjects: Set<Subject> = []
  }

  /// A rule is judged once it has known results in so many periods of its subjects together.
  private static let fewestResults = 6

  private var constantRules: [Diagnostic] {
    var counts: [String: Count] = [:]
    for standing in evaluator.standings(where: { _ in true }) {
      for state in standing.states where state.unknown == nil {
        counts[standing.key.rule, default: Count()].known += 1
        counts[standing.key.rule]?.subjects.insert(standing.key.subject)
        if case .quiet = state.phase { continue }
        counts[standing.key.rule]?.over += 1
      }
    }
    let measures = Dictionary(program.rules.map { ($0.name, $0.measures) }) { first, _ in first }
    let delivered = delivered
    return loaded.tree.rules.compactMap { rule in
      let name = rule.name
      let count = counts[name.text] ?? Count()
      let results = "\(Wording.count(count.known, "result")) for \(Wording.count(count.subjects.count, "subject"))"
      if count.known == 0 {
        let missing = (measures[name.text] ?? []).map { program.measures[$0].name }.filter { !delivered.contains($0) }
        if let first = missing.first {
          return warning(
            .neverFires, LedgerSaying.ruleWaits.of(name.text), at: name.span,
            Wording.list(missing, most: 4), fix: "deliver `\(first)`, or do without the rule")
        }
        return warning(
          .neverFires, LedgerSaying.ruleUnknown.of(name.text), at: name.span,
          "nothing that it reads is there",
          fix: "look at its `where`, its `effective`, and where its measures come from")
      }
      guard count.known >= Self.fewestResults else { return nil }
      if count.over == 0 {
        return warning(
          .neverFires, LedgerSaying.ruleNeverFires.of(name.text), at: name.span, results,
          fix: "a limit nearer to the figures, or a comment that says why")
      }
      guard count.over == count.known else { return nil }
      return warning(
        .alwaysFires, LedgerSaying.ruleAlwaysFires.of(name.text), at: name.span, results,
        fix: "a limit that some keep, or a comment that says why")
    }
  }

  // MARK: Gaps

  /// The measures that have a figure.
  private var delivered: Set<String> { Set(ledger.series.values.map(\.measure)) }

  private var emptyMeasures: [Diagnostic] {
    let delivered = delivered
    let read = Set(program.rules.flatMap(\.measures).map { program.measures[$0].name })
    return loaded.tree.measures.filter { read.contains($0.name.text) && !delivered.contains($0.name.text) }.map {
      measure in
      warning(
        .measureWithoutData, LedgerSaying.measureEmpty.of(measure.name.text), at: measure.name.span,
        "what reads it is unknown throughout", fix: Suggestion.question(measure.name.text, among: delivered.sorted()))
    }
  }

  private var silentOrganisations: [Diagnostic] {
    guard !ledger.versions.isEmpty else { return [] }
    let reporting = Set(ledger.versions.map(\.unit.organisation))
    // A parent whose parts report says nothing itself.
    let parents = Set(register.rows.compactMap(\.parent))
    let silent = register.codes.filter { !reporting.contains($0) && !parents.contains($0) && wasThere($0) }
    guard !silent.isEmpty else { return [] }
    let names = silent.map { register.organisation($0)?.name ?? $0 }
    return [
      Diagnostic(
        RuleCode.neverReports.rawValue, .warning,
        "\(Wording.count(silent.count, "organisation")) on the register \(silent.count == 1 ? "has" : "have") never reported: "
          + Wording.list(names.map(\.printable), most: 10), at: nil,
        fix: "an end date on the register for those that are no more")
    ]
  }

  /// Whether it was on the register in the time of which the ledger tells.
  private func wasThere(_ code: String) -> Bool {
    let periods = ledger.versions.map(\.unit.period)
    guard let first = periods.min(), let last = periods.max() else { return false }
    let (start, end) = (program.calendar.lastDay(first), program.calendar.lastDay(last))
    return register.rows.contains { row in
      row.code == code && (row.from.map { $0 <= end } ?? true) && (row.to.map { $0 >= start } ?? true)
    }
  }

  private func warning(
    _ code: RuleCode, _ message: String, at span: Span, _ label: String, fix: String? = nil, repairs: [Repair] = []
  ) -> Diagnostic {
    Diagnostic(code.rawValue, .warning, message, at: .init(span, label), fix: fix, repairs: repairs)
  }
}
