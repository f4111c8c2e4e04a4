import Finance
package import RuleLanguage

extension RuleFunction {
  package static let straightLine = RuleFunction(
    name: "straight_line",
    topic: .year,
    parameters: [Parameter("x", .amount(.yearToDate))],
    gives: .like(0, as: .fullYear),
    summary: "The outturn if the rest of the year goes as the year to date went.",
    formula: "x × 12 ÷ month; at M12 and M13 x itself",
    source: "a working definition of NHS finance returns",
    examples: [
      Example(
        "straight_line(x)", given: .init("x", "money year to date", ["2013-14 M8": "60"]), at: "2013-14 M8", gives: "90"
      ),
      Example(
        "straight_line(x)", given: .init("x", "money year to date", ["2013-14 M13": "60"]), at: "2013-14 M13",
        gives: "60"),
    ],
    synonyms: ["forecast", "projection", "linear", "annualised", "annualized"],
    lower: { call throws(Misuse) in
      let kernel = SeriesKernel(reach: .months(0)) { period, _, read in
        .amount {
          guard period.month > 0 else { throw NotKnown(.undefined) }
          let toDate = try read(0, period).amount()
          let months = Int128(min(period.month, 12))
          return try toDate.multiplied(by: Quotient(numerator: 12, denominator: months))
        }
      }
      return try call.called(call.node(0).type, basis: .fullYear, adverse: call.node(0).adverse, kernel: kernel)
    })
}
