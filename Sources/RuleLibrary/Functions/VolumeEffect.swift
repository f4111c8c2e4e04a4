package import RuleLanguage

extension RuleFunction {
  package static let volumeEffect = partOfChangeInCost(
    "volume_effect",
    summary: "The part of a change in cost that is due to more or fewer units altogether.",
    formula:
      "(Q₁ - Q₀) × P̄₀: the change in all units at the mean price before; against last year unless a base is given",
    againstLastYear: "0",
    againstBase: "10",
    synonyms: ["volume_variance", "activity_variance", "volume"],
    from: \.before, to: \.atMeanPrice)
}
