import Foundation
import TestKit
import Testing

/// With a configuration: values of the register and the ledger, and the last value under the cursor.
@Suite(.enabled(if: RulePackRun.isBuilt, "the program is not built"), .timeLimit(.minutes(5)))
struct FactsTests {
  private static let rules = Marked(
    """
    currency GBP
    year starts in April
    measure 1️⃣paid money in period adverse high "Payments"
    let 2️⃣doubled = 2 * paid
    rule 3️⃣much "Much is paid"
      for each organisation where kind is "4️⃣"
      watch paid
      red above £10
      message "{organisation}"

    """)

  private func editor() throws -> (Editor, RulePackRun) {
    let run = try RulePackRun("payments", register: "Rules/payments/organisations.csv")
    for (month, name) in ["01 - April", "02 - May"].enumerated() {
      let lines = (0..<20).map { "Supplier \($0),\(30_000 + $0 * 1_000 + month)\n" }
      try run.drop("Supplier,Amount\n" + lines.joined(), into: "payments", below: "SEL", as: "SEL \(name).csv")
    }
    #expect(try run.outturn("serve", "--once").status == 0)
    let editor = try Editor(options: ["config": run.configuration])
    editor.open("a.rules", Self.rules.text)
    return (editor, run)
  }

  @Test func aHoverShowsTheLastValue() throws {
    let (editor, run) = try editor()
    func hover(_ mark: Int) -> String {
      editor.ask("hover", "a.rules", Self.rules, mark)["result"]["contents"]["value"].text ?? ""
    }
    // 20 payments of £30,000 and more, and a pound each in May.
    #expect(hover(1).contains("M2: £790,020"), "\(hover(1))")
    #expect(hover(2).contains("M2: £1.6m"), "\(hover(2))")
    #expect(hover(3).contains("M2: £790,020") || hover(3).contains("red above"), "\(hover(3))")
    withExtendedLifetime(run) {}
  }

  @Test func valuesOfTheRegisterAreCompleted() throws {
    let (editor, run) = try editor()
    let text = Marked("rule r \"R\"\n  for each organisation where organisation is \"1️⃣")
    editor.open("b.rules", text.text)
    let items = editor.ask("completion", "b.rules", text, 1)["result"]["items"].items
    let register = try String(
      contentsOf: RulePackRun.root.appending(path: "Rules/payments/organisations.csv"), encoding: .utf8)
    let name = try #require(register.split(separator: "\n").dropFirst().first?.split(separator: ",").dropFirst().first)
    #expect(items.contains { $0["label"].text == String(name) }, "\(name) in \(items.count)")
    withExtendedLifetime(run) {}
  }

  @Test func aConfigurationThatCannotBeReadIsToldOfAndTheRestWorks() throws {
    let editor = try Editor(options: ["config": "nowhere.yaml"])
    #expect(editor.notices.contains { $0["method"].text == "window/showMessage" })
    editor.open("a.rules", "rule")
    #expect(editor.diagnostics("a.rules")?.isEmpty == false)
  }
}
