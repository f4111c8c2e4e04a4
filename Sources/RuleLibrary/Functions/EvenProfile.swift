import Finance
package import RuleLanguage

extension RuleFunction {
  package static let evenProfile = RuleFunction(
    name: "even_profile",
    topic: .year,
    parameters: [Parameter("plan", .amount(.fullYear))],
    gives: .like(0, as: .yearToDate),
    summary: "What a plan for the year comes to by this month, spread evenly.",
    formula: "plan × month ÷ 12; at M13 the plan itself",
    source: "a working definition of NHS finance returns",
    examples: [
      Example(
        "even_profile(x)", given: .init("x", "money full year", ["2013-14 M8": "120"]), at: "2013-14 M8", gives: "80"),
      Example(
        "even_profile(x)", given: .init("x", "money full year", ["2013-14 M13": "120"]), at: "2013-14 M13", gives: "120"
      ),
    ],
    synonyms: ["profile", "phased", "plan_to_date", "budget_to_date"],
    lower: { call throws(Misuse) in
      let kernel = SeriesKernel(reach: .months(0)) { period, _, read in
        .amount {
          let months = Int128(min(period.month, 12))
          return try read(0, period).amount().multiplied(by: Quotient(numerator: months, denominator: 12))
        }
      }
      return try call.called(
        call.node(0).type, basis: .yearToDate, adverse: call.node(0).adverse, kernel: kernel)
    })
}
