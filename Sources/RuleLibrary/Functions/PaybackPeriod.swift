import Finance
package import RuleLanguage

extension RuleFunction {
  package static let paybackPeriod = RuleFunction(
    name: "payback_period",
    topic: .costs,
    parameters: [
      Parameter("cost", .money()), Parameter("saving", .money(.inPeriod, .yearToDate)), Parameter("start", .start),
    ],
    gives: .of(.period),
    summary: "The first period by which savings have paid back a cost.",
    formula:
      "the first period in which cumulative(saving, from start) is at least the cost; unknown while there is none; savings that are a reference (a plan) are followed into the future",
    source: "payback as in any text on investment appraisal, not discounted",
    examples: [
      Example(
        "payback_period(x, y, from 2012-13 M11) = 2013-14 M1",
        given: .init("x", "money full year", ["2013-14 M3": "10"]),
        .init(
          "y", "money in period",
          ["2012-13 M11": "4", "2012-13 M12": "3", "2013-14 M1": "3", "2013-14 M2": "5", "2013-14 M3": "5"]),
        at: "2013-14 M3", gives: "true"),
      Example(
        "payback_period(x, y, from 2013-14 M1) <= 2013-14 M12",
        given: .init("x", "money full year", ["2013-14 M2": "10"]),
        .init("y", "money in period", ["2013-14 M1": "3", "2013-14 M2": "5", "2013-14 M3": "9"]), at: "2013-14 M2",
        gives: "unknown"),
      Example(
        "payback_period(x, y, from 2013-14 M1) = 2013-14 M3",
        given: .init("x", "money full year", ["2013-14 M1": "10"]),
        .init("y", "money in period reference", ["2013-14 M1": "3", "2013-14 M2": "5", "2013-14 M3": "9"]),
        at: "2013-14 M1", gives: "true"),
    ],
    synonyms: ["payback", "break_even", "breakeven", "recovery_period"],
    lower: { call throws(Misuse) in
      let flow = try call.flow(1)
      let (start, step) = (call.period(2), call.step(1))
      // What has been saved is known up to now; a plan says what will be.
      let isPlan = call.readsReferencesOnly(1)
      let kernel = SeriesKernel(reach: .anyPeriod) { period, _, read in
        .working {
          let cost = try read(0, period).amount()
          var total = Amount.zero
          let end = isPlan ? start.advanced(by: furthest, .year) : period
          for flow in Flows(from: start, through: end, step: step) {
            total = try total.adding(flow.amount(read, 1))
            if total >= cost { return .period(flow.period) }
          }
          throw NotKnown(.undefined)
        }
      }
      return try call.called(
        .period, over: [call.id(0), flow], written: [call.written(2)], step: step, kernel: kernel)
    })
}

/// For how many years a plan is followed.
private let furthest = 40
