package import Finance
import RuleLanguage

extension Evaluator {
  /// What a rule says of a subject in a period, as of the last run: the sentence, the watched value, the threshold that
  /// decides, and the arithmetic with where each figure came from. Nil where the rule, the subject or the period is not
  /// there.
  ///
  /// - Parameter isInFull: without, there is no arithmetic: a replay makes thousands of findings and shows their sentences.
  package func finding(for key: AlertKey, at period: Period, inFull isInFull: Bool = true) -> Finding? {
    guard let place = place(key.rule, key.subject), place.engine.axis.contains(year: Int(period.year)) else {
      return nil
    }
    let slot = place.engine.axis.slot(period)
    return FindingBuilder(self, place, slot: slot).finding(at: period, inFull: isInFull)
  }
}

/// Puts one finding into words.
struct FindingBuilder {
  private let program: Program
  private let plan: Plan
  private let rule: Rule
  private let place: Evaluator.Place
  private let engine: Engine
  private let slot: Int
  private let text: ValueText
  private let arithmetic: ArithmeticLines

  init(_ evaluator: Evaluator, _ place: Evaluator.Place, slot: Int) {
    self.place = place
    self.slot = slot
    plan = evaluator.plan
    program = plan.program
    rule = program.rules[place.rule.step.rule]
    engine = place.engine
    text = ValueText(program)
    arithmetic = ArithmeticLines(evaluator, engine, rule, text)
  }

  func finding(at period: Period, inFull isInFull: Bool) -> Finding {
    let step = place.rule.step
    let reading = RuleReading(step, engine.columns)
    let isInEffect = engine.axis.slots(from: step.from, to: step.to).contains(slot)
    let result = isInEffect ? reading.result(place.subject, slot) : .quiet
    let severity = Severity(rawValue: result.severityRank)
    let certainty =
      isInEffect && result.unknownReason == 0
      ? arithmetic.certainty(of: [rule.onlyWhen].compactMap { $0 } + rule.breaches.map(\.test), place.subject, slot)
      : nil
    let band = decidingBand(severity)
    var lines = isInFull ? arithmetic.lines(of: place.subject, slot) : ([], [])
    if isInFull, let certainty {
      lines.0.append(
        Finding.Line(
          depth: 0, expression: "the verdict, while some have not answered",
          value: Finding.Quantity(shown: certainty.rawValue, exact: certainty.rawValue)))
    }
    return Finding(
      period: period, severity: severity, certainty: certainty,
      watched: rule.watch.map { shown($0) }, threshold: band.flatMap { threshold($0.severity, $0.band) },
      sentence: sentence(rule.message), detail: rule.detail.map(sentence), arithmetic: lines.0, sources: lines.1)
  }

  private func outcome(_ node: NodeID) -> Outcome { arithmetic.outcome(node, place.subject, slot) }
  private func shown(_ node: NodeID, _ format: ValueFormat = ValueFormat()) -> Finding.Quantity {
    arithmetic.shown(node, place.subject, slot, format)
  }

  // MARK: The threshold

  /// The band that says the severity; where nothing is breached, the one that would be first.
  private func decidingBand(_ severity: Severity?) -> (severity: Severity, band: Rule.Band)? {
    if let severity {
      let deciding = rule.breaches.first { breach in
        guard breach.severity == severity, case .known(.truth(true)) = outcome(breach.test) else { return false }
        return true
      }
      return deciding?.band.map { (severity, $0) }
    }
    let first = rule.breaches.filter { $0.band != nil }.min { $0.severity < $1.severity }
    return first.flatMap { breach in breach.band.map { (breach.severity, $0) } }
  }

  private func threshold(_ severity: Severity, _ band: Rule.Band) -> Finding.Threshold? {
    guard let watch = rule.watch else { return nil }
    let bound = shown(band.bound)
    // A bound that stands in the rule is shown as it stands there.
    let words = program[band.bound].operation.isLiteral ? NodePrinter(program).text(band.bound) : bound.shown
    return Finding.Threshold(
      shown: "\(band.comparison.words) \(words)", comparison: band.comparison.rawValue, bound: bound,
      distance: text.distance(outcome(watch), from: outcome(band.bound), called: severity.word, program[watch]))
  }

  // MARK: Sentences

  private func sentence(_ template: Template) -> String {
    let printer = NodePrinter(program, names: rule.names)
    return template.clauses.map { clause in
      let unknown = clause.numbers(in: program).filter { outcome($0).isUnknown }.map(printer.reference)
      // "Without that, not known would be not known" says nothing: where a clause has no other figure, what is not known
      // is named.
      if unknown.count > 1, unknown.count == clause.numbers(in: program).count {
        let known = clause.holes.filter { !program[$0].type.isNumeric && !outcome($0).isUnknown }.map {
          shown($0).shown
        }
        let subject = known.isEmpty ? "" : known.joined(separator: ", ") + ": "
        return clause.leading + subject + unknown.dropLast().joined(separator: ", ")
          + " and \(unknown[unknown.count - 1]) are not known"
      }
      return clause.parts.map { part in
        switch part {
        case .text(let text): text
        case .hole(let node, let formats):
          // Formats that contradict each other do not pass the checker.
          shown(node, (try? ValueFormat(formats)) ?? ValueFormat()).shown
        }
      }.joined()
    }.joined(separator: ";")
  }
}

extension Template {
  /// Cut at the semicolons of its text.
  fileprivate var clauses: [Template] {
    parts.reduce(into: [Template(parts: [])]) { clauses, part in
      guard case .text(let text) = part else { return clauses[clauses.count - 1].parts.append(part) }
      for (number, piece) in text.split(separator: ";", omittingEmptySubsequences: false).enumerated() {
        if number > 0 { clauses.append(Template(parts: [])) }
        clauses[clauses.count - 1].parts.append(.text(String(piece)))
      }
    }
  }

  fileprivate var holes: [NodeID] {
    parts.compactMap { part in if case .hole(let node, _) = part { node } else { nil } }
  }

  /// The different numbers that it shows.
  fileprivate func numbers(in program: Program) -> [NodeID] {
    holes.enumerated().filter { program[$1].type.isNumeric && !holes.prefix($0).contains($1) }.map(\.element)
  }

  /// The space with which a further clause begins.
  fileprivate var leading: String {
    if case .text(let text)? = parts.first, text.hasPrefix(" ") { " " } else { "" }
  }
}

extension Outcome {
  fileprivate var isUnknown: Bool { if case .unknown = self { true } else { false } }
}

extension Operation {
  var isLiteral: Bool {
    switch self {
    case .amount, .quotient: true
    default: false
    }
  }
}

extension Comparison {
  var words: String {
    switch self {
    case .greater: "above"
    case .less: "below"
    case .greaterOrEqual: "at least"
    case .lessOrEqual: "at most"
    case .equal: "exactly"
    case .notEqual: "other than"
    }
  }
}
