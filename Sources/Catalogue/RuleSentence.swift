import Diagnostics
import Finance
import RuleLanguage

/// What a rule does, in sentences that its owner can read out: "Amber when overspent is above 1% of plan in 2 periods
/// running."
struct RuleSentence {
  private let rule: RuleSyntax
  private let prose: Prose

  /// - Parameter tables: what the tables of the rule set go by, by their names.
  init(_ rule: RuleSyntax, tables: [String: String]) {
    self.rule = rule
    prose = Prose(tables: tables)
  }

  private var kinds: [Clause.Kind] { rule.clauses.map(\.kind) }

  /// One a sentence.
  var sentences: [String] {
    ([subjects] + breaches + gates + [clearing, unknown, effective] + suppressions).compactMap { $0 }
      .map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
  }

  private var subjects: String? {
    for case .forEach(let names, let condition) in kinds {
      guard !names.isEmpty else { return "looks at everything together" }
      let whom = names.map { Prose.words($0.text) }.joined(separator: " and ")
      return "looks at each \(whom)" + (condition.map { " where \(prose.text($0))" } ?? "")
    }
    return nil
  }

  // MARK: Bands

  private var watched: Expression? {
    for case .watch(let value) in kinds { return value }
    return nil
  }

  private var breaches: [String] {
    var parts: [String] = []
    for kind in kinds {
      switch kind {
      case .band(let severity, let band): parts.append("\(severity.word) when \(text(band, isFirst: parts.isEmpty))")
      case .breach(let severity, let condition): parts.append("\(severity.word) when \(prose.text(condition))")
      default: break
      }
    }
    guard !parts.isEmpty else { return [] }
    return [parts.joined(separator: ", ") + persistence]
  }

  private var persistence: String {
    for case .persists(let count) in kinds where count.value > 1 { return ", in \(count.value) periods running" }
    return ""
  }

  /// "overspent is above 1% of plan"; behind the first, "it is above 2%".
  private func text(_ band: Clause.Band, isFirst: Bool) -> String {
    guard let watched else { return text(band) }
    guard isFirst else { return "it is \(text(band))" }
    // A percentage of a quotient reads as a part of what it is divided by.
    if case .binary(.divide, let dividend, let divisor) = watched.kind, case .beyond(_, let bound) = band,
      isPercentage(bound)
    {
      return "\(prose.text(dividend)) is \(text(band)) of \(prose.text(divisor))"
    }
    return "\(prose.text(watched)) is \(text(band))"
  }

  private func text(_ band: Clause.Band) -> String {
    switch band {
    case .beyond(let comparison, let bound): "\(comparison.bandWords) \(prose.text(bound))"
    case .outside(let low, let high): "outside \(prose.text(low)) to \(prose.text(high))"
    }
  }

  private func isPercentage(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .literal(.percent): true
    case .negated(let operand): isPercentage(operand)
    default: false
    }
  }

  // MARK: When not

  private var gates: [String] {
    kinds.compactMap { if case .onlyWhen(let condition) = $0 { "only when \(prose.text(condition))" } else { nil } }
  }

  private var clearing: String? {
    for case .clears(let how, let count) in kinds {
      let condition =
        switch how {
        case .band(let band): "it is \(text(band))"
        case .when(let condition): prose.text(condition)
        }
      let periods = count.map { $0.value > 1 ? " for \($0.value) periods running" : "" } ?? ""
      return "over when \(condition)\(periods)"
    }
    return nil
  }

  private var unknown: String? {
    for case .ifUnknown(let what) in kinds {
      switch what {
      case .hold(let count):
        return "where it is not known, things stay as they are"
          + (count.map { " for \(Wording.count($0.value, "period"))" } ?? "")
      case .raise(let severity): return "\(severity.word) where it is not known"
      case .clear: return "over where it is not known"
      }
    }
    return nil
  }

  private var effective: String? {
    for case .effective(let from, let to) in kinds {
      if let from, let to, from.month == nil, to.month == nil, from.year.year == to.year.year {
        return "in force in \(RuleText.of(from))"
      }
      return "in force" + (from.map { " from \(RuleText.of($0))" } ?? "") + (to.map { " to \(RuleText.of($0))" } ?? "")
    }
    return nil
  }

  private var suppressions: [String] {
    kinds.compactMap { kind in
      guard case .suppress(let condition, let until, let reason) = kind else { return nil }
      let end =
        switch until {
        case .date(let day): " until \(day.value)"
        case .year(let year): " until \(RuleText.of(year))"
        case nil: ""
        }
      return "not raised when \(prose.text(condition))\(end), because \(reason.value)"
    }
  }
}
