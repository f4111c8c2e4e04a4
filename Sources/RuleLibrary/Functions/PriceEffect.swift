package import RuleLanguage

extension RuleFunction {
  package static let priceEffect = partOfChangeInCost(
    "price_effect",
    summary: "The part of a change in cost that is due to other prices.",
    formula:
      "Σ q₁(p₁ - p₀) over the cells: the cost now less what the same units would have cost before; against last year unless a base is given",
    againstLastYear: "20",
    againstBase: "10",
    synonyms: ["price_variance", "price"],
    from: \.atBasePrices, to: \.now)
}
