import Diagnostics
import Evaluation
import Finance
import RuleLanguage
import RuleLibrary

/// Rules as people write them, checked.
struct RuleText {
  /// What most tests declare, so that each shows only what it is about.
  static let heading = """
    currency GBP
    year starts in April
    dimension category
    measure plan         money full year    reference adverse high "Planned spend for the year"
    measure forecast     money full year    adverse high by category "Forecast outturn"
    measure actual       money year to date adverse high by category "Spend to date"
    measure spent        money in period    adverse high
    measure position     money full year    adverse low "Forecast surplus (+) or deficit (-)"
    measure support      money full year
    measure spent_plan   money full year
    measure list         count at period end reference
    measure cost         money in period    adverse high
    measure staff        count at period end
    let overspent = forecast - plan

    """

  static func program(_ rules: String) throws -> Program {
    let source = SourceText(name: "test.rules", heading + rules + "\n")
    let loaded = RuleSet.load(files: [source], library: .all)
    guard let program = loaded.program else {
      throw Refused(text: TerminalRenderer().render(loaded.diagnostics, in: loaded.texts))
    }
    return program
  }

  /// A rule of this watched value that never fires: for tests of what the value comes to.
  static func watching(
    _ expression: String, frame: String = "for each organisation", lets: String = ""
  ) throws -> Program {
    try program("rule one \"One\"\n  \(frame)\n\(lets)  watch \(expression)\n  red when true\n  message \"x\"\n")
  }

  struct Refused: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
  }
}

extension Evaluator {
  /// Fed with a ledger and run.
  convenience init(_ rules: String, _ ledger: LedgerModel, traits: [String: MeasureTraits] = [:]) throws {
    self.init(try RuleText.program(rules), register: ledger.register, traits: traits)
    take(ledger.everything)
    run()
  }

  /// What a rule's watched value came to: plain digits, or the reason why it is unknown.
  func watched(_ subject: String..., at period: Period, rule: String = "one") -> String {
    guard let rule = program.rules.first(where: { $0.name == rule }), let watch = rule.watch,
      let outcome = outcome(of: watch, for: Subject(subject), at: period)
    else { return "nothing" }
    switch outcome {
    case .unknown(.missing): return "missing"
    case .unknown(.undefined): return "undefined"
    case .known(.truth(let truth)): return "\(truth)"
    default:
      let finding = finding(for: AlertKey(rule: rule.name, subject: Subject(subject)), at: period)
      return finding?.watched?.exact ?? "nothing"
    }
  }

  /// A rule's states for a subject, a letter a period: `.` quiet, lower case pending, capitals firing, `x` suppressed, `?` after it
  /// where the period is unknown.
  func states(_ rule: String, _ subject: String..., year: Int? = 2013) -> String {
    let key = AlertKey(rule: rule, subject: Subject(subject), year: year)
    guard let standing = standing(of: key) else { return "none" }
    return standing.states.map { state in
      let letter =
        switch state.phase {
        case .quiet: "."
        case .pending(let severity): String(severity.word.prefix(1))
        case .firing(let severity): severity.word.prefix(1).uppercased()
        case .suppressed: "x"
        }
      return letter + (state.unknown == nil ? "" : "?")
    }.joined()
  }
}
