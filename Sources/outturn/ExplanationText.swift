import Bookkeeping
import Daemon
import Diagnostics
import Drops
import Evaluation
import Finance
import RuleLanguage

/// A verdict with everything that led to it, as a person reads it.
struct ExplanationText {
  let verdict: ExplainedVerdict
  let program: Program
  private var explanation: Explanation { verdict.explanation }
  private var finding: Finding { explanation.finding }
  private var rule: RuleLanguage.Rule { verdict.rule }
  private var step: Step { rule.step }

  init(_ verdict: ExplainedVerdict, _ program: Program) {
    self.verdict = verdict
    self.program = program
  }

  var text: String {
    let all = [
      heading, parts.arithmetic, parts.limits, ways, explanation.outlook.map(\.printable), unknowns, parts.history,
      sources,
    ]
    return all.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
  }

  func label(_ period: Period) -> String { program.calendar.label(period, step) }

  // MARK: The verdict

  private var heading: [String] {
    let place = "\(rule.file.printable):\(rule.line), version \(rule.version.prefix(12))"
    var lines = [
      "\(rule.name): \(rule.title.printable)  (\(place))",
      "\(subject), \(label(finding.period)): \(Terminal.severity(result))\(state)",
      "  \(finding.sentence.printable)",
    ]
    if let detail = finding.detail { lines.append("  \(detail.printable)") }
    return lines
  }

  private var subject: String {
    let keys = explanation.key.subject.keys.joined(separator: ", ")
    let name = explanation.name
    return (keys.isEmpty || keys == name ? name : "\(name) (\(keys))").printable
  }

  /// Of the period alone.
  var result: String {
    if let severity = finding.severity { return severity.word }
    return explanation.unknown == nil ? "nothing breached" : "not known"
  }

  private var state: String {
    guard let state = explanation.state else { return "" }
    return "; the alert is \(state.words(label))"
  }

  private var parts: ExplanationParts { ExplanationParts(explanation: explanation, label: label) }

  private var ways: [String] {
    explanation.changes.flatMap { change in
      ["\(change.outcome.words), if"]
        + change.ways.enumerated().map { number, way in (number == 0 ? "     " : "  or ") + words(way).printable }
    }
  }

  private func words(_ way: Explanation.Way) -> String {
    var words = "\(way.expression) were \(way.bound.words)"
    if let further = way.further { words += " and \(further.words)" }
    if let all = way.of { words += " of \(all)" }
    words += " (now \(way.now.shown))"
    return ([words] + way.also.map(self.words)).joined(separator: ", and ")
  }

  // MARK: What is not known

  private var unknowns: [String] {
    var lines: [String] = []
    if let bounds = explanation.bounds { lines.append(sentence(bounds)) }
    if !explanation.missing.isEmpty {
      lines.append("Missing:")
      lines += MissingText(explanation, verdict.sources, label: label).lines
    }
    if !explanation.undefined.isEmpty {
      lines += ["Without meaning:"] + explanation.undefined.map { "  \($0.printable)" }
    }
    return lines
  }

  private func sentence(_ bounds: Explanation.Bounds) -> String {
    let value =
      switch (bounds.lowest?.shown, bounds.highest?.shown) {
      case (let low?, let high?): "Whatever is missing, the value lies between \(low) and \(high)"
      case (let low?, nil): "Whatever is missing, the value is at least \(low)"
      case (nil, let high?): "Whatever is missing, the value is at most \(high)"
      case (nil, nil): "Whatever is missing"
      }
    let (least, most) = (bounds.mildest?.word ?? "nothing breached", bounds.gravest?.word ?? "nothing breached")
    return least == most ? "\(value): \(least) in any case." : "\(value): \(least) at least, \(most) at most."
  }

  // MARK: Where the figures came from

  private var sources: [String] {
    finding.sources.enumerated().map { number, source in
      let rows = source.rows == 1 ? "row \(source.firstRow)" : "\(source.rows) rows from row \(source.firstRow)"
      var line =
        "[\(number + 1)] \(source.measure) of \(source.organisation.printable), \(label(source.period)): "
        + "\(file(source.drop)), \(rows) (drop \(source.drop), version \(source.version))"
      if let first = verdict.firstStated[number] {
        line += "; first reported as \(stated(first, source)) in \(file(first.drop)), row \(first.firstRow)"
      }
      return line
    }
  }

