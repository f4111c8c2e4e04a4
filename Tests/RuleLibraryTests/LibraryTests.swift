import RuleLanguage
import RuleLibrary
import Testing

@Suite struct LibraryTests {
  @Test func everyFunctionIsDescribed() {
    for function in FunctionLibrary.all.functions.values {
      #expect(!function.summary.isEmpty && !function.formula.isEmpty && !function.source.isEmpty)
    }
  }
}
