import Finance
package import RuleLanguage

extension RuleFunction {
  package static let fullYearEffect = RuleFunction(
    name: "full_year_effect",
    topic: .costs,
    parameters: [Parameter("x", .amount(.fullYear)), Parameter("months", .only(.count, .number))],
    gives: .like(0),
    summary: "What next year will add to something that ran for part of this year.",
    formula: "x × (12 - months) ÷ months: its value in twelve months less its value in this year",
    source: "a working definition of NHS finance returns",
    examples: [
      Example(
        "full_year_effect(x, 4)", given: .init("x", "money full year", ["2013-14 M8": "10"]), at: "2013-14 M8",
        gives: "20"),
      Example(
        "full_year_effect(x, 12)", given: .init("x", "money full year", ["2013-14 M8": "10"]), at: "2013-14 M8",
        gives: "0"),
      Example(
        "full_year_effect(x, y)", given: .init("x", "money full year", ["2013-14 M8": "10"]),
        .init("y", "count at period end", ["2013-14 M8": "0"]), at: "2013-14 M8", gives: "unknown"),
    ],
    synonyms: ["fye", "full_year", "part_year_effect"],
    lower: { call throws(Misuse) in
      let kernel = SeriesKernel(reach: .months(0)) { period, _, read in
        .amount {
          let months = try read(1, period).quotient()
          guard months.sign > 0, months <= Quotient(12),
            let rest = try Quotient(12).subtracting(months).divided(by: months)
          else { throw NotKnown(.undefined) }
          return try read(0, period).amount().multiplied(by: rest)
        }
      }
      return try call.called(call.node(0).type, basis: .fullYear, adverse: call.node(0).adverse, kernel: kernel)
    })
}
