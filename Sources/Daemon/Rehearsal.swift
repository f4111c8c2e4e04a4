package import Alerting
package import Bookkeeping
package import Evaluation
package import Finance
package import Foundation
package import RuleLanguage
package import Storage

/// Rules, a register and what the sources say of their measures, to be run over a ledger that is only read: what people
/// ask of rules before and after they are in force. A daemon may be writing that ledger meanwhile.
package struct Rehearsal: Sendable {
  package var program: Program
  package var register: Register
  package var traits: [String: MeasureTraits]
  /// In which the days are counted on which something came.
  package var timeZone: TimeZone

  package init(
    program: Program, register: Register, traits: [String: MeasureTraits] = [:], timeZone: TimeZone = .gmt
  ) {
    self.program = program
    self.register = register
    self.traits = traits
    self.timeZone = timeZone
  }

  package init(_ setup: Setup) {
    self.init(
      program: setup.program, register: setup.register ?? .whoeverReports, traits: setup.configuration.traits,
      timeZone: setup.configuration.timeZone)
  }

  /// The rules over the ledger as it was known after a record (now, for nil).
  ///
  /// - Parameter rules: these alone, and what they read; all for nil.
  package func evaluator(
    of rules: Set<String>? = nil, asOf record: RecordSequence? = nil, in reading: some Reading
  ) throws -> Evaluator {
    let evaluator = Evaluator(program, rules: rules, register: register, traits: traits)
    try LedgerFeed(for: program, in: timeZone).load(into: evaluator, asOf: record, in: reading)
    evaluator.run()
    return evaluator
  }

  /// In which order figures are played.
  package enum Order: Sendable {
    /// Drop by drop, as they were accepted: restatements and late returns come when they came.
    case asReported
    /// Period by period, each as the ledger has it now. What a figure was before it was restated is not played.
    case byPeriod
  }

  /// Plays the ledger's history into the rules.
  ///
  /// - Parameter progress: called now and then with the steps done and to do.
  /// - Throws: `ReplaySpan.Flaw` where the ledger has nothing in the span.
  package func replay(
    of rules: Set<String>? = nil, _ span: ReplaySpan = ReplaySpan(), _ order: Order = .asReported,
    in reading: some Reading, progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws -> ReplayReport {
    let steps = try LedgerFeed(for: program, in: timeZone).steps(order, calendar: program.calendar, in: reading)
    try span.check(against: steps)
    let run = ReplayRun(
      program, rules: rules, register: register, traits: traits, span: span, years: try Ledger.years(in: reading))
    return run.report(on: steps, progress: progress)
  }
}
