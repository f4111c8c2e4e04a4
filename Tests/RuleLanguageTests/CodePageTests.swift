import Diagnostics
import Finance
import RuleLanguage
import RuleLibrary
import Testing

/// What `outturn help R204` shows: the wrong example yields the code, and the right one does not yield anything.
@Suite struct CodePageTests {
  private func found(_ page: CodePage, _ example: String) -> [Diagnostic] { findings(in: example, page.form) }

  @Test(arguments: RuleCode.allCases)
  func hasAPage(_ code: RuleCode) throws {
    let page = try #require(code.page, "\(code.rawValue) has no page")
    #expect(page.why.last == ".")
    #expect((page.wrong == nil) == (page.right == nil))
  }

  @Test(arguments: RuleCode.allCases)
  func theWrongExampleYieldsTheCode(_ code: RuleCode) throws {
    guard let page = code.page, let wrong = page.wrong, page.form != .ledger else { return }
    let codes = found(page, wrong).map(\.code)
    #expect(codes.contains(code.rawValue), "\(page.form.whole(wrong))\n\(codes)")
    // One mistake each: what else is wrong would confuse.
    let others = codes.filter { $0 != code.rawValue && !$0.hasPrefix("R5") }
    #expect(others == [], "\(page.form.whole(wrong))")
  }

  /// Clean of errors; of doubts, those that the page is about.
  @Test(arguments: RuleCode.allCases)
  func theRightExampleIsClean(_ code: RuleCode) throws {
    guard let page = code.page, let right = page.right else { return }
    let wrong = found(page, right).filter { $0.severity == .error || $0.code == code.rawValue }
    #expect(wrong.map(\.message) == [], "\(page.form.whole(right))")
  }

  /// Codes without an example are those of sizes and of bytes that a page cannot show, or of a ledger.
  @Test func fewHaveNoExample() {
    let without = RuleCode.allCases.filter { $0.page?.wrong == nil }.map(\.rawValue)
    #expect(without == ["R101", "R102", "R105", "R115", "R116", "R409", "R604", "R605"])
  }
}
