import Finance
package import RuleLanguage

extension RuleFunction {
  package static let periodsSince = RuleFunction(
    name: "periods_since",
    topic: .plain,
    parameters: [Parameter("x", .only(.period, .truth))],
    gives: .of(.count),
    summary: "How many periods have passed since one, or since a condition was last true.",
    formula:
      "of a period: this one's number less its; of a condition: 0 while it is true, unknown where it was not in 60 periods",
    source: "definition of the language",
    examples: [
      Example(
        "periods_since(2013-14 M5)", at: "2014-15 M2", gives: "9"),
      Example(
        "periods_since(x > £5)",
        given: .init("x", "money in period", ["2013-14 M5": "6", "2013-14 M6": "4", "2013-14 M7": "5"]),
        at: "2013-14 M7", gives: "2"),
      Example(
        "periods_since(reported(x))", given: .init("x", "money in period", ["2013-14 M5": "6"]), at: "2013-14 M8",
        gives: "3"),
    ],
    synonyms: ["months_since", "time_since", "age"],
    lower: { call throws(Misuse) in
      let step = call.step(0)
      if call.node(0).type == .period {
        let kernel = SeriesKernel(reach: .months(0)) { period, _, read in
          .amount { try Amount(units: Int64(monthsOfTime(period) - monthsOfTime(try read(0, period).period()))) }
        }
        return try call.called(.count, kernel: kernel)
      }
      let kernel = SeriesKernel(reach: .months(furthest * step.months)) { period, _, read in
        .amount {
          for count in 0...furthest {
            let earlier = count == 0 ? period : period.advanced(by: -count, step)
            if try read(0, earlier).truth() { return try Amount(units: Int64(count)) }
          }
          throw NotKnown(.undefined)
        }
      }
      return try call.called(.count, step: step, kernel: kernel)
    })
}

/// How many periods a condition is looked for.
private let furthest = 60

/// Final accounts are of the twelfth month, the opening position of none.
private func monthsOfTime(_ period: Period) -> Int { Int(period.year) * 12 + min(Int(period.month), 12) }
