import Bookkeeping
import Daemon
import Diagnostics
import Drops
import Evaluation
import Finance
import Foundation
import RuleLanguage
import Storage

/// `Benchmarks evaluate LEDGER RULES REGISTER RUNS ANSWERS`: a thousand rules over a ledger that is in memory.
///
/// Prints a JSON object of how long each part took, once, and `run`, the evaluation of all rules over the columns, as
/// often as asked. Writes the alerts that fire at the end of a year, one a line.
struct Evaluate {
  let ledger: String
  let rules: String
  let register: String
  let runs: Int
  let answers: String

  init?(_ arguments: ArraySlice<String>) {
    let arguments = Array(arguments)
    guard arguments.count == 5, let runs = Int(arguments[3]) else { return nil }
    (ledger, rules, register, answers) = (arguments[0], arguments[1], arguments[2], arguments[4])
    self.runs = runs
  }

  func run() throws {
    var watch = Stopwatch()
    let program = try watch.time("check", loadProgram)
    let register = Register(RegisterFile(try Files.contents(register, limit: 1 << 26)).organisations)
    let evaluator = Evaluator(program, register: register)
    let ledger = try watch.time("load", loadLedger)
    watch.time("take") { evaluator.take(ledger) }
    watch.time("columns") { evaluator.run() }
    for _ in 0..<runs { watch.time("run") { evaluator.recompute() } }
    try write(evaluator.activeStandings(), calendar: program.calendar)
    print(watch.json)
  }

  private func loadProgram() throws -> Program {
    let (program, diagnostics, texts) = Policy.load(rules)
    guard let program else { throw Unusable(TerminalRenderer().render(diagnostics, in: texts)) }
    return program
  }

  private func loadLedger() throws -> LedgerChange {
    try ReadOnlyStore(at: ledger, migrations: Schema.migrations).read { snapshot in
      var change = LedgerChange(series: try Ledger.series(in: snapshot))
      try Ledger.visible(in: snapshot) { change.versions.append($0) }
      return change
    }
  }

  private func write(_ standings: [Standing], calendar: FinancialCalendar) throws {
    let lines = standings.compactMap { standing -> String? in
      guard let severity = standing.now.firing, standing.lastPeriod.month == 12 else { return nil }
      let subject = standing.key.subject.keys.joined(separator: " ")
      return "\(standing.key.rule),\(subject),\(standing.lastPeriod.year),\(severity)"
    }
    try Data((lines.sorted().joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: answers))
  }
}

struct Unusable: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
