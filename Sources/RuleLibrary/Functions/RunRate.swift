import Finance
package import RuleLanguage

extension RuleFunction {
  package static let runRate = RuleFunction(
    name: "run_rate",
    topic: .year,
    parameters: [Parameter("x", .amount(.yearToDate))],
    gives: .like(0, as: .fullYear),
    summary: "The outturn if the rest of the year goes as the last three months went.",
    formula: "x + (12 - month) × the mean of the last three months (of fewer at the start); at M12 and M13 x itself",
    source: "a working definition of NHS finance returns",
    examples: [
      Example(
        "run_rate(x)", given: .init("x", "money year to date", ["2013-14 M5": "40", "2013-14 M8": "70"]),
        at: "2013-14 M8", gives: "110"),
      Example(
        "run_rate(x)", given: .init("x", "money year to date", ["2013-14 M2": "30"]), at: "2013-14 M2", gives: "180"),
      Example(
        "run_rate(x)", given: .init("x", "money year to date", ["2013-14 M12": "70"]), at: "2013-14 M12", gives: "70"),
      Example(
        "run_rate(x)", given: .init("x", "money year to date", ["2013-14 M8": "70"]), at: "2013-14 M8", gives: "unknown"
      ),
    ],
    synonyms: ["forecast", "projection", "outturn", "extrapolate", "annualised", "annualized"],
    lower: { call throws(Misuse) in
      let kernel = SeriesKernel(reach: .months(3)) { period, _, read in
        .amount {
          guard period.month > 0 else { throw NotKnown(.undefined) }
          let toDate = try read(0, period).amount()
          let month = Int(period.month)
          guard month < 12 else { return toDate }
          // The months between are in the totals at both ends: only those need be known.
          let months = min(month, 3)
          let before = month > 3 ? try read(0, period.advanced(months: -3)).amount() : .zero
          let rest = Quotient(numerator: Int128(12 - month), denominator: Int128(months))
          return try toDate.adding(try toDate.subtracting(before).multiplied(by: rest))
        }
      }
      return try call.called(call.node(0).type, basis: .fullYear, adverse: call.node(0).adverse, kernel: kernel)
    })
}
