import Evaluation
import Finance
import RuleLanguage
import TestKit
import Testing

/// Random rules over random figures: the explanation says what the evaluator says, and a figure that it names as the one
/// at which the verdict would change does change it, to the smallest part that a figure has.
struct ExplanationPropertyTests {
  @Test(arguments: 0..<50) func whatWouldChangeTheVerdictDoes(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<3 {
      let situation = Situation(&random)
      let before = try situation.explained()
      for change in before.changes {
        #expect(change.outcome.holds(in: before) == false, "\(situation.rule) \(change.outcome) is there already")
        for way in change.ways where way.also.isEmpty && situation.figures[way.expression] != nil {
          try check(way, change.outcome, situation)
        }
        for way in change.ways where !way.also.isEmpty { try checkJoint(way, change.outcome, situation) }
      }
    }
  }

  private func check(_ way: Explanation.Way, _ outcome: Explanation.Change.Outcome, _ situation: Situation) throws {
    func comesOut(at value: Int64) throws -> Bool? {
      outcome.holds(in: try situation.explained(with: [way.expression: value]))
    }
    let words = "\(situation.rule)\(situation.figures): \(outcome) if \(way)"
    let bound = try #require(TenThousandths(exact: way.bound.value.exact ?? ""))
    let allowed = way.further.map { [way.bound, $0] } ?? [way.bound]
    func isAllowed(_ value: Int64) throws -> Bool {
      try allowed.allSatisfy { try #require(TenThousandths(exact: $0.value.exact ?? "")).allows(value, $0.relation) }
    }
    let inside = bound.nearest(way.bound.relation)
    guard try isAllowed(inside) else { return }
    #expect(try comesOut(at: inside) != false, "\(words), at \(inside)")
    let steps: [Int64] =
      switch way.bound.relation {
      case "at least", "above": [-1]
      case "at most", "below": [1]
      // A seventh is kept for seven amounts alike.
      default: [-8, 8]
      }
    for step in steps { #expect(try comesOut(at: inside + step) != true, "\(words), beyond it: \(inside + step)") }
    // Whoever keeps to what is shown keeps to the bound.
    let shown = try #require(TenThousandths(shown: way.bound.value.shown), "\(way.bound.value.shown)")
    if try isAllowed(shown.nearest(way.bound.relation)) {
      #expect(try comesOut(at: shown.nearest(way.bound.relation)) != false, "\(words), as it is shown")
    } else {
      Issue.record("\(words): what is shown does not keep to the bound")
    }
  }

  /// Of several numbers that have to be others together: with all of them so, it comes out.
  private func checkJoint(_ way: Explanation.Way, _ outcome: Explanation.Change.Outcome, _ situation: Situation) throws
  {
    var changed: [String: Int64] = [:]
    for part in [way] + way.also {
      guard situation.figures[part.expression] != nil else { return }
      changed[part.expression] = try #require(TenThousandths(exact: part.bound.value.exact ?? ""))
        .nearest(part.bound.relation)
    }
    #expect(
      outcome.holds(in: try situation.explained(with: changed)) != false,
      "\(situation.rule)\(situation.figures): \(outcome) if \(way)")
  }

  @Test(arguments: 0..<40) func theExplanationSaysWhatTheEvaluatorSays(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(1_000 + seed))
    let situation = Situation(&random)
    let evaluator = try Evaluator(situation.rule, situation.ledger())
    let standing = try #require(evaluator.standing(of: AlertKey(rule: "one", subject: Subject(["A"]), year: 2013)))
    for (period, state) in zip(standing.periods, standing.states) {
      let explanation = try #require(evaluator.explanation(of: "one", Subject(["A"]), at: period))
      #expect(explanation.state == state, "\(situation.rule)")
      #expect(explanation.history.map(\.period) == standing.periods.filter { $0 <= period })
      #expect(explanation.history.map(\.state) == Array(standing.states.prefix(explanation.history.count)))
      #expect(explanation.unknown == state.unknown)
      let reached = explanation.limits.compactMap { limit -> Severity? in
        guard case .breach(let severity) = limit.role, limit.isMet == true else { return nil }
        return severity
      }
      let applies = explanation.limits.first { $0.role == .applies }?.isMet ?? true
      #expect(explanation.finding.severity == (applies ? reached.max() : nil), "\(situation.rule)")
      for limit in explanation.limits { try check(limit) }
    }
  }

