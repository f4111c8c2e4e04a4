import Diagnostics
import RuleLanguage
import RuleLibrary
import Testing

/// What `outturn help J103` shows: the wrong example yields the code and nothing else, and the right one is in order.
@Suite struct ExchangePageTests {
  private func codes(_ document: String) -> [String] {
    RuleExchange.read(SourceText(name: "rules.json", document), library: .all) { file, rule in
      RuleSet.noTableFiles(file, rule)
    }.diagnostics.filter { $0.severity == .error }.map(\.code)
  }

  @Test(arguments: ExchangeCode.allCases) func itsExamplesShowIt(_ code: ExchangeCode) {
    let page = code.page
    #expect(page.why.hasSuffix("."))
    #expect(codes(page.document(page.wrong)) == [code.rawValue])
    #expect(codes(page.document(page.right)) == [])
  }
}
