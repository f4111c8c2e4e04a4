import Bookkeeping
import Diagnostics
import Evaluation
import Finance
import RuleLanguage
import RuleLibrary

/// A worked example as the ledger would hold it, evaluated as rules are.
struct WorkedExample {
  let program: Program
  let evaluator: Evaluator
  private let at: Period

  init(_ example: RuleFunction.Example) throws {
    program = try WorkedExample.program(example)
    at = try program.calendar.parse(example.at).period
    var ledger = ExampleLedger(program.calendar)
    for figures in example.given {
      let dimension = figures.measure.split(separator: " ").last.map(String.init)
      let decimals = figures.measure.hasPrefix("ratio") ? 9 : 4
      for one in figures.returns { try ledger.add(one, of: figures.name, by: dimension, decimals: decimals) }
    }
    let codes = Set(["A"] + example.given.flatMap { $0.returns.map(\.organisation) })
    let register = Register(
      codes.sorted().map {
        Organisation(code: $0, name: $0, attributes: ["kind": "CCG"], parent: nil, from: nil, to: nil)
      })
    let deadlines = example.given.compactMap { given in given.due.map { (given.name, MeasureTraits(deadline: $0)) } }
    evaluator = Evaluator(
      program, register: register, traits: Dictionary(uniqueKeysWithValues: deadlines))
    for change in ledger.changes(at: at) {
      evaluator.take(change)
      evaluator.run()
    }
  }

  struct Refused: Error, CustomStringConvertible { var description: String }

  /// The node of the example's expression.
  var root: NodeID {
    let rule = program.rules[program.rules.count - 1]
    guard let root = rule.watch ?? rule.breaches.first?.test else { preconditionFailure("a rule watches or breaches") }
    return root
  }

  /// In the words of an example: plain digits, `true` or `false`, a period, `unknown`.
  var outcome: String {
    switch evaluator.outcome(of: root, for: Subject(["A"]), at: at) {
    case nil, .unknown: "unknown"
    case .known(.amount(let amount)): WorkedExample.digits(Quotient(amount))
    case .known(.quotient(let quotient)): WorkedExample.digits(quotient)
    case .known(.truth(let truth)): truth ? "true" : "false"
    case .known(.period(let period)): program.calendar.label(period)
    case .known(.date(let day)): day.description
    case .known(.text(let text)): text
    case .known(.severity(let severity)): severity?.word ?? "none"
    }
  }

  /// An example is of a quantity, or else of a condition.
  private static func program(_ example: RuleFunction.Example) throws -> Program {
    func load(_ clause: String) -> (program: Program?, findings: String) {
      let source = SourceText(name: "example.rules", rules(example, clause))
      let loaded = RuleSet.load(files: [source], library: .all)
      return (loaded.program, TerminalRenderer().render(loaded.diagnostics, in: [source]))
    }
    let quantity = load("watch")
    guard let program = quantity.program ?? load("red when").program else {
      throw Refused(description: quantity.findings)
    }
    return program
  }

  private static func rules(_ example: RuleFunction.Example, _ clause: String) -> String {
    var lines = ["currency GBP", "year starts in April", "dimension service", "measure spare number"]
    lines += example.given.map { "measure \($0.name) \($0.measure)" }
    if !example.other.isEmpty {
      lines += ["rule other \"Other\"", "  for each organisation"] + example.other.map { "  " + $0 }
      lines += ["  message \"x\""]
    }
    lines += [
      "rule example \"Example\"", "  for each organisation",
      "  \(clause) \(example.expression)",
      "  amber when spare > 0", "  message \"x\"", "",
    ]
    return lines.joined(separator: "\n")
  }

  /// To nine decimals, without zeros at the end.
  private static func digits(_ value: Quotient) -> String {
    guard let billionths = try? value.rounded(decimals: 9) else { return "out of range" }
    let scaled = billionths.numerator * (1_000_000_000 / billionths.denominator)
    let (whole, part) = scaled.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
    var decimals = String(String(1_000_000_000 + part).dropFirst())
    while decimals.hasSuffix("0") { decimals.removeLast() }
    return (scaled < 0 ? "-" : "") + String(whole) + (decimals.isEmpty ? "" : "." + decimals)
  }
}

/// The figures of an example as changes of a ledger, in the order in which they were received.
private struct ExampleLedger {
  private struct Drop {
    var day: Day
    var unit: Unit
    var cells: [SeriesID: Int64]
  }

  private let calendar: FinancialCalendar
  private var series: [Series: SeriesID] = [:]
  private var drops: [Drop] = []

  init(_ calendar: FinancialCalendar) { self.calendar = calendar }

  mutating func add(
    _ one: RuleFunction.Example.Return, of measure: String, by dimension: String?, decimals: Int
  ) throws {
    let period = try calendar.parse(one.period).period
    let members = one.cell.map { [Series.Member(dimension: dimension ?? "", value: $0)] } ?? []
    let key = Series(measure: measure, members: members)
    let id = series[key] ?? SeriesID(series.count + 1)
    series[key] = id
    let day = one.on.flatMap { Day(iso: $0) } ?? calendar.lastDay(period)
    let unit = Unit(source: measure, organisation: one.organisation, period: period)
    guard let value = Int64(exactly: try scaled(one.value, to: decimals)) else { throw OutOfRange() }
    if let index = drops.firstIndex(where: { $0.day == day && $0.unit == unit }) {
      drops[index].cells[id] = value
    } else {
      drops.append(Drop(day: day, unit: unit, cells: [id: value]))
    }
  }

  /// Each drop by itself. The last touches the period that is asked for, so that it exists.
  func changes(at period: Period) -> [LedgerChange] {
    let names = Dictionary(uniqueKeysWithValues: series.map { ($0.value, $0.key) })
    var changes = drops.sorted { $0.day < $1.day }.enumerated().map { index, drop in
      let id = Int64(index + 1)
      let cells = drop.cells.sorted { $0.key < $1.key }.map {
        Cell(series: $0.key, rows: 1, firstRow: 2, value: $0.value)
      }
      return LedgerChange(
        series: names, touched: [drop.unit],
        versions: [Version(stating: VersionID(id), drop: DropID(id), unit: drop.unit, cells: cells)], day: drop.day)
    }
    changes.append(LedgerChange(due: [DuePeriod(period: period, measures: ["spare"])]))
    return changes
  }

  /// As the ledger holds it: ten-thousandths of an amount, billionths of a ratio.
  private func scaled(_ digits: String, to places: Int) throws -> Int128 {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let decimals = parts.count > 1 ? parts[1].count : 0
    guard parts.count <= 2, decimals <= places, let number = Int128(parts.joined()) else { throw OutOfRange() }
    return number * (0..<places - decimals).reduce(1) { power, _ in power * 10 }
  }
}