  /// A distance lies on the side of the bound that its words say, and none that is there is shown as nothing.
  private func check(_ limit: Explanation.Limit) throws {
    guard let distance = limit.distance, let exact = distance.exact else { return }
    let words = distance.shown.split(separator: " ")
    if exact == "0" {
      #expect(words.first == "exactly")
    } else {
      #expect(words.contains(exact.hasPrefix("-") ? "below" : "above"), "\(distance)")
      #expect(words[0].contains { ("1"..."9").contains($0) }, "\(distance)")
    }
  }
}

/// A rule of one organisation, and its figures of M6; in the months before that stands half of each.
private struct Situation {
  var rule: String
  /// By measure, in ten-thousandths.
  var figures: [String: Int64]

  init(_ random: inout SeededGenerator) {
    func one(_ choices: [String]) -> String { choices[Int.random(in: 0..<choices.count, using: &random)] }
    func percent() -> String { "\(Int.random(in: 0...8, using: &random))%" }
    func pounds() -> String { "£\(Int.random(in: 1...9, using: &random))k" }
    let isShare = Bool.random(using: &random)
    let watch = one(
      isShare
        ? [
          "overspent / plan", "forecast / plan - 1", "plan / forecast - 1", "support / forecast",
          "(forecast + support) / plan - 1",
        ]
        : [
          "overspent", "-overspent", "2 * forecast - plan - previous(forecast)", "support - overspent", "3 * support",
          "3 * support / 2", "support / 7", "(forecast - plan) / 3 + support / 3", "1.7 * overspent",
        ])
    func bound() -> String { (Bool.random(using: &random) ? "" : "-") + (isShare ? percent() : pounds()) }
    let (low, high) =
      isShare ? ("-\(percent())", "9%") : ("-\(pounds())", "£\(Int.random(in: 10...12, using: &random))k")
    let bands = one([
      "amber above \(bound())", "amber below \(bound())\n  red below \(bound())", "amber at least \(bound())",
      "red at most \(bound())", "amber outside \(low) to \(high)", "amber when watched between \(low) and \(high)",
      "red when not (watched between \(low) and \(high))", "red when watched in (\(bound()), \(bound()))",
      "amber when watched not in (\(bound()), \(bound()))", "amber when watched != \(bound())",
      "red when watched = \(bound())",
      "amber above \(bound())\n  red when watched > \(bound()) and support > \(pounds())",
      "info above \(bound())\n  amber above \(bound())\n  red when support > \(pounds()) or watched > \(bound())",
    ])
    var clauses = ["watch \(watch)", bands]
    if Int.random(in: 0..<3, using: &random) == 0 { clauses.insert("only when plan > £0 and forecast >= £98k", at: 0) }
    if Int.random(in: 0..<3, using: &random) == 0 { clauses.append("persists for 2 periods") }
    if Bool.random(using: &random) {
      clauses.append("clears below \(bound()) for \(Int.random(in: 1...2, using: &random)) periods")
    }
    if Bool.random(using: &random) { clauses.append("suppress when support > \(pounds()) because \"agreed\"") }
    rule =
      "rule one \"One\"\n  for each organisation\n" + clauses.map { "  \($0)\n" }.joined() + "  message \"{watched}\"\n"
    func thousands(_ range: ClosedRange<Int64>) -> Int64 {
      Int64.random(in: range, using: &random) * 1_000 * Amount.scale
    }
    figures = ["plan": thousands(90...110), "forecast": thousands(90...112), "support": thousands(0...9)]
  }

