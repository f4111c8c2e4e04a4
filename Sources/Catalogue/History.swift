package import Evaluation
package import Finance
package import RuleLanguage

/// The watched value of one subject over the last year of a ledger, the bands that it is held against, and how the others
/// fared meanwhile: what the chart shows. Its numbers are for drawing alone.
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
    /// One a point: a bound out of a table or a measure may change from period to period, and may not be known.
    package var values: [Double?]
    /// `above 1%`, as of the last period.
    package var shown: String
  }

  /// Why this subject is the one that is drawn.
  package enum Choice: Hashable, Sendable {
    /// There is no other.
    case only
    /// The reader asked for it.
    case asked
    /// It fires, and at the gravest severity.
    case worst(Severity)
    /// None fires.
    case nearest
  }

  package var subject: String
  package var choice: Choice
  package var points: [Point]
  package var bounds: [Bound]
  package var others: Spread
  /// Round values to read the height by.
  package var scale: [(value: Double, shown: String)]

  /// As many periods back as one looks at: a year, or five where figures are a year's.
  private static func months(_ step: Step) -> Int { step == .year ? 60 : 12 }

  /// Of the subject that was asked for, else of the one that is worst off, else of the one that comes nearest to a threshold.
  /// Nil where the rule watches nothing, or nothing of it is known.
  ///
  /// - Parameters:
  ///   - last: the last period of the ledger. Where the rule's figures end before its last year, their own last year is
  ///     shown.
  ///   - firing: who fires now, and at what severity.
  ///   - asked: the name or key of a subject; rules that do not speak of it choose theirs.
  package init?(
    of rule: Rule, in evaluator: Evaluator, through last: Period, firing: [Subject: Severity], asked: String? = nil
  ) {
    guard let watch = rule.watch else { return nil }
    let program = evaluator.program
    let subjects = evaluator.subjects(of: rule.name)
    let periods = Self.periods(of: rule, subjects, in: evaluator, through: last)
    guard let end = periods.last else { return nil }
    func number(_ node: NodeID, _ subject: Subject, _ period: Period) -> Double? {
      evaluator.outcome(of: node, for: subject, at: period)?.drawn
    }
    let known = subjects.map { subject in (subject, periods.map { number(watch, subject, $0) }) }
      .filter { $0.1.contains { $0 != nil } }
    func name(_ subject: Subject) -> String { evaluator.name(of: subject, rule: rule.name, at: end) }

    let bands = rule.breaches.sorted { $0.severity < $1.severity }.compactMap { breach in
      breach.band.map { (severity: breach.severity, band: $0) }
    }
    /// How far over its mildest threshold, in the direction that is bad.
    func excess(_ subject: Subject, _ values: [Double?]) -> Double {
      guard let value = values.last ?? nil else { return -.infinity }
      guard let band = bands.first?.band else { return value }
      let distance = value - (number(band.bound, subject, end) ?? 0)
      return band.comparison == .less || band.comparison == .lessOrEqual ? -distance : distance
    }
    let chosen = asked.flatMap { asked in known.first { $0.0.keys.contains(asked) || name($0.0) == asked } }
    let worst = known.max { left, right in
      let (a, b) = (firing[left.0].map { Int($0.rawValue) } ?? 0, firing[right.0].map { Int($0.rawValue) } ?? 0)
      return a != b ? a < b : excess(left.0, left.1) < excess(right.0, right.1)
    }
    guard let (subject, values) = chosen ?? worst else { return nil }

    self.subject = name(subject)
    choice =
      known.count == 1
      ? .only : chosen != nil ? .asked : firing[subject].map { .worst($0) } ?? .nearest
    points = zip(periods, values).map { period, value in
      let key = AlertKey(rule: rule.name, subject: subject, year: rule.isFoldedByYear ? Int(period.year) : nil)
      let finding = evaluator.finding(for: key, at: period, inFull: false)
      return Point(
        period: program.calendar.label(period, rule.step), value: value, shown: finding?.watched?.shown ?? "not known",
        severity: finding?.severity)
    }
    bounds = bands.map { severity, band in
      let outcomes = periods.map { evaluator.outcome(of: band.bound, for: subject, at: $0) }
      let isWritten = program[band.bound].operation.drawn != nil
      let words =
        isWritten
        ? NodePrinter(program).text(band.bound)
        : (outcomes.last { $0?.drawn != nil } ?? nil).map { evaluator.shown($0, as: band.bound) } ?? "not known"
      return Bound(
        severity: severity,
        values: isWritten ? periods.map { _ in program[band.bound].operation.drawn } : outcomes.map { $0?.drawn },
        shown: "\(band.comparison.bandWords) \(words)")
    }
    others = Spread(known.filter { $0.0 != subject }.map { (name($0.0), $0.1) })
    let drawn = points.compactMap(\.value) + bounds.flatMap(\.values).compactMap { $0 } + others.extent
    scale = Scale.ticks(from: min(0, drawn.min() ?? 0), to: max(0, drawn.max() ?? 0)).map { tick in
      (tick.value, evaluator.shown(.known(.quotient(tick.exact)), as: watch))
    }
  }

  /// The periods of the last year in which anything is known; where there are none, those of the rule's own last year.
  private static func periods(
    of rule: Rule, _ subjects: [Subject], in evaluator: Evaluator, through last: Period
  ) -> [Period] {
    guard let watch = rule.watch else { return [] }
    var (all, known): (Set<Period>, Set<Period>) = ([], [])
    for subject in subjects {
      for period in evaluator.periods(of: rule.name, subject) where period <= last && !known.contains(period) {
        all.insert(period)
        if evaluator.outcome(of: watch, for: subject, at: period)?.drawn != nil { known.insert(period) }
      }
    }
    guard let end = known.max() else { return [] }
    func window(_ end: Period) -> [Period] {
      let years = months(rule.step) / 12
      let start = Period(year: Int(end.year) - years, month: Int(end.month))
      return all.filter { start < $0 && $0 <= end }.sorted()
    }
    let recent = window(last)
    return recent.contains(where: known.contains) ? recent : window(end)
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
