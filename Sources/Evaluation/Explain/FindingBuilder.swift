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
    let bound = band.flatMap { outcome($0.bound).number }
    var lines = isInFull ? arithmetic.lines(of: place.subject, slot) : ([], [])
    if isInFull, let certainty {
      lines.0.append(
        Finding.Line(
          depth: 0, expression: "the verdict, while some have not answered",
          value: Finding.Quantity(shown: certainty.rawValue, exact: certainty.rawValue)))
    }
    return Finding(
      period: period, severity: severity, certainty: certainty,
      watched: rule.watch.map { text.quantity(outcome($0), program[$0], beside: bound) },
      threshold: band.flatMap(threshold), sentence: sentence(rule.message, bound),
      detail: rule.detail.map { sentence($0, bound) }, arithmetic: lines.0, sources: lines.1)
  }

  private func outcome(_ node: NodeID) -> Outcome { arithmetic.outcome(node, place.subject, slot) }

  // MARK: The threshold

  /// The band that says the severity; where nothing is breached, the one that would be first.
  private func decidingBand(_ severity: Severity?) -> Rule.Band? {
    if let severity {
      return rule.breaches.first { breach in
        guard breach.severity == severity, case .known(.truth(true)) = outcome(breach.test) else { return false }
        return true
      }?.band
    }
    return rule.breaches.filter { $0.band != nil }.min { $0.severity < $1.severity }?.band
  }

  private func threshold(_ band: Rule.Band) -> Finding.Threshold? {
    guard let watch = rule.watch else { return nil }
    let bound = text.quantity(outcome(band.bound), program[band.bound])
    // A bound that stands in the rule is shown as it stands there.
    let words = program[band.bound].operation.isLiteral ? NodePrinter(program).text(band.bound) : bound.shown
    return Finding.Threshold(
      shown: "\(band.comparison.words) \(words)", comparison: band.comparison.rawValue, bound: bound,
      distance: text.distance(outcome(watch), from: outcome(band.bound), program[watch]))
  }

  // MARK: Sentences

  private func sentence(_ template: Template, _ bound: Quotient?) -> String {
    template.parts.map { part in
      switch part {
      case .text(let text): text
      case .hole(let node, let formats):
        // Formats that contradict each other do not pass the checker.
        text.quantity(
          outcome(node), program[node], (try? ValueFormat(formats)) ?? ValueFormat(),
          beside: node == rule.watch ? bound : nil
        ).shown
      }
    }.joined()
  }
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
