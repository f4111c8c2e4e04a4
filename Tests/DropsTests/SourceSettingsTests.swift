import Drops
import Finance
import Testing

@Suite struct SourceSettingsTests {
  static let columns = "columns: { organisation: Org, period: Month, measures: { plan: Plan } }"

  struct Mistake: CustomTestStringConvertible, Sendable {
    var yaml: String
    var told: [String]
    var testDescription: String { yaml }
  }

  static let lists =
    "inbox: in\ncolumns: { organisation: Org, period: Month, measures: { paid: Amount, again: { repeats: "

  static let mistakes: [Mistake] = [
    Mistake(
      yaml: "\(lists)piad } } }\nrepeats: { same: [Amount] }",
      told: ["“piad” is no amount of this source = did you mean “paid”?"]),
    Mistake(
      yaml: "\(lists)paid } } }",
      told: [
        "“again” counts lines that repeat, and the source does not say when one does = "
          + "repeats: { same: [Supplier, Transaction Number, Amount] }"
      ]),
    Mistake(
      yaml: "inbox: in\n\(columns)\nrepeats: { same: [Plan] }",
      told: [
        "the source looks for repeats and has no measure that says what they come to = "
          + "in the measures: paid_again: { repeats: … }, or { repeats: rows }"
      ]),
    Mistake(
      yaml: "\(lists)paid, unit: £ } } }\nrepeats: { same: [Amount] }",
      told: ["repeated lines are in the unit of what they repeat = delete unit"]),
    Mistake(
      yaml: "\(lists)rows } } }\nrepeats: { sames: [Amount], within: a year }",
      told: [
        "there is no setting called “sames” here = did you mean “same”?", "“same” is missing = same: …",
        "“a year” is no number of months = write it like 12 months",
      ]),
    Mistake(
      yaml: "\(lists)rows } } }\nrepeats: { same: [{ heading: Number, absent: unkown }] }",
      told: ["“unkown” is not one of the choices here = did you mean “unknown”?"]),
    Mistake(
      yaml: "\(lists)rows } } }\nrepeats: { same: [{ headin: Number, absent: blank }] }",
      told: [
        "there is no setting called “headin” here = did you mean “heading”?", "“heading” is missing = heading: …",
      ]),
    Mistake(
      yaml: "\(lists)paid } } }\nrepeats: { same: [Amount] }\nrestates: [organisation, period, measure]",
      told: ["lines can’t be compared where files restate by measure = restates: [organisation, period]"]),
    Mistake(
      yaml: "inbx: in\n\(columns)",
      told: ["there is no setting called “inbx” here = did you mean “inbox”?", "“inbox” is missing = inbox: …"]),
    Mistake(
      yaml: "inbox: in\ncolumns: { organistion: Org, period: Month, measures: { plan: Plan } }",
      told: ["the columns do not say the organisation = did you mean “organisation” by “organistion”?"]),
    Mistake(
      yaml: "inbox: in\n\(columns)\nignore_row: [{ Org: Total }]",
      told: ["there is no setting called “ignore_row” here = did you mean “ignore_rows”?"]),
    Mistake(
      yaml: "inbox: in\n\(columns)\nready: { unchanged_for: 10s, marker: .done }",
      told: ["“unchanged_for” and “marker” exclude each other = keep one of them"]),
    Mistake(
      yaml: "inbox: in\n\(columns)\nadds: true\nrestates: [period]",
      told: ["“restates” and “adds” exclude each other = keep one of them"]),
    Mistake(
      yaml: "inbox: in\n\(columns)\nrestates: [organisation]",
      told: [
        "a later file can't restate by “organisation” = [organisation, period], [organisation, period, measure] or "
          + "[period]"
      ]),
    Mistake(
      yaml: "inbox: in\ncolumns: { organisation: Org, period: { column: Month, as: MX }, measures: { plan: Plan } }",
      told: [
        "“MX” has “X”, which is no part of a date: use dd, MM, MMM, yyyy, yy, yyyy-yy, Q = write it like MM YYYY-YY, "
          + "MMM-yy or D/M/YYYY"
      ]),
    Mistake(
      yaml:
        "inbox: in\ncolumns: { organisation: Org, period: Month, measures: { plan: { column: Plan, unit: £zillion } } }",
      told: ["“£zillion” is no unit = such as £, £000, £k, £m, £bn, pence, %, 1, thousand, million or fraction"]),
    Mistake(
      yaml:
        "inbox: in\ncolumns: { organisation: Org, period: Month, measures: { plan: { column: Plan, positive: good } } }",
      told: ["“good” is not one of the choices here"]),
    Mistake(
      yaml: "inbox: in\n\(columns)\nchecks: { plausible: { total: within a bit } }",
      told: ["“within a bit” is no such check = write it like “within 5 times the median of the last 6 drops”"]),
    Mistake(
      yaml: "inbox: in\ncolumns: { organisation: Org, period: Month, measure: Measure }",
      told: ["“measure” and “amount” need each other"]),
    Mistake(
      yaml: "inbox: in\ncolumns: { organisation: from folder name, period: from file name, measures: { plan: Plan } }",
      told: ["which part of the file’s name? = { from: file name, as: \"* {YYYY-MM}.csv\" }"]),
    Mistake(
      yaml: "inbox: in\ncolumns: { organisation: from folder name, period: 2013-14, measures: { plan: Plan } }\n"
        + "checks: { control_total: { row: Total } }",
      told: ["which column holds “Total”? = row: { Heading: Total }"]),
    Mistake(
      yaml: "inbox: in\n\(columns)\ndue: soon",
      told: ["“soon” does not say how many days after the end of a period = 15 working days after month end"]),
    Mistake(
      yaml: "inbox: in\n\(columns)\ndue: 15 wroking days after month end",
      told: ["“15 wroking days after month end” can't be read from “wroking” on = did you mean “working”?"]),
    Mistake(
      yaml: "inbox: in\n\(columns)\ndue: 15 working days after moth end",
      told: ["“15 working days after moth end” can't be read from “moth” on = did you mean “month”?"]),
    Mistake(
      yaml: "inbox: in\n\(columns)\ndue: 15 working days after",
      told: ["“15 working days after” breaks off = 15 working days after month end"]),
    Mistake(
      yaml: "inbox: in\n\(columns)\ndue: 1000 days after month end", told: ["this has to be at most 400 days"]),
    Mistake(
      yaml: "inbox: in\n\(columns)\nexpects: everyone",
      told: [
        "nobody is waited for without a day on which returns are due = due: 15 working days after month end"
      ]),
    Mistake(
      yaml: "inbox: in\n\(columns)\ndue: 1 day after year end\nexpects: everyon",
      told: ["“everyon” does not say who is expected = did you mean “everyone”?"]),
    Mistake(
      yaml: "inbox: in\n\(columns)\ndue: 1 day after year end\nexpects: organisation where kind = \"CCG\"",
      told: [
        "“organisation where kind = \"CCG\"” can't be read from “kind = \"CCG\"” on = organisation where kind is \"CCG\""
      ]),
    Mistake(
      yaml: "inbox: in\n\(columns)\ndue: 1 day after year end\nexpects: []",
      told: ["nobody is expected by an empty list = delete it, and due: with it"]),
  ]

