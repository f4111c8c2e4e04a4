// Times the evaluation of rules of the kind "over a percentage, for two periods" from warm columns, and of a drop of
// one organisation after it.
//
//   evaluation-benchmark [RULES [ORGANISATIONS]]        (1000 and 211 unless told)

import Bookkeeping
import Diagnostics
import Evaluation
import Finance
import RuleLanguage
import RuleLibrary

let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let ruleCount = numbers.first ?? 1_000
let organisationCount = numbers.dropFirst().first ?? 211
let periods = (1...24).map { Period(year: 2024 + ($0 - 1) / 12, month: ($0 - 1) % 12 + 1) }

let heading = """
  currency GBP
  year starts in April
  measure plan     money full year adverse high "Planned spend"
  measure forecast money full year adverse high "Forecast outturn"

  """
let rules = (0..<ruleCount).map { number in
  """
  rule over_\(number) "Over plan"
    for each organisation
    watch (forecast - plan) / plan
    red above \(number / 50).\(number % 50 < 10 ? "0" : "")\(number % 50)%
    persists for 2 periods
    message "{organisation} is {watched} over"

  """
}.joined()
let source = SourceText(name: "benchmark.rules", heading + rules)
let loaded = RuleSet.load(files: [source], library: .all)
guard let program = loaded.program else { fatalError(TerminalRenderer().render(loaded.diagnostics, in: [source])) }

/// Forecasts between 10% under and 20% over plan, the same every time.
func cells(_ organisation: Int, _ period: Int, shift: Int64 = 0) -> [Cell] {
  let plan = Int64(50_000_000 + organisation * 1_000_003 % 90_000_000) * Amount.scale
  let mixed = UInt64(organisation * 31 + period * 7_919) &* 0x9E37_79B9_7F4A_7C15
  let deviation = Int64((mixed >> 33) % 3_001) - 1_000 + shift
  return [
    Cell(series: 1, rows: 1, firstRow: 1, value: plan),
    Cell(series: 2, rows: 1, firstRow: 2, value: plan + plan / 10_000 * deviation),
  ]
}

let codes = (0..<organisationCount).map { "O\($0)" }
let register = Register(codes.map { Organisation(code: $0, name: "Organisation \($0)", attributes: ["kind": "CCG"]) })
let series: [SeriesID: Series] = [1: Series(measure: "plan"), 2: Series(measure: "forecast")]
func version(_ organisation: Int, _ period: Int, id: Int64, shift: Int64 = 0) -> Version {
  Version(
    stating: id, drop: id, unit: Unit(source: "returns", organisation: codes[organisation], period: periods[period]),
    cells: cells(organisation, period, shift: shift))
}
let versions = periods.indices.flatMap { period in
  codes.indices.map { version($0, period, id: Int64(period * organisationCount + $0 + 1)) }
}

func report(_ what: String, _ duration: Duration) {
  let milliseconds = Double(duration.components.attoseconds) / 1e15 + Double(duration.components.seconds) * 1e3
  print("\(what): \((milliseconds * 1000).rounded() / 1000) ms")
}

let clock = ContinuousClock()
let evaluator = Evaluator(program, register: register)
report("take the ledger in", clock.measure { evaluator.take(LedgerChange(series: series, versions: versions)) })
var changed = 0
report("first run", clock.measure { changed = evaluator.run().count })
print("alerts with a standing: \(changed), firing: \(evaluator.standings { $0.firing != nil }.count)")
for _ in 0..<5 {
  report(
    "\(ruleCount) rules × \(organisationCount) organisations × 24 periods from warm columns",
    clock.measure { evaluator.recompute() })
}
for round in 0..<5 {
  let restated = version(7, 20, id: Int64(1_000_000 + round), shift: Int64(round) * 900)
  report("a drop of one organisation", clock.measure {
    evaluator.take(LedgerChange(series: series, touched: [restated.unit], versions: [restated]))
    changed = evaluator.run().count
  })
}
print("alerts changed by the last: \(changed)")
