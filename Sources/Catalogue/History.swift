package import Evaluation
import Finance
package import RuleLanguage

/// The watched value of one subject over a year, and the bands that it is held against: what the chart shows. Its numbers
/// are for drawing alone.
package struct History: Sendable {
  package struct Point: Sendable {
    package var period: String
    /// Nil where it is not known.
    package var value: Double?
    package var shown: String
    package var severity: Severity?
  }

  package struct Bound: Sendable {
    package var severity: Severity
    package var value: Double
    /// `above 1%`
    package var shown: String
  }

  package var subject: String
  package var points: [Point]
  package var bounds: [Bound]

  /// Of the subject that is worst off now, or of everything together. Nil where the rule watches nothing, or nothing of
  /// it is known.
  package init?(of rule: Rule, in evaluator: Evaluator, worst: Subject?) {
    guard let watch = rule.watch, let subject = worst ?? evaluator.subjects(of: rule.name).first else { return nil }
    let program = evaluator.program
    let periods = evaluator.periods(of: rule.name, subject).suffix(rule.step == .year ? 5 : 12)
    guard let last = periods.last else { return nil }
    self.subject = evaluator.name(of: subject, rule: rule.name, at: last)
    points = periods.map { period in
      let key = AlertKey(rule: rule.name, subject: subject, year: rule.isFoldedByYear ? Int(period.year) : nil)
      let finding = evaluator.finding(for: key, at: period)
      return Point(
        period: program.calendar.label(period, rule.step),
        value: evaluator.outcome(of: watch, for: subject, at: period)?.drawn,
        shown: finding?.watched?.shown ?? "not known", severity: finding?.severity)
    }
    bounds = rule.breaches.compactMap { breach in
      guard let band = breach.band, let value = program[band.bound].operation.drawn else { return nil }
      let words = "\(band.comparison.bandWords) \(NodePrinter(program).text(band.bound))"
      return Bound(severity: breach.severity, value: value, shown: words)
    }
    guard points.contains(where: { $0.value != nil }) else { return nil }
  }
}

extension Outcome {
  fileprivate var drawn: Double? {
    switch self {
    case .known(.amount(let amount)): Double(amount.tenThousandths) / 10_000
    case .known(.quotient(let quotient)): Double(quotient.numerator) / Double(quotient.denominator)
    default: nil
    }
  }
}

extension Operation {
  fileprivate var drawn: Double? {
    switch self {
    case .amount(let amount): Double(amount.tenThousandths) / 10_000
    case .quotient(let numerator, let denominator): Double(numerator) / Double(denominator)
    default: nil
    }
  }
}