  static let deadlines: [(text: String, deadline: Deadline)] = [
    ("15 working days after month end", Deadline(days: 15, countsWorkingDays: true, end: .month)),
    ("1 day after quarter end", Deadline(days: 1, countsWorkingDays: false, end: .quarter)),
    ("0 days after year end", Deadline(days: 0, countsWorkingDays: false, end: .year)),
    ("12 working days after period end", Deadline(days: 12, countsWorkingDays: true)),
  ]

  @Test(arguments: deadlines.indices) func aDeadlineIsRead(_ index: Int) throws {
    let (text, deadline) = Self.deadlines[index]
    #expect(try DropWorkbench.source("inbox: in\n\(Self.columns)\ndue: \(text)").due == deadline)
    #expect(deadline.words == text)
  }

  static let senders: [(text: String, senders: ExpectedSenders)] = [
    ("everyone", .everyone), ("[A, B]", .codes(["A", "B"])),
    ("organisation where kind is \"CCG\"", .matching([.init(attribute: "kind", value: "CCG")])),
    (
      "organisation where kind is \"Area Team\" and region is not \"London\"",
      .matching([
        .init(attribute: "kind", value: "Area Team"), .init(attribute: "region", value: "London", isExcluded: true),
      ])
    ),
  ]

  @Test(arguments: senders.indices) func sendersAreRead(_ index: Int) throws {
    let (text, senders) = Self.senders[index]
    let source = try DropWorkbench.source("inbox: in\n\(Self.columns)\ndue: 1 day after month end\nexpects: \(text)")
    #expect(source.expects == senders)
  }

  @Test(arguments: mistakes) func isTold(_ mistake: Mistake) {
    #expect(DropWorkbench.complaints(mistake.yaml) == mistake.told)
  }

  @Test func defaultsAreThoseOfTheReference() throws {
    let source = try DropWorkbench.source("inbox: in\n\(Self.columns)")
    #expect(source.files.map(\.text) == ["*.csv", "*.csv.gz"])
    #expect(source.every == .seconds(30))
    #expect(source.ready == .unchanged(for: .seconds(10)))
    #expect(source.encoding == .auto)
    #expect(source.restates == .organisationAndPeriod)
    #expect(source.repeatedRows == .refuse)
    #expect(source.absent == .unknown)
    #expect(source.noValue.isEmpty)
    #expect(source.due == nil && source.expects == .everyone)
  }

  @Test func theReferenceSourceIsRead() throws {
    let source = try DropWorkbench.source(
      """
      inbox: /var/lib/outturn/inbox/returns
      files: ["*.csv", "*.csv.gz"]
      every: 30s
      ready: { unchanged_for: 10s }
      encoding: auto
      header: [Org Code, Month, { heading: Plan, nth: 1 }]
      ends: blank row
      columns:
        organisation: Org Code
        period: { column: Month, as: "MM YYYY-YY" }
        category: Programme
        status: { value: Final }
        measures:
          plan:     { column: Annual plan, unit: £000 }
          variance: { column: { heading: Variance, under: Full year }, unit: £000, positive: favourable }
          payments: { rows: 1 }
      ignore_rows: [{ Org Code: Total }, { Org Code: [Eng, Wal], Programme: "" }]
      no_value: ["", "-", "…", "N/A"]
      restates: [organisation, period, measure]
      repeated_rows: add
      absent: zero
      order: modified
      checks:
        control_total: { row: Total, tolerance: 1 }
        plausible: { total: within 5 times the median of the last 6 drops }
      limits: { row: 2 MB, rows: 1000 }
      """)
    #expect(source.header.last == ColumnReference("Plan", nth: 1))
    #expect(source.dimensions.map(\.name) == ["category", "status"])
    #expect(source.ignoreRows[1].parts.map(\.values) == [["Eng", "Wal"], [""]])
    #expect(source.restates == .organisationPeriodAndMeasure)
    #expect(source.limits.rowBytes == 2_000_000)
    #expect(source.plausible?.total == PlausibleRange.Band(times: 5, drops: 6))
  }
}
