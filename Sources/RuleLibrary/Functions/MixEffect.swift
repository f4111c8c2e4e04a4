package import RuleLanguage

extension RuleFunction {
  package static let mixEffect = partOfChangeInCost(
    "mix_effect",
    summary: "The part of a change in cost that is due to a dearer or cheaper mix of units.",
    formula:
      "Q₁ × (Σ s₁p₀ - P̄₀): all units at the prices before, less all of them at their mean; against last year unless a base is given",
    againstLastYear: "10",
    againstBase: "0",
    synonyms: ["mix_variance", "case_mix", "mix"],
    from: \.atMeanPrice, to: \.atBasePrices)
}