  func ledger(_ changed: [String: Int64] = [:]) -> LedgerModel {
    var ledger = LedgerModel(Register([.plain("A")]))
    func figure(_ measure: String, over divisor: Int64 = 1) -> LedgerModel.Figure {
      let value = (divisor == 1 ? changed[measure] : nil) ?? figures[measure]! / divisor
      return LedgerModel.Figure(measure: measure, value: value)
    }
    _ = ledger.state("A", month(0), [figure("plan")], source: "plans")
    for earlier in 3...5 {
      _ = ledger.state("A", month(earlier), [figure("forecast", over: 2), figure("support", over: 2)])
    }
    _ = ledger.state("A", month(6), [figure("forecast"), figure("support")])
    return ledger
  }

  func explained(with changed: [String: Int64] = [:]) throws -> Explanation {
    let evaluator = try Evaluator(rule, ledger(changed))
    return try #require(evaluator.explanation(of: "one", Subject(["A"]), at: month(6)))
  }
}

extension Explanation.Change.Outcome {
  /// Nil where it can't be seen: of what does not fire, whether it is suppressed.
  fileprivate func holds(in explanation: Explanation) -> Bool? {
    let severity = explanation.finding.severity
    let isKnown = explanation.unknown == nil
    return switch self {
    case .noWorse(let most): isKnown && (severity?.rawValue ?? 0) <= most?.rawValue ?? 0
    case .atLeast(let least): severity.map { $0 >= least } ?? false
    case .clear:
      isKnown && severity == nil
        && (explanation.limits.contains { $0.role == .applies && $0.isMet == false }
          || explanation.limits.allSatisfy { $0.role != .clears || $0.isMet == true })
    case .unsuppressed:
      switch explanation.state?.phase {
      case .suppressed: false
      case .firing: true
      default: nil
      }
    }
  }
}

/// A number of pounds, in the ten-thousandths that figures are kept in, exactly: a numerator over a denominator.
private struct TenThousandths {
  private var numerator: Int128
  private var denominator: Int128

  /// "108811881.188118811881", "1/3".
  init?(exact text: String) {
    let parts = text.split(separator: "/")
    guard let first = parts.first, let number = TenThousandths.number(first) else { return nil }
    let divisor = parts.count > 1 ? Int128(parts[1]) : 1
    guard let divisor else { return nil }
    (numerator, denominator) = (number.0 * 10_000, number.1 * divisor)
  }

  /// "-£1,234.5m", "£98,000".
  init?(shown text: String) {
    var digits = text.filter { $0 != "£" && $0 != "," }
    var scale: Int128 = 10_000
    if digits.hasSuffix("bn") { (digits, scale) = (String(digits.dropLast(2)), scale * 1_000_000_000) }
    if digits.hasSuffix("m") { (digits, scale) = (String(digits.dropLast()), scale * 1_000_000) }
    guard let number = TenThousandths.number(Substring(digits)) else { return nil }
    (numerator, denominator) = (number.0 * scale, number.1)
  }

  private static func number(_ text: Substring) -> (Int128, Int128)? {
    let parts = text.split(separator: ".")
    guard let digits = Int128(parts.joined()) else { return nil }
    let decimals = parts.count > 1 ? parts[1].count : 0
    return (digits, (0..<decimals).reduce(1) { power, _ in power * 10 })
  }

  private var floor: Int64 {
    let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    return Int64(rest < 0 ? quotient - 1 : quotient)
  }
  private var isWhole: Bool { numerator % denominator == 0 }

  /// The first whole number that stands to it so.
  func nearest(_ relation: String) -> Int64 {
    switch relation {
    case "at least": isWhole ? floor : floor + 1
    case "above": floor + 1
    case "below": isWhole ? floor - 1 : floor
    default: floor
    }
  }

  func allows(_ value: Int64, _ relation: String) -> Bool {
    let (one, other) = (Int128(value) * denominator, numerator)
    return switch relation {
    case "at least": one >= other
    case "above": one > other
    case "at most": one <= other
    case "below": one < other
    default: one == other
    }
  }
}
