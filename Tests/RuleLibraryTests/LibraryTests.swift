import Diagnostics
import Finance
import RuleLanguage
import RuleLibrary
import Testing

/// What holds for every function of the language, whichever they are.
@Suite struct LibraryTests {
  static let functions = FunctionLibrary.all.functions.values.sorted { $0.name < $1.name }

  @Test(arguments: functions.map(\.name))
  func isDescribed(_ name: String) throws {
    let function = try #require(FunctionLibrary.all.functions[name])
    for text in [function.summary, function.formula, function.source] {
      #expect(!text.isEmpty && !text.hasSuffix(" ") && text.count < 200)
    }
    #expect(function.summary.hasSuffix("."))
    // What speaks of other rules or of members has no example of one organisation.
    let isAlone = function.parameters.allSatisfy { $0.kind != .rule && $0.kind != .ownersExpression }
    #expect(function.examples.isEmpty != isAlone)
  }

  @Test(arguments: functions.flatMap { function in function.examples.map { (function.name, $0) } })
  func exampleIsTrue(_ function: String, _ example: RuleFunction.Example) throws {
    #expect(example.expression.hasPrefix(function))
    let names = ["x", "y"]
    let measures = zip(names, example.given).map { "measure \($0) \($1.measure)\n" }.joined()
    let isTruth = ["true", "false"].contains(example.gives)
    let text = """
      currency GBP
      year starts in April
      measure z number
      \(measures)
      rule example "Example"
        for each organisation
        \(isTruth ? "red when" : "watch") \(example.expression)
        amber when z > 0
        message "x"

      """
    let source = SourceText(name: "example.rules", text)
    let loaded = RuleSet.load(files: [source], library: .all)
    let checked = try #require(
      loaded.program, "\(TerminalRenderer().render(loaded.diagnostics, in: loaded.texts))")
    let calendar = checked.calendar
    var figures: [[Period: Amount]] = Array(repeating: [:], count: checked.measures.count)
    for (name, given) in zip(names, example.given) {
      let measure = try #require(checked.measures.firstIndex { $0.name == name })
      for (label, digits) in given.values {
        figures[measure][try calendar.parse(label).period] = try Amount(rounding: try #require(plain(digits)))
      }
    }
    let rule = checked.rules[0]
    let root = try #require(rule.watch ?? rule.breaches.first?.test)
    let result = ScalarEvaluation(program: checked, figures: figures)
      .outcome(root, try calendar.parse(example.at).period)
    switch result {
    case .unknown: #expect(example.gives == "unknown")
    case .known(.truth(let truth)): #expect(example.gives == (truth ? "true" : "false"))
    case .known(.amount(let amount)): #expect(Quotient(amount) == plain(example.gives))
    case .known(.quotient(let quotient)): #expect(quotient == plain(example.gives))
    case .known(let other): Issue.record("an example gives \(other)")
    }
  }

  /// Plain digits as an exact number; nil for anything else.
  private func plain(_ digits: String) -> Quotient? {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let decimals = parts.count > 1 ? parts[1].count : 0
    guard parts.count <= 2, let number = Int128(parts.joined()) else { return nil }
    return Quotient(numerator: number, denominator: (0..<decimals).reduce(1) { result, _ in result * 10 })
  }

  @Test func runRateAtEachMonth() throws {
    // 10 a month: the outturn is 120 from whichever month it is seen.
    let kernel = try #require(FunctionLibrary.all.functions["run_rate"]?.kernel)
    for month in 1...12 {
      let result = kernel.evaluate(Period(year: 2013, month: month), FinancialCalendar(firstMonth: 4)) { _, period in
        .known(.amount(Amount(tenThousandths: Int64(period.month) * 100_000)))
      }
      guard case .known(.amount(let amount)) = result else { throw NoAmount() }
      #expect(amount == Amount(tenThousandths: 1_200_000))
    }
  }

  struct NoAmount: Error {}
}
