import Finance
package import RuleLanguage

extension RuleFunction {
  package static let compounded = RuleFunction(
    name: "compounded",
    topic: .costs,
    parameters: [Parameter("rate", .only(.ratio)), Parameter("n", .wholeNumber(1...60))],
    gives: .of(.ratio),
    summary: "What a yearly rate comes to over n years, each building on the one before.",
    formula: "(1 + rate)^n - 1; an efficiency of 4.5% a year is a rate of -4.5%",
    source: "compound growth, as in any text on finance",
    examples: [
      Example(
        "compounded(2%, 2)", at: "2013-14 M8", gives: "0.0404"),
      Example(
        "compounded(-x, 3)", given: .init("x", "ratio", ["2013-14 M8": "0.045"]), at: "2013-14 M8",
        gives: "-0.129016125"),
    ],
    synonyms: ["compound", "cagr", "power", "cumulative_rate"],
    lower: { call throws(Misuse) in
      let years = call.whole(1) ?? 1
      let kernel = SeriesKernel(reach: .months(0)) { period, _, read in
        .quotient {
          let factor = try Quotient(1).adding(try read(0, period).quotient())
          var product = Quotient(1)
          for _ in 0..<years { product = try product.multiplied(by: factor) }
          return try product.subtracting(Quotient(1))
        }
      }
      return try call.called(.ratio, adverse: call.node(0).adverse, written: ["\(years)"], kernel: kernel)
    })
}
