import Finance
package import RuleLanguage

extension RuleFunction {
  package static let daysLate = RuleFunction(
    name: "days_late",
    topic: .returns,
    parameters: [Parameter("x", .anything), Parameter("days", .wholeNumber(0...400), optional: true)],
    gives: .of(.count),
    summary:
      "How many days late a return was, by what its source has under `due:`, or so many days after the period's end.",
    formula:
      "the day of the first return of any measure in x, less the last day on which it was in time; below zero where it was early, unknown until it is returned",
    source: "definition of the language",
    examples: [
      Example(
        "days_late(x)",
        given: .init(
          "x", "money full year", [.init("2013-14 M8", "100", on: "2013-12-20")],
          due: Deadline(days: 10, countsWorkingDays: true)),
        at: "2013-14 M8", gives: "7"),
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
      let measures = try call.measuresOfOneOrganisation(0)
      let received = try call.make(.received(measures: measures), .date)
      if let days = call.whole(1) {
        let kernel = SeriesKernel(reach: .months(0)) { period, calendar, read in
          .amount { try between(calendar.lastDay(period).advanced(days: days), read(0, period).day()) }
        }
        return try call.called(.count, over: [received], written: ["\(days)"], kernel: kernel)
      }
      let due = try call.make(.due(measures: measures), .date)
      let kernel = SeriesKernel(reach: .months(0)) { period, _, read in
        .amount { try between(read(1, period).day(), read(0, period).day()) }
      }
      return try call.called(.count, over: [received, due], kernel: kernel)
    })
}

/// How many days lie between two, below zero where the second is the earlier.
private func between(_ due: Day, _ received: Day) throws(OutOfRange) -> Amount {
  try Amount(units: Int64(received.daysSince1970) - Int64(due.daysSince1970))
}
