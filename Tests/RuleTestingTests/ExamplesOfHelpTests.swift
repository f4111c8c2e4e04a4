import RuleLanguage
import Testing

/// Tests that stand in the examples of the help pass: what a page says that a rule does, it does.
@Suite struct ExamplesOfHelpTests {
  private static let examples: [(name: String, text: String)] = {
    let pages = Manual.pages.map { (name: $0.name, text: $0.form.whole($0.example)) }
    let codes = RuleCode.allCases.map { (name: $0.rawValue, text: $0.page.form.whole($0.page.inFull($0.page.right))) }
    return (pages + codes).filter { ("\n" + $0.text).contains("\ntest ") }
  }()

  @Test(arguments: examples.indices) func itsTestsPass(_ index: Int) async throws {
    let (name, text) = Self.examples[index]
    let outcomes = try await run(text)
    #expect(outcomes.count >= 1)
    #expect(outcomes.flatMap(\.differences) == [], "\(name)\n\(text)")
  }

  @Test func thereAreSome() { #expect(Self.examples.count >= 15) }
}
