import Finance
package import RuleLanguage

extension RuleFunction {
  package static let cumulative = RuleFunction(
    name: "cumulative",
    topic: .earlier,
    parameters: [Parameter("x", .amount(.inPeriod, .yearToDate)), Parameter("start", .start)],
    gives: Given(.like(0)),
    summary: "The total since a period, through the years.",
    formula:
      "Σ x from the start to this period, with final accounts where there are any; unknown if any period is; before the start 0",
    source: "definition of the language",
    examples: [
      Example(
        "cumulative(x, from 2012-13 M11)",
        given: .init(
          "x", "money in period", ["2012-13 M11": "1", "2012-13 M12": "2", "2013-14 M1": "4", "2013-14 M2": "8"]),
        at: "2013-14 M2", gives: "15"),
      Example(
        "cumulative(x, from 2013-14 M2)",
        given: .init("x", "money year to date", ["2013-14 M1": "10", "2013-14 M2": "30", "2013-14 M3": "35"]),
        at: "2013-14 M3", gives: "25"),
      Example(
        "cumulative(x, from 2013-14 M1)", given: .init("x", "money in period", ["2013-14 M1": "1", "2013-14 M3": "4"]),
        at: "2013-14 M3", gives: "unknown"),
    ],
    synonyms: ["total_since", "running_total", "since"],
    lower: { call throws(Misuse) in
      let flow = try call.flow(0)
      let (start, step) = (call.period(1), call.step(0))
      let kernel = SeriesKernel(reach: .anyPeriod) { period, _, read in
        .amount {
          var total = Amount.zero
          for flow in Flows(from: start, through: period, step: step) { total = try total.adding(flow.amount(read, 0)) }
          return total
        }
      }
      return try call.called(
        call.node(0).type, adverse: call.node(0).adverse, over: [flow], written: [call.written(1)], step: step,
        kernel: kernel)
    })
}
