import Finance
package import RuleLanguage

extension RuleFunction {
  package static let daysLate = RuleFunction(
    name: "days_late",
    topic: .returns,
    parameters: [Parameter("x", .anything), Parameter("days", .wholeNumber(0...400))],
    gives: .of(.count),
    summary: "How many days late a return was, where it is due so many days after the end of its period.",
    formula:
      "the day of the first return of any measure in x, less the last day of the period, less days; below zero where it was early, unknown until it is returned",
    source: "definition of the language",
    examples: [
      Example(
        "days_late(x, 15)", given: .init("x", "money full year", [.init("2013-14 M8", "100", on: "2013-12-20")]),
        at: "2013-14 M8", gives: "5"),
      Example(
        "days_late(x, 15)",
        given: .init(
          "x", "money full year",
          [.init("2013-14 M8", "100", on: "2013-12-20"), .init("2013-14 M8", "90", on: "2014-01-20")]),
        at: "2013-14 M8", gives: "5"),
      Example(
        "days_late(x, 15)", given: .init("x", "money full year", [.init("2013-14 M7", "100")]), at: "2013-14 M8",
        gives: "unknown"),
    ],
    synonyms: ["lateness", "overdue", "delay", "late"],
    lower: { call throws(Misuse) in
      let received = try call.make(.received(measures: try call.measuresOfOneOrganisation(0)), .date)
      let days = call.whole(1) ?? 0
      let kernel = SeriesKernel(reach: .months(0)) { period, calendar, read in
        .amount {
          let due = calendar.lastDay(period).advanced(days: days)
          return try Amount(units: Int64(try read(0, period).day().daysSince1970) - Int64(due.daysSince1970))
        }
      }
      return try call.called(.count, over: [received], written: ["\(days)"], kernel: kernel)
    })
}
