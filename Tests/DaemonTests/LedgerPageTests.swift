import Foundation
import RuleLanguage
import TestKit
import Testing

/// The codes that are said of rules beside a ledger: their examples, beside a small one.
@Suite(.enabled(if: BuiltProgram.outturn.isBuilt, "the program is not built"))
struct LedgerPageTests {
  static let codes: [RuleCode] = RuleCode.allCases.filter { $0.page.form == .ledger || $0.page.form == .register }

  /// Half a year of two bodies: the one goes on and on over its plan, the other keeps to it.
  private static let setup = [
    "outturn.yaml": """
    ledger: ledger.db
    rules: rules
    register: organisations.csv
    sources:
      returns:
        inbox: inbox
        ready: { unchanged_for: 0s }
        columns:
          organisation: Code
          period: Month
          measures:
            plan: { column: Plan, unit: £m }
            forecast: { column: Forecast, unit: £m }
    routes:
      - to: [log]
    receivers:
      log: { log: { path: alerts.jsonl, format: json } }
    """,
    "organisations.csv": "code,name,kind\nWES,Wessex,PCT\nMER,Mercia,PCT\n",
    "inbox/returns.csv": "Code,Month,Plan,Forecast\n"
      + (1...6).map { "WES,2013-14 M\($0),1,\($0 + 1)\nMER,2013-14 M\($0),2,2\n" }.joined(),
    "rules/all.rules": """
    currency GBP
    year starts in April
    measure plan money full year reference
    measure forecast money full year adverse high
    rule all "All"
      for each organisation
      red when forecast - plan > £5m
      message "{organisation}"
    """,
  ]

  private func said(of example: String, _ page: CodePage) throws -> String {
    try said(of: page.form.whole(example), register: page.form == .register ? example + "\n" : nil)
  }

  private func said(of rules: String, register: String? = nil) throws -> String {
    let folder = TemporaryFolder()
    for name in ["rules", "inbox", "tried"] {
      try FileManager.default.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
    }
    func write(_ text: String, _ name: String) throws {
      try text.write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8)
    }
    for (name, text) in Self.setup {
      try write(text.replacing("alerts.jsonl", with: folder.path + "/alerts.jsonl"), name)
    }
    let served = try BuiltProgram.outturn.run(["serve", "--once"], in: folder.path)
    try #require(served.status == 0, "\(served.errors)")
    try write(rules, "tried/example.rules")
    if let register { try write(register, "organisations.csv") }
    let checked = try BuiltProgram.outturn.run(
      ["rules", "check", "tried", "--ledger", "ledger.db", "--register", "organisations.csv", "--format", "json"],
      in: folder.path)
    #expect(checked.status == 0, "\(checked.errors)")
    return checked.output
  }

  @Test(arguments: codes) func theWrongExampleYieldsTheCodeAndTheRightOneDoesNot(_ code: RuleCode) throws {
    let (page, mark) = (code.page, "\"\(code.rawValue)\"")
    let wrong = try said(of: page.wrong, page)
    #expect(wrong.contains(mark), "\(wrong)")
    let right = try said(of: page.right, page)
    #expect(!right.contains(mark), "\(right)")
  }

  /// That its rules fire never and that nobody reports would only say the same again.
  @Test func ofRulesWithoutAnyFigureTheMeasureAloneIsNamed() throws {
    let output = try said(
      of: """
        currency GBP
        year starts in April
        measure spent money in period adverse high
        rule spending "Spending"
          for each organisation where kind is "PTC"
          watch spent
          red above £5m
          message "{organisation}"
        """)
    let codes = output.matches(of: /"(R6\d\d)"/).map { String($0.1) }
    #expect(codes == ["R604"], "\(output)")
  }

  @Test func thereAreSuch() { #expect(Self.codes.count == 5) }
}
