import Diagnostics
import Finance
import RuleLanguage
import RuleLibrary
import Testing

/// What `outturn help R204` shows: the wrong example yields the code, and the right one does not yield anything.
@Suite struct CodePageTests {
  private func found(_ page: CodePage, _ example: String) -> [Diagnostic] {
    findings(in: page.inFull(example), page.form)
  }

  @Test(arguments: RuleCode.allCases)
  func isWritten(_ code: RuleCode) {
    #expect(code.page.why.last == ".")
    #expect(!code.page.wrong.isEmpty && !code.page.right.isEmpty && code.page.wrong != code.page.right)
    #expect(code.helpText.count < 3_000)
  }

  /// Those of a ledger are tried beside one: `LedgerPageTests`.
  @Test(arguments: RuleCode.allCases)
  func theWrongExampleYieldsTheCode(_ code: RuleCode) {
    let page = code.page
    guard page.form != .ledger, page.form != .register else { return }
    let codes = found(page, page.wrong).map(\.code)
    #expect(codes.contains(code.rawValue), "\(page.wrong)\n\(codes)")
    // One mistake each: what else is wrong would confuse. Too many of them are a mistake of their own.
    let others = codes.filter { $0 != code.rawValue && !$0.hasPrefix("R5") }
    #expect(others == [] || code == .tooManyFindings, "\(page.wrong)")
  }

  /// Clean of errors; of doubts, those that the page is about.
  @Test(arguments: RuleCode.allCases)
  func theRightExampleIsClean(_ code: RuleCode) {
    let page = code.page
    let wrong = found(page, page.right).filter { $0.severity == .error || $0.code == code.rawValue }
    #expect(wrong.map(\.message) == [], "\(page.form.whole(page.right))")
  }
}