  func file(_ drop: DropID) -> String { verdict.drops[drop]?.arrival.name.printable ?? "drop \(drop)" }

  /// What was said first, in the measure's own unit.
  func stated(_ first: FirstStatement, _ source: Finding.Source) -> String {
    guard let measure = program.measures.first(where: { $0.name == source.measure }),
      let quantity = Quantity(rawValue: measure.type.rawValue), let currency = Currency(code: program.currency)
    else { return "another" }
    let value = Quotient(numerator: first.value, denominator: Int128(source.denominator))
    let shown = ValueFormat().text(value, quantity, in: currency)
    return TreeText.value(shown, exact: value.digits)
  }
}

/// What is missing, a line a measure and period, with those who owe it.
private struct MissingText {
  private static let mostNames = 12
  let explanation: Explanation
  let sources: [String: [MeasureSource]]
  let label: (Period) -> String

  init(_ explanation: Explanation, _ sources: [String: [MeasureSource]], label: @escaping (Period) -> String) {
    self.explanation = explanation
    self.sources = sources
    self.label = label
  }

  private struct Kind: Hashable {
    var expression: String
    var measure: String
    var period: Period
    var due: Day?
  }

  var lines: [String] {
    let grouped = Dictionary(grouping: explanation.missing) {
      Kind(expression: $0.expression, measure: $0.measure, period: $0.period, due: $0.due)
    }
    return grouped.sorted { ($0.key.period, $0.key.expression) < ($1.key.period, $1.key.expression) }.map {
      kind, owed in
      let names = owed.map { $0.name == $0.organisation ? $0.name : "\($0.name) (\($0.organisation))" }
      let source = sources[kind.measure].map { ", which \(words($0)) brings" } ?? ""
      let due = kind.due.map { ", due by \($0)" } ?? ""
      return
        "  \(kind.expression) of \(Wording.list(names, most: Self.mostNames)) for \(label(kind.period))\(source)\(due)"
        .printable
    }
  }
}

extension MissingText {
  /// "finance-returns (/srv/inbox/finance-returns/*.csv)"
  private func words(_ sources: [MeasureSource]) -> String {
    Wording.list(sources.map { "\($0.name) (\(Wording.list($0.files, "or")))" }, "or")
  }
}

extension FoldState {
  /// With since when it stands: "firing red since M9, open since M7". In a year that it has been quiet through, "quiet".
  func words(_ label: (Period) -> String) -> String {
    var words = word
    if let level = levelSince ?? since {
      words += " since \(label(level))"
      if let since, since != level { words += ", \(phaseWord) since \(label(since))" }
    }
    return words + (isStale ? ", stale: not known for longer than the rule holds" : "")
  }

  private var phaseWord: String {
    switch phase {
    case .quiet: "quiet"
    case .pending: "pending"
    case .firing: "open"
    case .suppressed: "suppressed"
    }
  }

  /// "pending amber", "firing red", "suppressed red because it is agreed", "quiet".
  var word: String {
    switch phase {
    case .quiet: "quiet"
    case .pending(let severity): "pending \(severity.word)"
    case .firing(let severity): "firing \(severity.word)"
    case .suppressed(let severity):
      "suppressed \(severity.word)" + (suppression.map { " because \($0.printable)" } ?? "")
    }
  }
}

extension Explanation.Change.Outcome {
  var words: String {
    switch self {
    case .noWorse(nil): "nothing breached"
    case .noWorse(let severity?): "no worse than \(severity.word)"
    case .atLeast(.red): "red"
    case .atLeast(let severity): "\(severity.word) or worse"
    case .clear: "clear"
    case .unsuppressed: "no longer suppressed"
    }
  }
}

extension Explanation.Bound {
  /// "at most £5.0m"
  var words: String { relation.isEmpty ? value.shown : "\(relation) \(value.shown)" }
}

extension Explanation.Limit.Role {
  var word: String {
    switch self {
    case .breach(let severity): severity.word
    case .applies: "only when"
    case .clears: "clears"
    }
  }
}
