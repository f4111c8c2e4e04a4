import Diagnostics
import RuleLanguage
import RuleLibrary
import Testing

/// A comparison of rule sets sees that a rule has but a new name.
struct RenamedRulesTests {
  private func loaded(_ rules: String) -> RuleSet.Loaded {
    let heading = """
      currency GBP
      year starts in April
      measure plan money full year
      measure forecast money full year

      """
    return RuleSet.load(files: [SourceText(name: "a.rules", heading + rules)], library: .all)
  }

  private func rule(_ heading: String, above bound: String = "£1m", message: String = "{organisation}") -> String {
    """
    rule \(heading)
      for each organisation
      watch forecast - plan
      red above \(bound)
      message "\(message)"
      owner "\(message.filter(\.isLetter))"

    """
  }

  private func pairs(_ old: String, _ new: String) -> [String] {
    let comparison = RuleSetComparison(old: loaded(old), new: loaded(new), library: .all)
    return comparison.lookRenamed.map { "\($0.old.name) \($0.new.name)" }
  }

  @Test func theSameTestUnderAnotherNameIsSeen() {
    #expect(pairs(rule("a \"A\""), rule("b \"B\"", message: "other words")) == ["a b"])
    // Two of them: the one with the same title.
    #expect(pairs(rule("a \"A\"") + rule("b \"B\""), rule("c \"B\"") + rule("d \"A\"")) == ["b c", "a d"])
  }

  @Test func whatIsAnotherRuleOrSaysItsFormerNameIsNot() {
    #expect(pairs(rule("a \"A\""), rule("b \"B\"", above: "£2m")).isEmpty)
    #expect(pairs(rule("a \"A\""), rule("b formerly a \"A\"")).isEmpty)
    #expect(pairs(rule("a \"A\""), rule("a \"A\"") + rule("b \"B\"")).isEmpty)
  }
}
