import Evaluation
import Finance
import RuleLanguage
import TestKit
import Testing

/// Random populations of which some have not answered: whatever they answer, the value and the verdict lie within the
/// bounds that were given before, and nothing that was needed was left out of what is missing. Where all have answered,
/// as many members as are said to be enough are.
struct UnknownPropertyTests {
  @Test(arguments: 0..<40) func whateverIsMissingTheAnswerLiesWithinTheBounds(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(3_000 + seed))
    for _ in 0..<3 {
      let crowd = Crowd(&random)
      let before = try crowd.explained()
      let owed = before.missing.map { "\($0.measure) \($0.organisation)" }
      for _ in 0..<6 {
        let (after, evaluator) = try crowd.answered(&random)
        let words = "\(crowd.rule)\(crowd.forecasts) then \(after.forecasts)"
        let now = try after.explained(in: evaluator)
        if now.unknown == .missing { Issue.record("\(words): still missing \(now.missing), owed were \(owed)") }
        guard now.unknown == nil else { continue }
        let severity = now.finding.severity?.rawValue ?? 0
        guard let bounds = before.bounds else {
          #expect(before.unknown != nil || before.finding.severity == now.finding.severity, "\(words)")
          continue
        }
        #expect(severity >= bounds.mildest?.rawValue ?? 0 && severity <= bounds.gravest?.rawValue ?? 0, "\(words)")
        let value = try #require(Fraction(now.finding.watched?.exact), "\(words)")
        if let lowest = bounds.lowest {
          #expect(try !(value < #require(Fraction(lowest.exact))), "\(words): \(lowest) \(value)")
        }
        if let highest = bounds.highest {
          #expect(try !(#require(Fraction(highest.exact)) < value), "\(words): \(highest) \(value)")
        }
      }
      if before.unknown == .missing { #expect(!owed.isEmpty, "\(crowd.rule)\(crowd.forecasts)") }
    }
  }

  /// "hit.matching at most 3 of 18": with so many it comes out, with one more it does not.
  @Test(arguments: 0..<30) func soManyMembersAreEnough(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(4_000 + seed))
    let crowd = Crowd(&random, watching: "share(forecast > plan over organisation)").complete(&random)
    let before = try crowd.explained()
    var checked = 0
    for change in before.changes {
      for way in change.ways where way.of != nil && way.also.isEmpty && way.further == nil {
        let bound = try #require(way.bound.value.exact.flatMap { Int($0) })
        func comesOut(_ matching: Int) throws -> Bool {
          let severity = try crowd.with(over: matching).explained().finding.severity?.rawValue ?? 0
          return switch change.outcome {
          case .noWorse(let most): severity <= most?.rawValue ?? 0
          case .atLeast(let least): severity >= least.rawValue
          default: true
          }
        }
        checked += 1
        let beyond = way.bound.relation == "at least" ? bound - 1 : bound + 1
        #expect(try comesOut(bound), "\(crowd.rule)\(crowd.forecasts): \(change.outcome) \(way)")
        #expect(try !comesOut(beyond), "\(crowd.rule)\(crowd.forecasts): \(change.outcome) \(way), one beyond")
      }
    }
    if !before.changes.isEmpty { #expect(checked > 0, "\(crowd.rule)\(before.changes)") }
  }
}

/// Some organisations, each with a plan of £100k, and a rule over all of them.
private struct Crowd {
  var rule: String
  /// In thousands; nil has not been returned.
  var forecasts: [Int64?]

  init(_ random: inout SeededGenerator, watching: String? = nil) {
    func one(_ choices: [String]) -> String { choices[Int.random(in: 0..<choices.count, using: &random)] }
    func percent() -> String { "\(Int.random(in: 1...9, using: &random) * 10)%" }
    let number = "\(Int.random(in: 2...6, using: &random))"
    let forms: [(watch: String, bound: String)] = [
      ("share(forecast > plan over organisation)", percent()),
      ("1 - share(forecast > plan over organisation)", percent()),
      ("share(forecast > plan over organisation) / 2", percent()),
      ("count(organisation where forecast > plan)", number),
      ("count(organisation where forecast > plan) / count(organisation where forecast <= plan)", percent()),
      ("share(forecast > plan over organisation) * share(forecast > £104k over organisation)", percent()),
      ("highest(forecast over organisation)", "£105k"), ("lowest(forecast over organisation)", "£95k"),
      ("highest(forecast over organisation) - lowest(forecast over organisation)", "£10k"),
      ("2 * highest(forecast over organisation) / 3", "£70k"),
      ("abs(share(forecast > plan over organisation) - 50%)", percent()),
      ("sum(forecast over organisation)", "£900k"),
    ]
    let form = forms.first { $0.watch == watching } ?? forms[Int.random(in: 0..<forms.count, using: &random)]
    let comparison = one(["above", "below", "at least", "at most"])
    var clauses = ["watch \(form.watch)", "amber \(comparison) \(form.bound)"]
    clauses.append(
      one(["", "coverage at least 50%", "if unknown hold for 1 period", "if unknown raise info", "if unknown clear"]))
    rule =
      "rule one \"One\"\n  overall\n" + clauses.filter { !$0.isEmpty }.map { "  \($0)\n" }.joined()
      + "  message \"{watched}\"\n"
    forecasts = (0..<10).map { _ in
      Int.random(in: 0..<4, using: &random) == 0 ? nil : Int64.random(in: 92...108, using: &random)
    }
  }

  func complete(_ random: inout SeededGenerator) -> Crowd {
    var crowd = self
    crowd.forecasts = forecasts.map { $0 ?? Int64.random(in: 92...108, using: &random) }
    return crowd
  }

  /// With so many over their plan.
  func with(over count: Int) -> Crowd {
    var crowd = self
    crowd.forecasts = forecasts.indices.map { $0 < count ? 105 : 95 }
    return crowd
  }

  func answered(_ random: inout SeededGenerator) throws -> (Crowd, Evaluator) {
    let crowd = complete(&random)
    return (crowd, try crowd.evaluator())
  }

  func evaluator() throws -> Evaluator {
    var ledger = LedgerModel(Register(forecasts.indices.map { .plain("C\($0)") }))
    for (number, forecast) in forecasts.enumerated() {
      _ = ledger.state("C\(number)", month(0), [.k("plan", 100)], source: "plans")
      if let forecast { _ = ledger.state("C\(number)", month(6), [.k("forecast", forecast)]) }
    }
    return try Evaluator(rule, ledger)
  }

  func explained(in evaluator: Evaluator? = nil) throws -> Explanation {
    try #require((evaluator ?? self.evaluator()).explanation(of: "one", Subject([]), at: month(6)))
  }
}

/// "0.35", "-1/3".
private struct Fraction {
  private var top: Int128
  private var bottom: Int128

  init?(_ text: String?) {
    guard let parts = text?.split(separator: "/"), let first = parts.first else { return nil }
    let digits = first.split(separator: ".")
    guard let top = Int128(digits.joined()), let divisor = parts.count > 1 ? Int128(parts[1]) : 1 else { return nil }
    self.top = top
    bottom = (0..<(digits.count > 1 ? digits[1].count : 0)).reduce(divisor) { power, _ in power * 10 }
  }

  static func < (left: Fraction, right: Fraction) -> Bool { left.top * right.bottom < right.top * left.bottom }
}
